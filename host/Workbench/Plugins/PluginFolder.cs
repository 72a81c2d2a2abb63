namespace Workbench.Plugins;

/// <summary>Looks at folders without being led out of them (X07).</summary>
internal static class PluginFolder
{
    /// <summary>True when a full path lies below a folder: compared with the separator, so that <c>plugins-evil</c> is not below <c>plugins</c>.</summary>
    public static bool IsBelow(string folder, string path) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Says why an entry of a folder leads out of it, or null.</summary>
    public static string? LinkProblem(FileSystemInfo entry, string folder)
    {
        if (entry.LinkTarget is null)
        {
            return null;
        }

        var target = entry.ResolveLinkTarget(returnFinalTarget: true);
        return target is not null && IsBelow(folder, target.FullName) && entry is FileInfo
            ? null
            : $"{entry.Name} is a symbolic link out of {folder}; put the files themselves there";
    }

    /// <summary>Every file of a plugin, in a stable order.</summary>
    /// <returns>The files, or why the folder is refused.</returns>
    public static (List<FileInfo> Files, string? Problem) ListFiles(string folder)
    {
        var files = new List<FileInfo>();
        var open = new Queue<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (open.TryDequeue(out var directory))
        {
            foreach (var entry in directory.EnumerateFileSystemInfos().OrderBy(e => e.Name, StringComparer.Ordinal))
            {
                if (LinkProblem(entry, folder) is { } problem)
                {
                    return (files, problem);
                }

                if (entry is DirectoryInfo below)
                {
                    open.Enqueue(below);
                }
                else
                {
                    files.Add((FileInfo)entry);
                }
            }
        }

        return (files, null);
    }
}
