namespace Workbench.Core.Resilience;

/// <summary>Stops calls to something that keeps failing. Opens on the nth consecutive failure, lets exactly one probe through after a while, and closes when that succeeds.</summary>
/// <remarks>
/// Time is monotonic, so steps of the wall clock do nothing. A result counts only in the generation it was started in. A cancelled probe gives its
/// slot back without closing; a hung one expires. Safe on any thread.
/// </remarks>
public sealed class CircuitBreaker
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestBreak = TimeSpan.FromSeconds(300);

    private readonly int _failuresToOpen;
    private readonly TimeSpan _openFor;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private int _failures;
    private int _trips;
    private int _generation;
    private bool _isOpen;
    private long _openedAt;
    private long? _probeSince;

    /// <summary>Creates a closed breaker.</summary>
    /// <param name="failuresToOpen">How many consecutive failures open it; at least 1.</param>
    /// <param name="openFor">How long the first break lasts; each repeated one doubles, up to 300 s.</param>
    /// <param name="time">The clock.</param>
    public CircuitBreaker(int failuresToOpen, TimeSpan openFor, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failuresToOpen, 1);
        (_failuresToOpen, _openFor, _time) = (failuresToOpen, openFor, time);
    }

    /// <summary>True while calls are refused or only a probe is let through.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _isOpen;
            }
        }
    }

    /// <summary>Asks to make a call.</summary>
    /// <param name="permit">Must be given back by exactly one of <see cref="Succeed"/>, <see cref="Fail"/> and <see cref="Release"/>.</param>
    /// <param name="retryAfter">When refused: how long until it makes sense to ask again.</param>
    public bool TryEnter(out Permit permit, out TimeSpan retryAfter)
    {
        lock (_lock)
        {
            retryAfter = _isOpen ? Remaining_NeedsLock() : TimeSpan.Zero;
            permit = new Permit(_generation, _isOpen);
            if (retryAfter > TimeSpan.Zero)
            {
                return false;
            }

            if (_isOpen)
            {
                _probeSince = _time.GetTimestamp();
                permit = new Permit(++_generation, true);
            }

            return true;
        }
    }

    /// <summary>The call succeeded.</summary>
    public void Succeed(Permit permit)
    {
        lock (_lock)
        {
            if (permit.Generation == _generation)
            {
                _generation += _isOpen ? 1 : 0;
                (_failures, _isOpen, _probeSince) = (0, false, null);
                _trips = permit.IsProbe ? _trips : 0;
            }
        }
    }

    /// <summary>The call failed in a way that speaks against the other side.</summary>
    public void Fail(Permit permit)
    {
        lock (_lock)
        {
            if (permit.Generation == _generation && (permit.IsProbe || ++_failures >= _failuresToOpen))
            {
                _generation++;
                _trips++;
                (_failures, _isOpen, _openedAt, _probeSince) = (0, true, _time.GetTimestamp(), null);
            }
        }
    }

    /// <summary>The call ended in a way that says nothing, such as a cancel by its caller.</summary>
    public void Release(Permit permit)
    {
        lock (_lock)
        {
            if (permit.Generation == _generation && permit.IsProbe)
            {
                _probeSince = null;
            }
        }
    }

    private TimeSpan Remaining_NeedsLock()
    {
        if (_probeSince is { } since)
        {
            return ProbeTimeout - _time.GetElapsedTime(since);
        }

        var factor = 1 << Math.Clamp(_trips - 1, 0, 8);
        var breakFor = _openFor * factor;
        return (breakFor < LongestBreak ? breakFor : LongestBreak) - _time.GetElapsedTime(_openedAt);
    }

    /// <summary>Leave to make one call.</summary>
    /// <param name="Generation">The breaker's state it was given in.</param>
    /// <param name="IsProbe">True for the one call that tests an open breaker.</param>
    public readonly record struct Permit(int Generation, bool IsProbe);
}
