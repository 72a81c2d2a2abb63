using Terminal.Gui.App;
using Terminal.Gui.Input;
using Terminal.Gui.Views;

namespace Workbench.Tui.Host;

/// <summary>Runs one screen from an untouched terminal to an untouched terminal, whatever ends it.</summary>
internal sealed class TerminalHost(ConsoleOptions options, StopRequest stop)
{
    private const int Ended = 0;
    private const int Crashed = 1;

    /// <summary>A view that throws while it draws does so at each picture; this many in a row are no accident.</summary>
    private const int MaximumErrors = 20;

    private static readonly TimeSpan ErrorWindow = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TerminalCheck = TimeSpan.FromSeconds(1);

    private readonly Queue<long> _errors = new();

    public int Run(Func<Runnable> build)
    {
        var terminal = new TerminalState();
        using var edge = new ProcessEdge(stop, terminal);
        // The default of 25 would make every second refresh late.
        Application.MaximumIterationsPerSecond = 50;
        Application.DefaultKeyBindings?.Remove(Command.Suspend);
        var app = Application.Create();
        Exception? fatal = null;
        try
        {
            app.Init();
            using var screen = build();
            app.AddTimeout(TerminalCheck, StopWhenGone);
            app.Run(screen, Survives);
        }
#pragma warning disable CA1031 // boundary: console
        catch (Exception e)
#pragma warning restore CA1031
        {
            fatal = e;
        }
        finally
        {
            edge.Leave(app.Dispose);
        }

        return Verdict(fatal ?? edge.Crash);
    }

    private int Verdict(Exception? fatal)
    {
        if (fatal is null)
        {
            return Ended;
        }

        // Only now: before, it would go to the screen that is taken away.
        options.ReportError("console", fatal);
        System.Console.Error.WriteLine($"workbench: the console ended with {fatal.GetType().Name}: {Text.SafeText.Of(fatal.Message)}");
        return Crashed;
    }

    private bool StopWhenGone()
    {
        if (TerminalState.IsGone)
        {
            stop.Ask("the terminal is gone");
        }

        return true;
    }

    /// <summary>True to go on after an error in the screen.</summary>
    private bool Survives(Exception error)
    {
        options.ReportError("screen", error);
        var now = options.Time.GetTimestamp();
        _errors.Enqueue(now);
        while (options.Time.GetElapsedTime(_errors.Peek(), now) > ErrorWindow)
        {
            _errors.Dequeue();
        }

        return _errors.Count < MaximumErrors;
    }
}
