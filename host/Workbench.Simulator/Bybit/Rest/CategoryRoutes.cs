using Workbench.Simulator.Bybit.Wire;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>Joins the endpoints of spot with those of contracts: where both have a path, the request's category decides.</summary>
internal static class CategoryRoutes
{
    public static IEnumerable<RestRoute> Join(IEnumerable<RestRoute> spot, IEnumerable<RestRoute> linear)
    {
        var contracts = linear.ToDictionary(r => (r.Method, r.Path));
        foreach (var route in spot)
        {
            yield return contracts.Remove((route.Method, route.Path), out var other) ? Either(route, other) : route;
        }

        foreach (var route in contracts.Values)
        {
            yield return route;
        }
    }

    private static RestRoute Either(RestRoute spot, RestRoute linear) => spot with
    {
        Query = spot.Query is null ? null : call => (IsLinear(call) ? linear : spot).Query!(call),
        Order = spot.Order is null ? null : call => (IsLinear(call) ? linear : spot).Order!(call),
    };

    private static bool IsLinear(RestCall call) =>
        (call.Category.Length > 0 ? call.Category : call.Body.Text("category")) == Categories.Linear;
}
