using System.Runtime.InteropServices;
using Workbench.Core.Risk.Kill;
using Workbench.Sdk;

namespace Workbench.Control;

/// <summary>Engages the kill switch when its file appears in the data folder or the process gets SIGUSR1. It has a thread of its own.</summary>
internal sealed class KillWatch : IDisposable
{
    /// <summary>SIGUSR1 by its number, which .NET has no name for.</summary>
    private static readonly PosixSignal Signal = (PosixSignal)(OperatingSystem.IsMacOS() ? 30 : 10);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly KillSwitch _switch;
    private readonly KillFile _file;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private readonly PosixSignalRegistration? _signal;

    public KillWatch(KillSwitch kill, KillFile file)
    {
        (_switch, _file) = (kill, file);
        _thread = new Thread(Watch) { Name = "kill-watch", IsBackground = true };
        _thread.Start();
        _signal = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(Signal, context =>
        {
            context.Cancel = true;
            _switch.Engage(KillLevel.CancelAll, "signal SIGUSR1", "the process was told to");
        });
    }

    public void Dispose()
    {
        _signal?.Dispose();
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Watch()
    {
        while (!_stop.Wait(Interval))
        {
            // While it is engaged the file is its mirror; what it asks for beyond that counts.
            if (_file.Read() is { } asked && (_switch.Status is not { } status || status.Level < asked.Level))
            {
                _switch.Engage(asked.Level, "file KILL", asked.Why);
            }
        }
    }
}
