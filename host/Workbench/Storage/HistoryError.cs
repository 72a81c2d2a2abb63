using Workbench.Sdk;

namespace Workbench.Storage;

/// <summary>Something that went wrong, as it is kept.</summary>
/// <param name="At">When it was reported.</param>
/// <param name="Text">What happened, in words.</param>
internal sealed record HistoryError(Timestamp At, string Text);
