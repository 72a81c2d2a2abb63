namespace Workbench.Simulator.Tests;

internal static class SharedData
{
    /// <summary>A folder of the shared data beside the repository; the test is skipped where it is absent.</summary>
    public static string Folder(string relative) => Find(relative, Directory.Exists);

    /// <summary>A file of the shared data folder beside the repository; the test is skipped where it is absent.</summary>
    public static string File(string relative) => Find(relative, System.IO.File.Exists);

    private static string Find(string relative, Func<string, bool> exists)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "..", "shared", "data", relative);
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Workbench.sln")) && exists(path))
            {
                return Path.GetFullPath(path);
            }
        }

        Assert.Skip($"Shared data is not here: {relative}");
        return "";
    }
}
