using Workbench.Core.Instruments;
using Workbench.Core.MarketData;
using Workbench.Core.Routing;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Connections.Standby;

/// <summary>What a connection must know of the whole to judge whether orders could move to it. Any thread.</summary>
internal sealed class StandbyView(TradingDuties duties, MappingTable mappings, MarketBoard quotes, Boards boards)
{
    /// <summary>True when a route's orders may move to the connection.</summary>
    public bool IsNeeded(ConnectionId connection) => duties.Any(connection);

    /// <summary>What we know of an order.</summary>
    public Order? Order(ClientOrderId id) => boards.Order(id);

    /// <summary>The newest order whose fills the venue must still know.</summary>
    public OrderReference? Witness(ConnectionId connection, Timestamp after, Timestamp settledBefore, out Order? order)
    {
        order = AccountRegression.Witness(boards.Orders, connection, after, settledBefore);
        return order is not null && boards.Instruments(connection).TryGet(order.Request.Symbol, out var instrument) ? new OrderReference(instrument, order.Id, order.VenueOrderId) : null;
    }

    /// <summary>True when routes name every market whose orders may move to the connection.</summary>
    public bool NamesEveryMarket(ConnectionId connection) => !duties.TakesTheRest(connection);

    /// <summary>The markets whose orders may come: those that routes name, and those in use that a route takes.</summary>
    public IReadOnlyList<MarketFacts> Markets(ConnectionId connection)
    {
        var inUse = quotes.All.Select(q => q.Symbol).Concat(boards.Positions.Where(p => p.Net.Value != 0).Select(p => p.Symbol));
        return [.. duties.Named(connection).Concat(inUse.Where(s => duties.Serves(connection, s))).Distinct().Order().Select(s => Facts(connection, s))];
    }

    /// <summary>Why a market at a connection is not what the orders of its route mean; null when it is.</summary>
    public string? Mismatch(ConnectionId connection, Symbol symbol) =>
        duties.Preferred(symbol) is { } preferred && preferred != connection ? mappings.Obstacle(preferred, connection, symbol) : null;

    private string? Obstacle(ConnectionId connection, Symbol symbol) =>
        boards.InstrumentBook.Gate(connection, symbol) is { Cause: not GateCause.RulesUnread } gate ? gate.Reason : mappings.Obstacle(duties.Preferred(symbol) ?? connection, connection, symbol);

    private MarketFacts Facts(ConnectionId connection, Symbol symbol) => new(
        symbol,
        Obstacle(connection, symbol),
        boards.Instruments(connection).TryGet(symbol, out var instrument) ? instrument : null,
        quotes.Latest(connection, symbol)?.Bid);
}
