namespace Workbench.Sdk;

/// <summary>Where a market data value comes from and how old it is. Every value carries one.</summary>
public sealed record MarketStamp
{
    /// <summary>The connection that delivered the value.</summary>
    public required ConnectionId Connection { get; init; }

    /// <summary>The venue behind the connection.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>Which session of the connection delivered it; rises by one with every reconnect.</summary>
    public required int Session { get; init; }

    /// <summary>When the venue says it happened. Where the venue states no time this is <see cref="ReceivedAt"/>.</summary>
    public required Timestamp VenueTime { get; init; }

    /// <summary>When it reached this host.</summary>
    public required Timestamp ReceivedAt { get; init; }

    /// <summary>The venue's sequence or update number of the value within its channel; zero where the venue has none.</summary>
    public long Sequence { get; init; }

    /// <summary>True when the value does not come from the primary connection of the route it was read through.</summary>
    public bool IsBackup { get; init; }

    /// <summary>True when the value comes from a simulator or a tape instead of a live venue.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>True when the value was read by request because the stream that should deliver it is down: it is older than it looks and comes seldom.</summary>
    public bool IsPolled { get; init; }

    /// <summary>True when the price lies far from this market's own recent prices and neither another venue nor time has confirmed it yet. No order is priced from such a value.</summary>
    public bool IsSuspect { get; init; }

    /// <summary>How old the value is at a moment, measured from its arrival.</summary>
    public TimeSpan AgeAt(Timestamp now) => now - ReceivedAt;
}
