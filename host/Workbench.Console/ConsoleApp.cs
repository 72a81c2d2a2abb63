using System.Runtime.CompilerServices;
using Workbench.Tui.Host;
using Workbench.Tui.Painting;
using Workbench.Tui.Panels;
using Workbench.Tui.Screen;

namespace Workbench.Tui;

/// <summary>The terminal console.</summary>
public static class ConsoleApp
{
    /// <summary>True when there is a terminal to run in. Ask before the engine starts: it also prepares the terminal library, which changes the working folder for a moment.</summary>
    /// <param name="advice">When false: what is missing and what to run instead, one sentence per line.</param>
    public static bool HasTerminal(out string advice)
    {
        var missing = (System.Console.IsInputRedirected, System.Console.IsOutputRedirected, Environment.GetEnvironmentVariable("TERM")) switch
        {
            (true, _, _) => "standard input is not a terminal",
            (_, true, _) => "standard output is not a terminal",
            (_, _, "dumb") => "TERM=dumb says that this terminal cannot place a cursor",
            (_, _, null or "") when !OperatingSystem.IsWindows() => "TERM is not set",
            _ => null,
        };
        advice = missing is null ? "" : $"the console needs a terminal, and {missing}\nrun a script instead: workbench run scripts/quickstart.csx";
        if (missing is null)
        {
            TerminalGuiSetup.Ensure();
        }

        return missing is null;
    }

    /// <summary>Shows the console until somebody quits, the token asks to stop, or a signal comes; blocks its thread. The terminal is given back in every case.</summary>
    /// <returns>0 after quit, stop or a signal; 1 when the console itself failed, with one line on standard error.</returns>
    public static int Run(IConsoleSource source, ConsoleOptions options, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        TerminalGuiSetup.Ensure();
        return RunScreen(source, options, stop);
    }

    // Not inlined: only here may types of Terminal.Gui be looked at.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int RunScreen(IConsoleSource source, ConsoleOptions options, CancellationToken token)
    {
        var stop = new StopRequest(token);
        var palette = options.Monochrome ? Palette.Mono : Palette.Dark;
        return new TerminalHost(options, stop).Run(() => new MainScreen(source, options, stop, palette, StandardPanels.Create(palette)));
    }
}
