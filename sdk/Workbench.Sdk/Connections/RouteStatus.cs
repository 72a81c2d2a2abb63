namespace Workbench.Sdk;

/// <summary>Which connections a market uses now, and why. Immutable.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Route">The route that serves it, by its name in the configuration; null when none does.</param>
/// <param name="DataHalf">Where market data comes from; null without a route.</param>
/// <param name="TradingHalf">Where new orders go; null without a route, and for a route that only reads.</param>
public sealed record RouteStatus(Symbol Symbol, string? Route, RouteHalfStatus? DataHalf, RouteHalfStatus? TradingHalf)
{
    /// <summary>The connection that market data comes from; null when none is usable.</summary>
    public ConnectionId? Data => DataHalf?.Active;

    /// <summary>The connection that new orders go to; null when none is usable. Where orders are balanced, the first of those that take them.</summary>
    public ConnectionId? Trading => TradingHalf?.Active;

    /// <summary>True when <see cref="Data"/> is not the primary.</summary>
    public bool DataIsBackup => DataHalf?.IsBackup ?? false;

    /// <summary>True when <see cref="Trading"/> is not the primary.</summary>
    public bool TradingIsBackup => TradingHalf?.IsBackup ?? false;

    /// <summary>The connection that market data should come from; null where none is preferred.</summary>
    public ConnectionId? DataPrimary => DataHalf?.Primary;

    /// <summary>The connection that orders should go to; null where none is preferred.</summary>
    public ConnectionId? TradingPrimary => TradingHalf?.Primary;

    /// <summary>True when the market's route is meant for trading, whether or not a connection is usable now.</summary>
    public bool HasTrading => TradingHalf is not null;
}

/// <summary>One half of a market's route at one moment. Immutable.</summary>
public sealed record RouteHalfStatus
{
    /// <summary>How it chooses.</summary>
    public required RoutePolicy Policy { get; init; }

    /// <summary>The connection in use; null when none is usable.</summary>
    public required ConnectionId? Active { get; init; }

    /// <summary>The connection that should be in use; null for policies that prefer none.</summary>
    public ConnectionId? Primary { get; init; }

    /// <summary>True when <see cref="Active"/> is not the primary; never for policies that prefer none.</summary>
    public bool IsBackup { get; init; }

    /// <summary>True when an operator chose <see cref="Active"/>: it stays until it is failed back or cannot be used any more.</summary>
    public bool IsForced { get; init; }

    /// <summary>Why this one, or why none, in words a trader understands.</summary>
    public required string Why { get; init; }

    /// <summary>Since when; null before the first choice.</summary>
    public Timestamp? Since { get; init; }

    /// <summary>Until when the preferred connection, though usable again, is not trusted yet; null when nothing is held back.</summary>
    public Timestamp? HoldDownUntil { get; init; }

    /// <summary>Every connection of this half, in order of preference.</summary>
    public required IReadOnlyList<RouteCandidate> Candidates { get; init; }
}

/// <summary>A connection as one half of a route sees it. Immutable.</summary>
public sealed record RouteCandidate
{
    /// <summary>Which one.</summary>
    public required ConnectionId Connection { get; init; }

    /// <summary>Its share where work is balanced, relative to the others; at least 1.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>True when this half could use it now.</summary>
    public bool IsUsable { get; init; }

    /// <summary>Why it cannot be used, or <c>ok</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>How good it is for this half, 0 to 100.</summary>
    public int Score { get; init; }

    /// <summary>Why it could not take over orders, as the readiness checks found; null when it could, and always for market data.</summary>
    public string? NotReady { get; init; }

    /// <summary>True while an operator keeps new orders away from it.</summary>
    public bool IsDrained { get; init; }

    /// <summary>Until when it must stay well before it is preferred again; null when it is trusted or not usable.</summary>
    public Timestamp? HoldDownUntil { get; init; }
}
