namespace Workbench.Sdk;

/// <summary>How one half of a route chooses among its connections.</summary>
public enum RoutePolicy
{
    /// <summary>The first connection in the configured order that can be used; back to an earlier one after it was well for its hold-down.</summary>
    PrimarySecondary,

    /// <summary>
    /// Several at once, by weight. Market data: each market has a connection of its own, which stays the same as long as it can be used. Orders: each new one
    /// goes to the connection with the fewest open orders for its weight.
    /// </summary>
    LoadBalanced,

    /// <summary>The connection with the best score; it is left for another that has been better by a margin for a while.</summary>
    HealthBased,
}

/// <summary>The halves of a route, which move apart from each other.</summary>
public enum RouteHalf
{
    /// <summary>Where market data comes from.</summary>
    Data,

    /// <summary>Where new orders go.</summary>
    Trading,
}
