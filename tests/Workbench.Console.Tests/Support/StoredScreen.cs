namespace Workbench.Tui.Tests.Support;

/// <summary>Compares a screen with the one stored in the folder Screens. WORKBENCH_UPDATE_SCREENS=1 stores it anew.</summary>
internal static class StoredScreen
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "Workbench.Console.Tests", "Screens");

    public static void ShouldBeAsStored(this HeadlessTerminal terminal, string name)
    {
        var path = Path.Combine(Folder, $"{name}.txt");
        if (Environment.GetEnvironmentVariable("WORKBENCH_UPDATE_SCREENS") == "1")
        {
            File.WriteAllText(path, terminal.Text);
            return;
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing: run once with WORKBENCH_UPDATE_SCREENS=1 and look at it");
        terminal.Text.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"), $"the screen is not as in {path}");
    }

    // Not by the caller's file path: a deterministic build writes another one into the assembly.
    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Workbench.sln")))
        {
            directory = directory.Parent;
        }

        return directory.FullName;
    }
}
