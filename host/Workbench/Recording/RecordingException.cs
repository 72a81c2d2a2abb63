namespace Workbench.Recording;

/// <summary>A recording cannot be written any further: what and where, in one sentence.</summary>
internal sealed class RecordingException(string message, Exception? inner = null) : Exception(message, inner);
