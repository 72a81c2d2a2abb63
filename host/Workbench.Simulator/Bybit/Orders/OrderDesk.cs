using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>
/// Takes order commands, over REST or the trade stream. What can be known before queueing is refused here with a code; the
/// engine's own verdict reaches the client through the private stream only.
/// </summary>
internal sealed class OrderDesk(SimulatedVenue venue, Ledgers ledgers) : IOrderDesk
{
    public OrderAnswer Create(Account account, JsonElement body)
    {
        var error = CheckTarget(body, out var market);
        if (!error.IsNone)
        {
            return OrderAnswer.Refused(error);
        }

        error = OrderTerms.Read(body, out var terms);
        return error.IsNone
            ? venue.Execute(engine => Create(engine, account, market!, terms!))
            : OrderAnswer.Refused(error, body.Text("orderLinkId"));
    }

    public OrderAnswer Cancel(Account account, JsonElement body)
    {
        var error = CheckTarget(body, out var market);
        return error.IsNone
            ? venue.Execute(engine => Cancel(engine, Find(account, market!, body, out error), error))
            : OrderAnswer.Refused(error);
    }

    public OrderAnswer Amend(Account account, JsonElement body)
    {
        var error = CheckTarget(body, out var market);
        return error.IsNone
            ? venue.Execute(engine => Amend(engine, Find(account, market!, body, out error), error, market!, body))
            : OrderAnswer.Refused(error);
    }

    /// <summary>Cancels all plain orders, of one symbol or of all symbols that trade a coin.</summary>
    public (BybitError Error, IReadOnlyList<OrderAnswer> Cancelled) CancelAll(Account account, JsonElement body)
    {
        var error = Categories.CheckTrading(body.Text("category"));
        if (error.IsNone && body.Has("symbol") && venue.Market(body.Text("symbol")) is null)
        {
            error = BybitError.InvalidSymbol;
        }

        return error.IsNone
            ? (error, venue.Execute(engine => CancelAll(engine, account, OrderFilter.Of(body))))
            : (error, []);
    }

    private static List<OrderAnswer> CancelAll(MatchingEngine engine, Account account, OrderFilter filter)
    {
        var cancelled = new List<OrderAnswer>();
        foreach (var order in account.OpenOrders.Where(filter.Matches).ToList())
        {
            engine.Cancel(order);
            cancelled.Add(OrderAnswer.Queued(order));
        }

        return cancelled;
    }

    private BybitError CheckTarget(JsonElement body, out Market? market)
    {
        market = null;
        var error = Categories.CheckTrading(body.Text("category"));
        if (!error.IsNone)
        {
            return error;
        }

        market = venue.Market(body.Text("symbol"));
        return market is null ? BybitError.InvalidSymbol : BybitError.None;
    }

    private OrderAnswer Create(MatchingEngine engine, Account account, Market market, OrderTerms terms)
    {
        var error = OrderRules.Check(market, terms);
        if (error.IsNone && terms.LinkId.Length > 0 && ledgers[account].FindByLinkId(terms.LinkId) is not null)
        {
            error = BybitError.DuplicateLinkId;
        }

        if (error.IsNone && account.OpenOrders.Count >= BybitListing.MaxOpenOrders)
        {
            error = BybitError.TooManyOrders;
        }

        if (!error.IsNone)
        {
            return OrderAnswer.Refused(error, terms.LinkId);
        }

        var result = engine.Place(account, terms.ToEngine(market.LastPrice));
        return result.Ok
            ? OrderAnswer.Queued(result.Order!) with { Symbol = terms.Symbol, CreatedMillis = venue.Clock.NowMillis }
            : OrderAnswer.Refused(Translate(result.Rejection), terms.LinkId);
    }

    private static OrderAnswer Cancel(MatchingEngine engine, Order? order, BybitError error)
    {
        if (order is null || engine.Cancel(order) != Rejection.None)
        {
            return OrderAnswer.Refused(error.IsNone ? BybitError.OrderNotFound : error);
        }

        return OrderAnswer.Queued(order) with { Symbol = order.Symbol };
    }

    private static OrderAnswer Amend(MatchingEngine engine, Order? order, BybitError error, Market market, JsonElement body)
    {
        if (order is not { IsOpen: true })
        {
            return OrderAnswer.Refused(error.IsNone ? BybitError.OrderNotFound : error);
        }

        var quantity = order.Quantity;
        var price = order.Price;
        if ((body.Has("qty") && !body.TryAmount("qty", out quantity)) || (body.Has("price") && !body.TryAmount("price", out price)))
        {
            return OrderAnswer.Refused(BybitError.Parameter("Request parameter error: qty or price invalid."), order.ClientId);
        }

        if (quantity <= order.Executed)
        {
            return OrderAnswer.Refused(BybitError.BelowExecuted, order.ClientId);
        }

        error = OrderRules.CheckAmend(market, order, quantity, price);
        if (!error.IsNone)
        {
            return OrderAnswer.Refused(error, order.ClientId);
        }

        var result = engine.Amend(order, quantity, price);
        return result.Ok
            ? OrderAnswer.Queued(order) with { Symbol = order.Symbol }
            : OrderAnswer.Refused(Translate(result.Rejection), order.ClientId);
    }

    // The order id wins when both ids are given and disagree.
    private Order? Find(Account account, Market market, JsonElement body, out BybitError error)
    {
        error = BybitError.None;
        if (!body.Has("orderId") && !body.Has("orderLinkId"))
        {
            error = BybitError.Parameter("Request parameter error: orderId or orderLinkId is required.");
            return null;
        }

        var order = body.Has("orderId")
            ? account.Find(BybitIds.EngineOrder(body.Text("orderId")))
            : ledgers[account].FindByLinkId(body.Text("orderLinkId"));
        return order?.Symbol == market.Symbol ? order : null;
    }

    private static BybitError Translate(Rejection rejection) => rejection switch
    {
        Rejection.UnknownSymbol => BybitError.InvalidSymbol,
        Rejection.MarketClosed => BybitError.NotTradable,
        Rejection.InvalidQuantity => BybitError.QuantityTooSmall,
        Rejection.InvalidPrice => BybitError.PriceTooLow,
        Rejection.InsufficientBalance => BybitError.InsufficientBalance,
        Rejection.NoChange => BybitError.Parameter("The order remains unchanged as the parameters entered match the existing ones."),
        _ => BybitError.OrderNotFound,
    };
}
