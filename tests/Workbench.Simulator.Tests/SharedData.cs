namespace Workbench.Simulator.Tests;

internal static class SharedData
{
    /// <summary>A file of the shared data folder beside the repository; the test is skipped where it is absent.</summary>
    public static string File(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "..", "shared", "data", relative);
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Workbench.sln")) && System.IO.File.Exists(path))
            {
                return Path.GetFullPath(path);
            }
        }

        Assert.Skip($"Shared data is not here: {relative}");
        return "";
    }
}
