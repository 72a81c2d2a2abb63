namespace Workbench.Sdk;

/// <summary>How one capability of a connection is, and what its traffic and the probes have shown lately. Immutable.</summary>
public sealed record CapabilityHealth
{
    /// <summary>Which capability.</summary>
    public required ConnectionCapability Capability { get; init; }

    /// <summary>How it is.</summary>
    public required CapabilityState State { get; init; }

    /// <summary>Why, in words a trader understands, with whose fault it is; <c>ok</c> when there is nothing to say.</summary>
    public required string Reason { get; init; }

    /// <summary>When it came into this state.</summary>
    public required Timestamp Since { get; init; }

    /// <summary>
    /// How long half of what was measured took at most; null when nothing was measured within <see cref="Window"/>. Calls: from the call to its answer, with
    /// waits for a retry left out. The market data stream: from the venue's own time to our receipt, by the venue's clock as far as it is known, sampled at most
    /// ten times a second. The user stream is not timed. All three percentiles are exact to within 3.2 %, from 1 µs to 134 s.
    /// </summary>
    public TimeSpan? P50 { get; init; }

    /// <summary>How long 95 % took at most.</summary>
    public TimeSpan? P95 { get; init; }

    /// <summary>How long 99 % took at most.</summary>
    public TimeSpan? P99 { get; init; }

    /// <summary>The share of <see cref="Count"/> that speaks against the venue, 0 to 1: no answer, a broken one, an overload. Refusals by a rule and failures of our own side do not count. Null when nothing counted.</summary>
    public decimal? ErrorRate { get; init; }

    /// <summary>How many calls, or for a stream connects and ends, were counted within <see cref="Window"/>.</summary>
    public long Count { get; init; }

    /// <summary>How many failures within <see cref="Window"/> were of our own side, such as DNS; they are in neither <see cref="Count"/> nor <see cref="ErrorRate"/>.</summary>
    public long LocalFailures { get; init; }

    /// <summary>The time that percentiles, counts and rates look back over, on the monotonic clock.</summary>
    public TimeSpan Window { get; init; }
}
