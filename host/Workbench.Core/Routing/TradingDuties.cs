using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Which connections orders may move to, and for which markets. Immutable; any thread.</summary>
internal sealed class TradingDuties(IReadOnlyList<RouteSettings> routes)
{
    /// <summary>True when a route's orders may move to the connection.</summary>
    public bool Any(ConnectionId connection) => routes.Any(r => Members(r).Contains(connection));

    /// <summary>True when a route that takes what no other names may move its orders to the connection.</summary>
    public bool TakesTheRest(ConnectionId connection) => routes.Any(r => r.Symbols.Count == 0 && Members(r).Contains(connection));

    /// <summary>True when the orders of a market may move to the connection.</summary>
    public bool Serves(ConnectionId connection, Symbol symbol) => RouteOf(symbol) is { } route && Members(route).Contains(connection);

    /// <summary>The connection that the orders of a market are meant for before anything goes wrong; null for a market that is not traded.</summary>
    public ConnectionId? Preferred(Symbol symbol) => RouteOf(symbol) is { } route && Members(route) is [var first, ..] ? first : null;

    /// <summary>The markets that routes name for a connection, without those that a route takes because no other names them.</summary>
    public IEnumerable<Symbol> Named(ConnectionId connection) => routes.Where(r => Members(r).Contains(connection)).SelectMany(r => r.Symbols).Distinct();

    private RouteSettings? RouteOf(Symbol symbol) => routes.FirstOrDefault(r => r.Symbols.Contains(symbol)) ?? routes.FirstOrDefault(r => r.Symbols.Count == 0);

    private static IReadOnlyList<ConnectionId> Members(RouteSettings route) => [.. (route.Trading?.Members ?? []).Select(static m => m.Connection)];
}
