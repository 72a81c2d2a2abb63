namespace Workbench.Sdk;

/// <summary>What a connection may still send.</summary>
/// <param name="ShareLeft">How much of the tightest limit is left for ordinary requests, 0 to 1.</param>
/// <param name="PausedUntil">When sending begins again after the venue asked for a pause or banned us; null while it is allowed.</param>
/// <param name="Reason">Why nothing is sent, or which limit is the tightest; null when there is nothing to say.</param>
public sealed record RateHeadroom(double ShareLeft, Timestamp? PausedUntil, string? Reason);

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
