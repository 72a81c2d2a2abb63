using System.Runtime.CompilerServices;

namespace Workbench.Tui.Host;

/// <summary>Loads Terminal.Gui from an empty folder. Its module initializer reads <c>./.tui</c>, <c>~/.tui</c> and <c>$TUI_CONFIG</c>, and a file there silently rebinds keys: whoever can write into the working folder could then change what a key does to orders.</summary>
internal static class TerminalGuiSetup
{
    private const string ConfigurationVariable = "TUI_CONFIG";
    private const string HomeVariable = "HOME";

    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>Must come before anything touches a type of Terminal.Gui. Changes the working folder for a moment, so it belongs before the engine starts.</summary>
    public static void Ensure() => _ = Loaded.Value;

    private static bool Load()
    {
        var here = Directory.GetCurrentDirectory();
        var home = Environment.GetEnvironmentVariable(HomeVariable);
        var configuration = Environment.GetEnvironmentVariable(ConfigurationVariable);
        var empty = Directory.CreateTempSubdirectory("workbench-");
        try
        {
            Directory.SetCurrentDirectory(empty.FullName);
            Environment.SetEnvironmentVariable(HomeVariable, empty.FullName);
            Environment.SetEnvironmentVariable(ConfigurationVariable, null);
            InitializeModule();
        }
        finally
        {
            Environment.SetEnvironmentVariable(ConfigurationVariable, configuration);
            Environment.SetEnvironmentVariable(HomeVariable, home);
            Directory.SetCurrentDirectory(here);
            empty.Delete(recursive: true);
        }

        return true;
    }

    // Not inlined: the caller must be compiled without looking at Terminal.Gui.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InitializeModule() => RuntimeHelpers.RunModuleConstructor(typeof(Terminal.Gui.App.Application).Module.ModuleHandle);
}
