namespace Workbench.Plugins.Bybit.Tests.Fakes;

/// <summary>Finds the recorded data beside the repository; a checkout without them skips the tests that need them.</summary>
internal static class SharedData
{
    public static string Need(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Workbench.sln")))
            {
                var full = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data", path));
                Assert.SkipUnless(File.Exists(full) || Directory.Exists(full), $"The recorded data are not here: {full}");
                return full;
            }
        }

        Assert.Skip("There is no Workbench.sln above the tests.");
        return "";
    }
}
