using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>What everything in this host that shares one address, or one key, may still send to a venue. Safe on any thread.</summary>
internal sealed class ScopeBudget(string id, RateScope scope, TimeProvider time, Action<BanRecord>? remember)
{
    /// <summary>A pause may be this long; a venue that wants a longer one says so again.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>A pause of one class: order counts have windows of a day.</summary>
    public static readonly TimeSpan LongestClassPause = TimeSpan.FromDays(1);

    /// <summary>The longest ban that venues speak of.</summary>
    public static readonly TimeSpan LongestBan = TimeSpan.FromDays(3);

    // Venues write whole seconds, and a request before the end of a ban lengthens it.
    private static readonly TimeSpan Caution = TimeSpan.FromSeconds(1);

    private readonly long _origin = time.GetTimestamp();

    // Guarded by Gate.
    private RateCounter[] _counters = [];
    private long _venueOffset;
    private long _pausedUntil;
    private int _pauseCancels;
    private long _bannedUntil;

    /// <summary>The venue's address, for a key with a digest of it.</summary>
    public string Id { get; } = id;

    public RateScope Scope { get; } = scope;

    /// <summary>Guards the budget. Whoever needs two takes the address first.</summary>
    public Lock Gate { get; } = new();

    public BudgetMoment Now => new(time.GetUtcNow().UtcTicks + Interlocked.Read(ref _venueOffset), time.GetElapsedTime(_origin).Ticks);

    /// <summary>Takes the venue's clock as far as it is known: windows begin with it.</summary>
    public void Follow(TimeSpan venueOffset) => Interlocked.Exchange(ref _venueOffset, venueOffset.Ticks);

    public void Declare(RateLimit limit)
    {
        lock (Gate)
        {
            Counter_NeedsLock(limit.Class).Declare(limit);
        }
    }

    public void Observe(RateClass counted, TimeSpan window, int used, Timestamp sentAt)
    {
        lock (Gate)
        {
            var sent = sentAt.ToDateTimeOffset().UtcTicks + Interlocked.Read(ref _venueOffset);
            Find_NeedsLock(counted.Name)?.Observe(window, used, sent, Now);
        }
    }

    public void PauseFor(TimeSpan duration)
    {
        lock (Gate)
        {
            var now = Now.MonotonicTicks;
            _pauseCancels = now >= _pausedUntil ? LaneShares.CancelsPerPause : _pauseCancels;
            _pausedUntil = Math.Max(_pausedUntil, now + Bounded(duration, LongestPause).Ticks);
        }
    }

    public void PauseFor(RateClass counted, TimeSpan duration)
    {
        lock (Gate)
        {
            Counter_NeedsLock(counted).PauseUntil(Now.MonotonicTicks + Bounded(duration, LongestClassPause).Ticks);
        }
    }

    /// <summary>Stops everything and has the ban remembered. The answers to requests that were on their way say the same again; that is written down once.</summary>
    public void BanFor(TimeSpan duration)
    {
        var length = Bounded(duration, LongestBan) + Caution;
        lock (Gate)
        {
            var end = Now.MonotonicTicks + length.Ticks;
            if (end <= _bannedUntil + Caution.Ticks)
            {
                return;
            }

            _bannedUntil = end;
        }

        var since = time.GetUtcNow();
        remember?.Invoke(new BanRecord(Id, since, since + length));
    }

    /// <summary>Takes up a ban from before the process was started.</summary>
    public void Resume(TimeSpan left)
    {
        lock (Gate)
        {
            _bannedUntil = Math.Max(_bannedUntil, Now.MonotonicTicks + Bounded(left, LongestBan + Caution).Ticks);
        }
    }

    /// <summary>Whether all costs of this scope fit.</summary>
    /// <returns>True when something stands in the way.</returns>
    public bool Refuses_NeedsLock(IReadOnlyList<RateCost> costs, RequestLane lane, in BudgetMoment now, out BudgetRefusal refusal)
    {
        if (Stop_NeedsLock(now) is { } stop && (stop.Kind == RefusalKind.Banned || lane != RequestLane.Cancel || _pauseCancels <= 0))
        {
            refusal = stop;
            return true;
        }

        refusal = default;
        for (var i = 0; i < costs.Count; i++)
        {
            var cost = costs[i];
            if (cost.Class.Scope != Scope || Find_NeedsLock(cost.Class.Name) is not { } counter)
            {
                continue;
            }

            var wait = counter.Check(cost.Weight, lane, now);
            if (wait > refusal.Wait)
            {
                var isPaused = counter.PausedUntil > now.MonotonicTicks;
                refusal = new BudgetRefusal(isPaused ? RefusalKind.Paused : RefusalKind.UsedUp, wait, cost.Class.Name);
            }
        }

        return refusal.Wait > TimeSpan.Zero;
    }

    public void Spend_NeedsLock(IReadOnlyList<RateCost> costs, in BudgetMoment now)
    {
        _pauseCancels -= now.MonotonicTicks < _pausedUntil ? 1 : 0;
        for (var i = 0; i < costs.Count; i++)
        {
            var cost = costs[i];
            if (cost.Class.Scope == Scope)
            {
                Find_NeedsLock(cost.Class.Name)?.Add(cost.Weight, now);
            }
        }
    }

    /// <summary>Puts back what was taken a moment ago and never reached the venue.</summary>
    public void Return(RateCost cost)
    {
        lock (Gate)
        {
            Find_NeedsLock(cost.Class.Name)?.Return(cost.Weight);
        }
    }

    /// <summary>What the whole scope is stopped by; null when it is not.</summary>
    public BudgetRefusal? Stop
    {
        get
        {
            lock (Gate)
            {
                return Stop_NeedsLock(Now);
            }
        }
    }

    /// <summary>Every class and window as it is now.</summary>
    public IReadOnlyList<RateUsage> Snapshot()
    {
        lock (Gate)
        {
            var now = Now;
            var rows = new List<RateUsage>();
            foreach (var counter in _counters)
            {
                counter.MoveTo(now);
                var pause = TimeSpan.FromTicks(Math.Max(0, counter.PausedUntil - now.MonotonicTicks));
                rows.AddRange(counter.Windows.Select(w => new RateUsage(Id, counter.Class, w.Limit.Window, w.Limit.Most, w.Used, w.ShareLeft, pause)));
            }

            return rows;
        }
    }

    private BudgetRefusal? Stop_NeedsLock(in BudgetMoment now)
    {
        if (now.MonotonicTicks < _bannedUntil)
        {
            return new BudgetRefusal(RefusalKind.Banned, TimeSpan.FromTicks(_bannedUntil - now.MonotonicTicks), null);
        }

        return now.MonotonicTicks < _pausedUntil ? new BudgetRefusal(RefusalKind.Paused, TimeSpan.FromTicks(_pausedUntil - now.MonotonicTicks), null) : null;
    }

    private RateCounter Counter_NeedsLock(RateClass counted)
    {
        if (Find_NeedsLock(counted.Name) is { } known)
        {
            return known;
        }

        var counter = new RateCounter(counted);
        _counters = [.. _counters, counter];
        return counter;
    }

    // A handful of them, named by constants: comparing is quicker than hashing.
    private RateCounter? Find_NeedsLock(string name)
    {
        foreach (var counter in _counters)
        {
            if (string.Equals(counter.Class.Name, name, StringComparison.Ordinal))
            {
                return counter;
            }
        }

        return null;
    }

    private static TimeSpan Bounded(TimeSpan duration, TimeSpan longest) => duration < TimeSpan.Zero ? TimeSpan.Zero : duration < longest ? duration : longest;
}
