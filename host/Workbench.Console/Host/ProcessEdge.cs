using System.Runtime.InteropServices;

namespace Workbench.Tui.Host;

/// <summary>Everything that may end the process while the console is up: each asks the screen to end, and gives the terminal back itself when that takes too long.</summary>
internal sealed class ProcessEdge : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);
    private static readonly PosixSignal[] Signals = [PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT];

    private readonly StopRequest _stop;
    private readonly TerminalState _terminal;
    private readonly ManualResetEventSlim _isRestored = new();
    private readonly PosixSignalRegistration[] _registrations;

    public ProcessEdge(StopRequest stop, TerminalState terminal)
    {
        (_stop, _terminal) = (stop, terminal);
        AppDomain.CurrentDomain.UnhandledException += OnCrash;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        _registrations = [.. Signals.Select(s => PosixSignalRegistration.Create(s, OnSignal))];
    }

    /// <summary>The exception that ends the process, when it came from another thread.</summary>
    public Exception? Crash { get; private set; }

    /// <summary>Runs the end of Terminal.Gui, which never returns when the terminal is gone.</summary>
    public void Leave(Action dispose)
    {
        var leaving = new Thread(() => dispose()) { IsBackground = true, Name = "console end" };
        leaving.Start();
        if (!leaving.Join(Patience))
        {
            _terminal.Restore();
        }

        _isRestored.Set();
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnCrash;
    }

    private void OnSignal(PosixSignalContext context)
    {
        // The second one means it: a screen that hangs must not keep the process.
        context.Cancel = _stop.Ask(context.Signal.ToString());
        if (!context.Cancel)
        {
            _terminal.Restore();
        }
    }

    private void OnCrash(object sender, UnhandledExceptionEventArgs crash)
    {
        Crash = crash.ExceptionObject as Exception;
        EndNow("crash");
    }

    private void OnExit(object? sender, EventArgs e) => EndNow("exit");

    private void EndNow(string reason)
    {
        _stop.Ask(reason);
        if (!_isRestored.Wait(Patience))
        {
            _terminal.Restore();
        }
    }
}
