using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>A route as configured: which markets it serves and through which connections.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Symbols">The markets; empty means every market that no other route names.</param>
/// <param name="Data">Where market data comes from.</param>
/// <param name="Trading">Where orders go; null for a route that only reads.</param>
public sealed record RouteSettings(string Name, IReadOnlySet<Symbol> Symbols, RouteHalfSettings Data, RouteHalfSettings? Trading);

/// <summary>One half of a route as configured.</summary>
public sealed record RouteHalfSettings
{
    /// <summary>How it chooses.</summary>
    public required RoutePolicy Policy { get; init; }

    /// <summary>Its connections, the preferred one first; at least one, each once.</summary>
    public required IReadOnlyList<RouteMember> Members { get; init; }

    /// <summary>How long a connection that failed must have been well without a break before it is preferred again: the hold-down of a first failure.</summary>
    public TimeSpan FailbackAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest hold-down; each repeated failure doubles it up to here.</summary>
    public TimeSpan MaxHoldDown { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A failure within this time after the return counts as flapping and doubles the hold-down; each such time without one halves it.</summary>
    public TimeSpan FlapWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>By how many points another connection must be better before a health-based half moves to it.</summary>
    public int ScoreMargin { get; init; } = 15;

    /// <summary>For how long it must have been that much better without a break.</summary>
    public TimeSpan ScoreFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The simple case: one connection, and perhaps one that stands by.</summary>
    public static RouteHalfSettings PrimarySecondary(ConnectionId primary, ConnectionId? secondary, TimeSpan failbackAfter) => new()
    {
        Policy = RoutePolicy.PrimarySecondary,
        Members = secondary is { } standby ? [new(primary), new(standby)] : [new(primary)],
        FailbackAfter = failbackAfter,
    };
}

/// <summary>A connection of a route.</summary>
/// <param name="Connection">Which one.</param>
/// <param name="Weight">Its share where work is balanced, relative to the others; at least 1.</param>
public sealed record RouteMember(ConnectionId Connection, int Weight = 1);
