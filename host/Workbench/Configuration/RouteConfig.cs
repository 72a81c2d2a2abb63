using Workbench.Sdk;

namespace Workbench.Configuration;

/// <summary>Which connections serve which symbols.</summary>
internal sealed record RouteConfig
{
    /// <summary>Canonical symbols, or the single item <c>*</c> for every symbol no other route names.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    public required RouteLegConfig Data { get; init; }

    /// <summary>Null for a route that only reads.</summary>
    public required RouteLegConfig? Trading { get; init; }
}

/// <summary>How one duty of a route, data or trading, is shared among connections.</summary>
internal sealed record RouteLegConfig
{
    public required RoutePolicy Policy { get; init; }

    /// <summary>Names in <see cref="WorkbenchConfig.Connections"/>, in order of preference; of <c>primary-secondary</c> only.</summary>
    public required string? Primary { get; init; }

    /// <summary>Those that take over, in order; empty for no backup.</summary>
    public required IReadOnlyList<string> Secondary { get; init; }

    /// <summary>The connections of the other policies.</summary>
    public required IReadOnlyList<RouteMemberConfig> Connections { get; init; }

    /// <summary>Every connection it names, in order of preference.</summary>
    public IEnumerable<RouteMemberConfig> Members => Policy == RoutePolicy.PrimarySecondary
        ? Secondary.Prepend(Primary ?? "").Select(n => new RouteMemberConfig { Name = n, Weight = 1 })
        : Connections;

    /// <summary>How long a connection that failed must be well before it is preferred again.</summary>
    public required TimeSpan FailbackAfter { get; init; }

    /// <summary>The longest that a flapping connection is held down.</summary>
    public required TimeSpan MaxHoldDown { get; init; }

    /// <summary>A failure so soon after the return is flapping.</summary>
    public required TimeSpan FlapWindow { get; init; }

    /// <summary>By how many points another connection must be better; of <c>health-based</c> only.</summary>
    public required int ScoreMargin { get; init; }

    /// <summary>For how long.</summary>
    public required TimeSpan ScoreFor { get; init; }
}

/// <summary>A connection among several that share a duty.</summary>
internal sealed record RouteMemberConfig
{
    public required string Name { get; init; }

    /// <summary>Its share, relative to the others; of <c>load-balanced</c> only.</summary>
    public required int Weight { get; init; }
}
