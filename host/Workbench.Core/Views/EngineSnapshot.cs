using Workbench.Sdk;

namespace Workbench.Core.Views;

/// <summary>Everything a screen shows of the engine at one moment. Immutable; taken, not pushed.</summary>
public sealed record EngineSnapshot
{
    /// <summary>When it was taken.</summary>
    public required Timestamp Now { get; init; }

    /// <summary>Every connection, in the order of the configuration.</summary>
    public required IReadOnlyList<ConnectionStatus> Connections { get; init; }

    /// <summary>The route of each market that has a quote.</summary>
    public required IReadOnlyList<RouteStatus> Routes { get; init; }

    /// <summary>The newest quote of each market through its route, by symbol; marked when it comes from the backup.</summary>
    public required IReadOnlyList<Quote> Quotes { get; init; }

    /// <summary>Every order, oldest first.</summary>
    public required IReadOnlyList<Order> Orders { get; init; }

    /// <summary>Every fill, oldest first.</summary>
    public required IReadOnlyList<Fill> Fills { get; init; }

    /// <summary>Positions summed over connections.</summary>
    public required IReadOnlyList<Position> Positions { get; init; }

    /// <summary>The kill switch; null while it is not engaged.</summary>
    public KillStatus? Kill { get; init; }

    /// <summary>The newest route moves and state changes, oldest first; at most 100.</summary>
    public required IReadOnlyList<ConnectionEvent> Events { get; init; }
}
