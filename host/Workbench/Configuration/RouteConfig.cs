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

    /// <summary>A name in <see cref="WorkbenchConfig.Connections"/>.</summary>
    public required string Primary { get; init; }

    /// <summary>Another name in <see cref="WorkbenchConfig.Connections"/>; null for no backup.</summary>
    public required string? Secondary { get; init; }

    /// <summary>How long the primary must be well before it takes over again.</summary>
    public required TimeSpan FailbackAfter { get; init; }
}

/// <summary>How a route chooses among its connections.</summary>
internal enum RoutePolicy
{
    /// <summary>The primary while it is well, else the secondary.</summary>
    PrimarySecondary,

    /// <summary>Known, not built yet: refused.</summary>
    LoadBalanced,

    /// <summary>Known, not built yet: refused.</summary>
    HealthBased,
}
