using Workbench.Configuration.Schema;
using Workbench.Sdk;

namespace Workbench.Configuration.Checks;

/// <summary>Each policy has one way to be written: the keys of another one are refused where they stand.</summary>
internal static class RoutePolicyChecks
{
    private static readonly (string Key, RoutePolicy[] Policies)[] Owners =
    [
        ("primary", [RoutePolicy.PrimarySecondary]),
        ("secondary", [RoutePolicy.PrimarySecondary]),
        ("connections", [RoutePolicy.LoadBalanced, RoutePolicy.HealthBased]),
        ("score_margin", [RoutePolicy.HealthBased]),
        ("score_for", [RoutePolicy.HealthBased]),
    ];

    /// <summary>The connections of a half with the place of each in the file; empty where the half itself is wrong.</summary>
    public static IReadOnlyList<(string Name, string Path)> Run(RouteLegConfig leg, string path, ReadContext context)
    {
        if (context.IsRefused($"{path}.policy"))
        {
            return [];
        }

        foreach (var (key, policies) in Owners)
        {
            if (context.IsGiven($"{path}.{key}") && !policies.Contains(leg.Policy))
            {
                context.Error($"{path}.{key}", $"goes with policy {string.Join(" or ", policies.Select(ChoiceText<RoutePolicy>.NameOf))}, and this one is {ChoiceText<RoutePolicy>.NameOf(leg.Policy)}");
            }
        }

        CheckHoldDown(leg, path, context);
        return leg.Policy == RoutePolicy.PrimarySecondary ? Ordered(leg, path, context) : Members(leg, path, context);
    }

    private static void CheckHoldDown(RouteLegConfig leg, string path, ReadContext context)
    {
        if (leg.MaxHoldDown < leg.FailbackAfter)
        {
            context.Error(context.IsGiven($"{path}.max_hold_down") ? $"{path}.max_hold_down" : $"{path}.failback_after", "max_hold_down is shorter than failback_after");
        }
    }

    private static List<(string, string)> Ordered(RouteLegConfig leg, string path, ReadContext context)
    {
        if (leg.Primary is null)
        {
            context.Error($"{path}.primary", $"is missing; expected a {Scalars.ConnectionName.TypeName}, {Scalars.ConnectionName.Range}");
        }

        // A single secondary stands at the key itself, those of a list at their items.
        var isList = context.IsGiven(ConfigurationPath.Item($"{path}.secondary", 0));
        List<(string, string)> named = leg.Primary is { } primary ? [(primary, $"{path}.primary")] : [];
        named.AddRange(leg.Secondary.Select((s, i) => (s, isList ? ConfigurationPath.Item($"{path}.secondary", i) : $"{path}.secondary")));
        return named;
    }

    private static List<(string, string)> Members(RouteLegConfig leg, string path, ReadContext context)
    {
        var at = $"{path}.connections";
        if (leg.Connections.Count < 2 && !context.IsRefused(at))
        {
            context.Error(at, $"{ChoiceText<RoutePolicy>.NameOf(leg.Policy)} needs at least two connections, such as [{{ name: binance }}, {{ name: bybit }}]");
        }

        List<(string, string)> named = [];
        for (var i = 0; i < leg.Connections.Count; i++)
        {
            var item = ConfigurationPath.Item(at, i);
            named.Add((leg.Connections[i].Name, $"{item}.name"));
            if (leg.Policy != RoutePolicy.LoadBalanced && context.IsGiven($"{item}.weight"))
            {
                context.Error($"{item}.weight", $"goes with policy load-balanced, and this one is {ChoiceText<RoutePolicy>.NameOf(leg.Policy)}");
            }
        }

        return named;
    }
}
