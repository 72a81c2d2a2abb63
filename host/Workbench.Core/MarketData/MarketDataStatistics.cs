namespace Workbench.Core.MarketData;

/// <summary>How market data flows through the engine at one moment; the counters count since the start.</summary>
public sealed record MarketDataStatistics
{
    /// <summary>Values that came to the pipeline.</summary>
    public required long Arrived { get; init; }

    /// <summary>Messages that wait for the pipeline.</summary>
    public required int Waiting { get; init; }

    /// <summary>Messages dropped because the pipeline was behind.</summary>
    public required long Dropped { get; init; }

    /// <summary>Messages dropped because a newer session had begun.</summary>
    public required long OfOlderSessions { get; init; }

    /// <summary>Messages put aside because they could not be read or hold prices that cannot be.</summary>
    public required long Unreadable { get; init; }

    /// <summary>Values marked as suspect.</summary>
    public required long Suspect { get; init; }

    /// <summary>The readers.</summary>
    public required HubStatistics Readers { get; init; }
}
