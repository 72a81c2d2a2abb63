namespace Workbench.Scripting.Compiling;

/// <summary>Paths in <c>#load</c> and <c>#r</c>.</summary>
internal static class ScriptPaths
{
    /// <summary>The full path, relative to the folder of the file that names it; null when it is no path at all.</summary>
    public static string? Resolve(string path, string baseFile)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        return Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(baseFile))!);
    }
}
