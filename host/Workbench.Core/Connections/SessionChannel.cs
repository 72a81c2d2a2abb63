using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>One subscription in one session: asked for, acknowledged, heard. The session's thread writes, the watch reads.</summary>
internal sealed class SessionChannel(SubscriptionState state, TimeProvider time)
{
    private long _askedAt = time.GetTimestamp();
    private long _acknowledgedAt;
    private long _firstAt;
    private long _heardAt;
    private volatile string? _interruption;
    private volatile bool _isRefused;

    public SubscriptionState State => state;

    public MarketSubscription Subscription => state.Subscription;

    /// <summary>The attempts to bring it back within this session.</summary>
    public Recovery Recovery { get; } = new();

    public bool IsRefused => _isRefused;

    /// <summary>Why what came is not to be trusted; null when it is.</summary>
    public string? Interruption => _interruption;

    /// <summary>Data that comes says more than an acknowledgement that does not.</summary>
    public bool IsAcknowledged => Volatile.Read(ref _acknowledgedAt) != 0 || HasData;

    public bool HasData => Volatile.Read(ref _firstAt) != 0;

    /// <summary>Time since the connector took the wish.</summary>
    public TimeSpan SinceAsked => time.GetElapsedTime(Volatile.Read(ref _askedAt));

    /// <summary>Time since the venue acknowledged it.</summary>
    public TimeSpan SinceAcknowledged => time.GetElapsedTime(Volatile.Read(ref _acknowledgedAt));

    /// <summary>When the venue acknowledged it, on the monotonic clock.</summary>
    public long AcknowledgedAt => Volatile.Read(ref _acknowledgedAt);

    /// <summary>When something came last, on the monotonic clock.</summary>
    public long HeardAt => Volatile.Read(ref _heardAt);

    /// <summary>It is asked for anew.</summary>
    public void AskedAgain()
    {
        Volatile.Write(ref _acknowledgedAt, 0);
        Volatile.Write(ref _firstAt, 0);
        Volatile.Write(ref _askedAt, time.GetTimestamp());
    }

    public void Acknowledged() => Volatile.Write(ref _acknowledgedAt, time.GetTimestamp());

    public void Refused(VenueError error)
    {
        _isRefused = true;
        state.Fail(SubscriptionCondition.Refused, error.Message);
    }

    public void Interrupted(string reason) => _interruption = reason;

    public void Heard(MarketEvent e)
    {
        var now = time.GetTimestamp();
        Volatile.Write(ref _heardAt, now);
        if (_firstAt == 0)
        {
            Volatile.Write(ref _firstAt, now);
        }

        if (_interruption is not null && e is not BookUpdate { IsSnapshot: false })
        {
            _interruption = null;
        }

        state.Heard(e);
    }
}
