using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>How a subscription is.</summary>
internal enum SubscriptionCondition
{
    /// <summary>Asked for; nothing has come yet.</summary>
    Waiting,

    /// <summary>Its data comes, or its market was proven to be quiet.</summary>
    Live,

    /// <summary>Its data has not come for longer than it may, or never came.</summary>
    Stale,

    /// <summary>The connector says that what came is not to be trusted.</summary>
    Interrupted,

    /// <summary>The venue refused it.</summary>
    Refused,
}

/// <summary>One subscription of a connection, over all its sessions: when it was last heard and whether what is known of it may be used.</summary>
/// <remarks>Sessions write from their threads, the watch from its own, anybody reads.</remarks>
internal sealed class SubscriptionState(MarketSubscription subscription, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly long _wantedAt = time.GetTimestamp();
    private long _heardAt;
    private long _provenAt;
    private volatile MarketEvent? _newest;
    private volatile SubscriptionCondition _condition;
    private volatile string _reason = "";

    public MarketSubscription Subscription => subscription;

    /// <summary>Quotes and books change as long as a market lives and can be compared with what a read says; trades and candles may rightly stay away.</summary>
    public bool IsJudged => subscription.Channel is MarketChannel.Quotes or MarketChannel.Book;

    public SubscriptionCondition Condition => _condition;

    /// <summary>Why it is as it is, in words; empty while it is live.</summary>
    public string Reason => _reason;

    /// <summary>The newest value, or null.</summary>
    public MarketEvent? Newest => _newest;

    /// <summary>When something came last, on the monotonic clock; zero when nothing has.</summary>
    public long HeardAt => Volatile.Read(ref _heardAt);

    /// <summary>True once anything has come.</summary>
    public bool WasHeard => Volatile.Read(ref _heardAt) != 0;

    /// <summary>The market as a read showed it last, and when; for comparison with the next read. The proof's own.</summary>
    public (object What, long At)? LastRead { get; set; }

    /// <summary>True when a read has shown that something happened which the stream did not tell. The proof's own.</summary>
    public bool IsMissed { get; set; }

    /// <summary>Time since the newest value, or since it was wanted when none has come.</summary>
    public TimeSpan Age => time.GetElapsedTime(Volatile.Read(ref _heardAt) is var at and not 0 ? at : _wantedAt);

    /// <summary>Time since the newest value or the newest proof that there was none to come.</summary>
    public TimeSpan Unproven => time.GetElapsedTime(Math.Max(Math.Max(Volatile.Read(ref _heardAt), Volatile.Read(ref _provenAt)), _wantedAt));

    /// <summary>Takes an event of any session. The hot path.</summary>
    public void Heard(MarketEvent e)
    {
        _newest = e;
        Volatile.Write(ref _heardAt, time.GetTimestamp());
        if (_condition != SubscriptionCondition.Live)
        {
            Recover(e);
        }
    }

    /// <summary>A read has shown that nothing is missing.</summary>
    /// <returns>True when a quote that was not to be trusted is right after all. A book that was given up needs its snapshot.</returns>
    public bool Proven()
    {
        Volatile.Write(ref _provenAt, time.GetTimestamp());
        lock (_lock)
        {
            var isRight = _condition is SubscriptionCondition.Stale or SubscriptionCondition.Interrupted && subscription.Channel == MarketChannel.Quotes;
            if (isRight || _condition == SubscriptionCondition.Waiting)
            {
                (_condition, _reason) = (SubscriptionCondition.Live, "");
            }

            return isRight;
        }
    }

    /// <summary>Its condition has become worse.</summary>
    /// <returns>False when it was as bad already.</returns>
    public bool Fail(SubscriptionCondition condition, string reason)
    {
        lock (_lock)
        {
            var isNews = _condition is SubscriptionCondition.Live or SubscriptionCondition.Waiting || (_condition == SubscriptionCondition.Stale && condition != SubscriptionCondition.Stale);
            (_condition, _reason) = (condition, reason);
            return isNews;
        }
    }

    private void Recover(MarketEvent e)
    {
        lock (_lock)
        {
            // A book that was given up is whole again only with a snapshot.
            if (_condition == SubscriptionCondition.Waiting || e is not BookUpdate { IsSnapshot: false })
            {
                (_condition, _reason) = (SubscriptionCondition.Live, "");
            }
        }
    }
}

/// <summary>How often it was tried to bring a subscription back, and when it is tried next.</summary>
internal sealed class Recovery
{
    public int Attempts { get; private set; }

    /// <summary>When the next attempt is due, on the monotonic clock.</summary>
    public long DueAt { get; private set; }

    /// <summary>When the last attempt was made.</summary>
    public long LastAt { get; private set; }

    public void Tried(long now, long dueAt)
    {
        Attempts++;
        (LastAt, DueAt) = (now, dueAt);
    }

    /// <summary>The venue wants a longer wait.</summary>
    public void NotBefore(long at) => DueAt = Math.Max(DueAt, at);

    public void Reset() => (Attempts, DueAt, LastAt) = (0, 0, 0);
}
