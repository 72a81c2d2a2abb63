namespace Workbench.Cli;

/// <summary>Ends a run on a signal or when its time is over, whichever comes first.</summary>
internal sealed class RunLimit : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    public RunLimit(TimeSpan? limit, TimeProvider time, CancellationToken signal)
    {
        _timer = limit is { } l ? new CancellationTokenSource(l, time) : new CancellationTokenSource();
        _either = CancellationTokenSource.CreateLinkedTokenSource(signal, _timer.Token);
    }

    public CancellationToken Token => _either.Token;

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
