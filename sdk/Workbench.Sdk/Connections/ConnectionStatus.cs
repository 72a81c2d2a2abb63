namespace Workbench.Sdk;

/// <summary>A connection at one moment.</summary>
public sealed record ConnectionStatus
{
    /// <summary>Its name in the configuration.</summary>
    public required ConnectionId Id { get; init; }

    /// <summary>How it is.</summary>
    public required ConnectionState State { get; init; }

    /// <summary>Why, in words a trader understands.</summary>
    public required string Reason { get; init; }

    /// <summary>When it came into this state.</summary>
    public required Timestamp Since { get; init; }

    /// <summary>True when a simulator stands behind it, by configuration or because its plugin could not be loaded.</summary>
    public required bool IsSimulated { get; init; }

    /// <summary>True when market data arrives.</summary>
    public bool DataUp { get; init; }

    /// <summary>True when orders can be sent.</summary>
    public bool TradingUp { get; init; }

    /// <summary>Whether orders could move there now; null when no route's orders may, or before the first check.</summary>
    public ConnectionReadiness? Readiness { get; init; }

    /// <summary>The newest round trip of a read.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>When the last market data arrived.</summary>
    public Timestamp? LastDataAt { get; init; }

    /// <summary>How good its market data is, 0 to 100: 0 while <see cref="DataUp"/> is false, 100 when it is as quick as ever, without errors and fresh.</summary>
    public int DataScore { get; init; }

    /// <summary>How good it is for orders, 0 to 100: 0 while <see cref="TradingUp"/> is false.</summary>
    public int TradingScore { get; init; }

    /// <summary>Each capability by itself. Filled when the status was asked for; empty in reports of a change.</summary>
    public IReadOnlyList<CapabilityHealth> Capabilities { get; init; } = [];

    /// <summary>The venue's time minus this host's, at least (the lower bound of what the probes allow); null before the first probe.</summary>
    public TimeSpan? ClockOffset { get; init; }

    /// <summary>What it may still send; null when nobody has declared a limit.</summary>
    public RateHeadroom? Budget { get; init; }

    /// <summary>The subscription whose newest value is the oldest; null when nothing is subscribed.</summary>
    public DataAge? OldestData { get; init; }

    /// <summary>The breaker that guards orders and cancels.</summary>
    public BreakerState TradingBreaker { get; init; }

    /// <summary>The breaker that guards reads.</summary>
    public BreakerState ReadBreaker { get; init; }
}
