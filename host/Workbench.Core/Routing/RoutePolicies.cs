using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>The policy by its name in the configuration.</summary>
internal static class RoutePolicies
{
    public static IRoutePolicy Of(RouteHalf half, RouteHalfSettings settings) => settings.Policy switch
    {
        RoutePolicy.PrimarySecondary => new PrimarySecondaryPolicy(),
        RoutePolicy.LoadBalanced when half == RouteHalf.Data => new BalancedDataPolicy(),
        RoutePolicy.LoadBalanced => new BalancedTradingPolicy(),
        RoutePolicy.HealthBased => new HealthPolicy(settings),
        _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Policy, "There is no such policy."),
    };
}
