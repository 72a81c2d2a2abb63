namespace Workbench.Scripting.Compiling;

/// <summary>Reads source files, never more than the limit: a path may lead to a device without an end.</summary>
internal static class SourceReader
{
    /// <summary>The whole content, or null when there is more than <see cref="ScriptEngineOptions.MaxSourceBytes"/>.</summary>
    public static byte[]? Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[ScriptEngineOptions.MaxSourceBytes + 1];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return length > ScriptEngineOptions.MaxSourceBytes ? null : buffer.AsSpan(0, length).ToArray();
    }
}
