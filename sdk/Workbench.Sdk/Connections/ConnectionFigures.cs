namespace Workbench.Sdk;

/// <summary>What a connection may still send.</summary>
/// <param name="ShareLeft">How much of the tightest limit is left for ordinary requests, 0 to 1.</param>
/// <param name="PausedUntil">When sending begins again after the venue asked for a pause or banned us; null while it is allowed.</param>
/// <param name="Reason">Why nothing is sent, or which limit is the tightest; null when there is nothing to say.</param>
public sealed record RateHeadroom(decimal ShareLeft, Timestamp? PausedUntil, string? Reason)
{
    /// <summary>Every limit that the connection draws on, the address's before the key's.</summary>
    public IReadOnlyList<RateUse> Limits { get; init; } = [];
}

/// <summary>One limit of a venue and what is used of it now.</summary>
/// <param name="Class">What is counted, and for whom.</param>
/// <param name="Window">Length of the window.</param>
/// <param name="Most">What the venue allows in it.</param>
/// <param name="Used">What counts in it now, by this host's count or the venue's, whichever is higher.</param>
/// <param name="PausedUntil">When the venue takes this class again after it asked for a pause of it; null while it does.</param>
public sealed record RateUse(RateClass Class, TimeSpan Window, long Most, long Used, Timestamp? PausedUntil)
{
    /// <summary>What is left for the most urgent lane.</summary>
    public long Left => Math.Max(0, Most - Used);
}

/// <summary>How old the newest value of a subscription is.</summary>
/// <param name="Subscription">The market and its channel.</param>
/// <param name="Age">Time since the newest value arrived, or since it was asked for when none has come.</param>
/// <param name="IsStale">True when that is longer than it may be.</param>
public sealed record DataAge(MarketSubscription Subscription, TimeSpan Age, bool IsStale);

/// <summary>The position of a circuit breaker.</summary>
public enum BreakerState
{
    /// <summary>Calls go through.</summary>
    Closed,

    /// <summary>Calls are refused for a while.</summary>
    Open,

    /// <summary>One call is let through to see whether the other side works again.</summary>
    HalfOpen,

    /// <summary>Calls are refused until an operator closes it.</summary>
    Isolated,
}
