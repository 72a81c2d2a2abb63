using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Core.Resilience;

/// <summary>Stops calls to something that keeps failing. Opens on the nth consecutive failure, lets exactly one probe through after a while, and closes when that succeeds.</summary>
/// <remarks>
/// Time is monotonic, so steps of the wall clock do nothing. A result counts only in the generation it was started in. A cancelled probe gives its
/// slot back without closing; a hung one counts as failed after ten seconds. Safe on any thread.
/// </remarks>
public sealed class CircuitBreaker
{
    /// <summary>After this long a probe that is not back counts as failed.</summary>
    public static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The longest break that repeated trips lead to.</summary>
    public static readonly TimeSpan LongestBreak = TimeSpan.FromSeconds(300);

    private readonly int _failuresToOpen;
    private readonly TimeSpan _openFor;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    // All below is guarded by the lock.
    private readonly Queue<BreakerChange> _untold = new();
    private BreakerState _state;
    private int _failures;
    private int _trips;
    private int _generation;
    private long _stateSince; // Monotonic, as all long times here.
    private long _openedAt;
    private TimeSpan _breakFor;
    private long _localFailures;
    private Timestamp _changedAt;
    private string _reason = "";
    private bool _isTelling;
    private bool _hasVoice;

    /// <summary>Creates a closed breaker.</summary>
    /// <param name="failuresToOpen">How many consecutive failures open it; at least 1.</param>
    /// <param name="openFor">How long the first break lasts; each repeated one doubles, up to 300 s.</param>
    /// <param name="time">The clock.</param>
    public CircuitBreaker(int failuresToOpen, TimeSpan openFor, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failuresToOpen, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(openFor, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(time);
        (_failuresToOpen, _openFor, _time) = (failuresToOpen, openFor, time);
        (_stateSince, _changedAt) = (time.GetTimestamp(), Timestamp.Now(time));
    }

    /// <summary>Raised after each change, in order, on the thread of the call that caused or noticed it and outside all locks. Handlers return at once and do not throw.</summary>
    public event Action<BreakerChange>? Changed;

    /// <summary>What it does with calls now.</summary>
    public BreakerState State => Look(static b => b._state);

    /// <summary>True while calls are refused or only a probe is let through.</summary>
    public bool IsOpen => Look(static b => b._state != BreakerState.Closed);

    /// <summary>True when the break is over and the next call would be the probe.</summary>
    public bool IsProbeDue => Look(static b => b._state == BreakerState.Open && b.Wait_NeedsLock() == TimeSpan.Zero);

    /// <summary>How long until a call has a chance: zero when it may go now, <see cref="TimeSpan.MaxValue"/> when only an operator can tell.</summary>
    public TimeSpan RetryIn => Look(static b => b.Wait_NeedsLock());

    /// <summary>The breaker now.</summary>
    public BreakerStatus Status => Look(static b => new BreakerStatus(
        b._state, b._changedAt, b._state is BreakerState.Open or BreakerState.HalfOpen ? Timestamp.Now(b._time) + b.Wait_NeedsLock() : null, b._failures, b._trips, b._localFailures, b._reason));

    /// <summary>Asks to make a call.</summary>
    /// <param name="permit">Must be given back by exactly one of <see cref="Succeed"/>, <see cref="Fail"/>, <see cref="FailLocally"/> and <see cref="Release"/>.</param>
    /// <param name="retryAfter">When refused: as <see cref="RetryIn"/>.</param>
    public bool TryEnter(out Permit permit, out TimeSpan retryAfter)
    {
        bool mayEnter;
        lock (_lock)
        {
            Expire_NeedsLock();
            retryAfter = Wait_NeedsLock();
            mayEnter = retryAfter == TimeSpan.Zero;
            var isProbe = mayEnter && _state == BreakerState.Open;
            if (isProbe)
            {
                _generation++;
                Become_NeedsLock(BreakerState.HalfOpen, _time.GetTimestamp(), "the break is over: one call is let through");
            }

            permit = new Permit(_generation, isProbe);
        }

        Tell();
        return mayEnter;
    }

    /// <summary>The call succeeded.</summary>
    public void Succeed(Permit permit)
    {
        lock (_lock)
        {
            Expire_NeedsLock();
            if (permit.Generation == _generation)
            {
                _failures = 0;
                if (_state == BreakerState.HalfOpen)
                {
                    _generation++;
                    Become_NeedsLock(BreakerState.Closed, _time.GetTimestamp(), "the probe succeeded");
                }
            }
        }

        Tell();
    }

    /// <summary>The call failed in a way that speaks against the other side.</summary>
    /// <param name="permit">The call.</param>
    /// <param name="why">What went wrong, for a person.</param>
    public void Fail(Permit permit, string? why = null)
    {
        lock (_lock)
        {
            Expire_NeedsLock();
            if (permit.Generation == _generation)
            {
                var last = why is null ? "" : $": {why}";
                if (_state == BreakerState.HalfOpen)
                {
                    Trip_NeedsLock(_time.GetTimestamp(), $"the probe failed{last}");
                }
                else if (++_failures >= _failuresToOpen)
                {
                    Trip_NeedsLock(_time.GetTimestamp(), string.Create(CultureInfo.InvariantCulture, $"{_failures} failures in a row{last}"));
                }
            }
        }

        Tell();
    }

    /// <summary>The call failed on our side: counted apart, and as a probe it says nothing.</summary>
    public void FailLocally(Permit permit)
    {
        lock (_lock)
        {
            _localFailures++;
        }

        Release(permit);
    }

    /// <summary>The call ended in a way that says nothing, such as a cancel by its caller.</summary>
    public void Release(Permit permit)
    {
        lock (_lock)
        {
            Expire_NeedsLock();
            if (permit.Generation == _generation && _state == BreakerState.HalfOpen)
            {
                // The break is over already, so the next call is the next probe.
                _generation++;
                Become_NeedsLock(BreakerState.Open, _time.GetTimestamp(), "the probe was given up");
            }
        }

        Tell();
    }

    /// <summary>Refuses every call until <see cref="Close"/>: an operator's decision. What is on its way ends, and its result counts no more.</summary>
    /// <param name="reason">Why, for a person.</param>
    public void Isolate(string reason) => Force(BreakerState.Isolated, reason);

    /// <summary>Closes it from any state, as if nothing had happened.</summary>
    /// <param name="reason">Why, for a person.</param>
    public void Close(string reason) => Force(BreakerState.Closed, reason);

    /// <summary>True for the first who asks: several pipelines may share a breaker, and its changes are reported to Polly's listeners once.</summary>
    internal bool ClaimVoice()
    {
        lock (_lock)
        {
            return !_hasVoice && (_hasVoice = true);
        }
    }

    private void Force(BreakerState state, string reason)
    {
        lock (_lock)
        {
            _generation++;
            (_failures, _trips) = (0, 0);
            Become_NeedsLock(state, _time.GetTimestamp(), reason);
        }

        Tell();
    }

    private T Look<T>(Func<CircuitBreaker, T> read)
    {
        T value;
        lock (_lock)
        {
            Expire_NeedsLock();
            value = read(this);
        }

        Tell();
        return value;
    }

    // Nothing here has a timer: whoever looks next finds the probe lost, from the moment it was.
    private void Expire_NeedsLock()
    {
        if (_state == BreakerState.HalfOpen && _time.GetElapsedTime(_stateSince) >= ProbeTimeout)
        {
            var lostAt = _stateSince + (long)(ProbeTimeout.TotalSeconds * _time.TimestampFrequency);
            Trip_NeedsLock(lostAt, "the probe did not come back");
        }
    }

    private void Trip_NeedsLock(long at, string reason)
    {
        // A breaker that was closed for longer than its last break starts over.
        _trips = _state == BreakerState.Closed && _time.GetElapsedTime(_stateSince, at) > _breakFor ? 1 : _trips + 1;
        var factor = 1L << Math.Min(_trips - 1, 20);
        var longest = _openFor > LongestBreak ? _openFor : LongestBreak;
        _breakFor = factor < longest / _openFor ? _openFor * factor : longest;
        _generation++;
        (_failures, _openedAt) = (0, at);
        Become_NeedsLock(BreakerState.Open, at, reason);
    }

    private TimeSpan Wait_NeedsLock()
    {
        var wait = _state switch
        {
            BreakerState.Open => _breakFor - _time.GetElapsedTime(_openedAt),
            BreakerState.HalfOpen => ProbeTimeout - _time.GetElapsedTime(_stateSince),
            BreakerState.Isolated => TimeSpan.MaxValue,
            _ => TimeSpan.Zero,
        };
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private void Become_NeedsLock(BreakerState state, long at, string reason)
    {
        var changedAt = Timestamp.Now(_time) + -_time.GetElapsedTime(at);
        if (state != _state)
        {
            _untold.Enqueue(new BreakerChange(_state, state, changedAt, state == BreakerState.Open ? _breakFor : null, reason));
            _changedAt = changedAt;
        }

        (_state, _stateSince, _reason) = (state, at, reason);
    }

    // One thread at a time, so that the order holds; outside the lock, so that a handler may ask the breaker and take locks of its own.
    private void Tell()
    {
        // Read without the lock: whoever has just queued a change sees it.
        while (_untold.Count > 0 && TryNextChange(out var change))
        {
            try
            {
                Changed?.Invoke(change);
            }
            finally
            {
                lock (_lock)
                {
                    _isTelling = false;
                }
            }
        }
    }

    private bool TryNextChange([NotNullWhen(true)] out BreakerChange? change)
    {
        lock (_lock)
        {
            change = null;
            return !_isTelling && _untold.TryDequeue(out change) && (_isTelling = true);
        }
    }

    /// <summary>Leave to make one call.</summary>
    /// <param name="Generation">The breaker's state it was given in.</param>
    /// <param name="IsProbe">True for the one call that tests an open breaker.</param>
    public readonly record struct Permit(int Generation, bool IsProbe);
}
