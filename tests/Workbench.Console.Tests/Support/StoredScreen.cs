using System.Runtime.CompilerServices;

namespace Workbench.Tui.Tests.Support;

/// <summary>Compares a screen with the one stored in the folder Screens. WORKBENCH_UPDATE_SCREENS=1 stores it anew.</summary>
internal static class StoredScreen
{
    public static void ShouldBeAsStored(this HeadlessTerminal terminal, string name, [CallerFilePath] string source = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(source)!, "Screens", $"{name}.txt");
        if (Environment.GetEnvironmentVariable("WORKBENCH_UPDATE_SCREENS") == "1")
        {
            File.WriteAllText(path, terminal.Text);
            return;
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing: run once with WORKBENCH_UPDATE_SCREENS=1 and look at it");
        terminal.Text.ShouldBe(File.ReadAllText(path).ReplaceLineEndings("\n"), $"the screen is not as in {path}");
    }
}
