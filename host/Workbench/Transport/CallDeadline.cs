namespace Workbench.Transport;

/// <summary>Ends one call after another: at its deadline, or when its caller or its connection gives up. Kept and used again, because a timer and two linked sources for every order cost more than the order.</summary>
internal sealed class CallDeadline : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _source = new();
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private CancellationTokenRegistration _caller;
    private CancellationTokenRegistration _closing;
    private long _started;
    private TimeSpan _limit;
    private bool _isRunning;

    public CallDeadline(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static d => ((CallDeadline)d!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>True when the deadline ended the call.</summary>
    public bool IsTimedOut { get; private set; }

    public void Begin(TimeSpan limit, CancellationToken caller, CancellationToken closing)
    {
        lock (_lock)
        {
            (_started, _limit, _isRunning) = (_time.GetTimestamp(), limit, true);
            _timer.Change(limit, Timeout.InfiniteTimeSpan);
        }

        _caller = caller.UnsafeRegister(static d => ((CallDeadline)d!)._source.Cancel(), this);
        _closing = closing.UnsafeRegister(static d => ((CallDeadline)d!)._source.Cancel(), this);
    }

    /// <summary>The call is over.</summary>
    /// <returns>True when this can be used for another one.</returns>
    public bool End()
    {
        // A registration that is being carried out now is waited for, so none of them reaches into the next call.
        _caller.Dispose();
        _closing.Dispose();
        lock (_lock)
        {
            _isRunning = false;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        return _source.TryReset();
    }

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    // Under the lock to the end: a ring that comes late must not end the call after its own.
    private void Ring()
    {
        lock (_lock)
        {
            if (!_isRunning)
            {
                return;
            }

            var left = _limit - _time.GetElapsedTime(_started);
            if (left > TimeSpan.Zero)
            {
                // Meant for an earlier call, or rung a moment too soon by a timer that counts in milliseconds.
                _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }

            IsTimedOut = true;
            _source.Cancel();
        }
    }
}
