using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>
/// Takes spot order commands, over REST or the trade stream. What can be known before queueing is refused here with a code;
/// the engine's own verdict reaches the client through the private stream only.
/// </summary>
internal sealed class OrderDesk(SimulatedVenue venue, Ledgers ledgers, BybitOptions options) : IOrderDesk
{
    private readonly OrderAmending _amending = new(ledgers);

    /// <summary>A cancel came after its order was filled, and the venue owes the owner a word about it. Called in the venue's lock.</summary>
    public Action<Order>? CancelledLate { get; set; }

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
            ? venue.Execute(engine => Cancel(engine, Find(account, market!, body, out error) is { } order && IsNamed(order, body) ? order : null, error))
            : OrderAnswer.Refused(error);
    }

    public OrderAnswer Amend(Account account, JsonElement body)
    {
        var error = CheckTarget(body, out var market);
        return error.IsNone
            ? venue.Execute(engine => _amending.Amend(engine, Find(account, market!, body, out error), error, market!, body))
            : OrderAnswer.Refused(error);
    }

    /// <summary>Cancels orders of one kind (plain ones unless named), of one symbol or of all symbols that trade a coin.</summary>
    public (BybitError Error, IReadOnlyList<OrderAnswer> Cancelled) CancelAll(Account account, JsonElement body)
    {
        var error = Categories.CheckTrading(body.Text("category"));
        if (error.IsNone && body.Has("symbol") && venue.Market(body.Text("symbol")) is null)
        {
            error = BybitError.InvalidSymbol;
        }

        var filter = OrderFilter.Of(body);
        if (body.Has("orderFilter") && filter.Kind is null)
        {
            error = BybitError.Parameter("Request parameter error: orderFilter invalid.");
        }

        return error.IsNone
            ? (error, venue.Execute(engine => CancelAll(engine, account, filter with { Kind = filter.Kind ?? OrderKind.Order })))
            : (error, []);
    }

    private List<OrderAnswer> CancelAll(MatchingEngine engine, Account account, OrderFilter filter)
    {
        var cancelled = new List<OrderAnswer>();
        foreach (var order in account.OpenOrders.Where(o => filter.Matches(o) && ledgers[account].Knows(o)).ToList())
        {
            if (engine.Cancel(order) == Rejection.None)
            {
                cancelled.Add(OrderAnswer.Queued(order));
            }
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
        var ledger = ledgers[account];
        var error = OrderRules.Check(market, ledger.MovesPrices, ref terms);
        if (error.IsNone && terms.LinkId.Length > 0 && ledger.IsTaken(terms.LinkId, venue.Clock.NowMicros))
        {
            error = BybitError.DuplicateLinkId;
        }

        if (error.IsNone && IsFull(account, terms))
        {
            error = BybitError.TooManyOrders;
        }

        if (error.IsNone && options.RefusesTakingPostOnly && terms.IsPostOnly && Matcher.WouldTake(market.Book, terms.Side, terms.Price))
        {
            error = BybitError.WouldTake;
        }

        return error.IsNone ? Place(engine, account, new OrderRequest(market, terms)) : OrderAnswer.Refused(error, terms.LinkId);
    }

    private OrderAnswer Place(MatchingEngine engine, Account account, OrderRequest request)
    {
        var rejection = Rejection.None;
        Order? order = null;
        if (request.WithBracket() is { } list)
        {
            var placed = engine.PlaceList(account, list);
            (rejection, order) = (placed.Rejection, placed.List?.Orders[0]);
        }
        else
        {
            var placed = engine.Place(account, request.Order);
            (rejection, order) = (placed.Rejection, placed.Order);
        }

        return order is not null
            ? OrderAnswer.Queued(order) with { Symbol = order.Symbol, CreatedMillis = venue.Clock.NowMillis }
            : OrderAnswer.Refused(OrderAnswer.Translate(rejection), request.Order.ClientId);
    }

    // 500 open orders in all; per symbol 30 conditional ones and 30 take-profit or stop-loss ones.
    private bool IsFull(Account account, OrderTerms terms)
    {
        var open = account.OpenOrders.Where(ledgers[account].Knows);
        return open.Count() >= BybitListing.MaxOpenOrders
            || (terms.Kind != OrderKind.Order
                && open.Count(o => o.Symbol == terms.Symbol && o.Status == OrderStatus.Untriggered && OrderText.Kind(o) == terms.Kind)
                    >= BybitListing.MaxConditionalOrders);
    }

    private OrderAnswer Cancel(MatchingEngine engine, Order? order, BybitError error)
    {
        if (order is not null && engine.Cancel(order) == Rejection.None)
        {
            return OrderAnswer.Queued(order) with { Symbol = order.Symbol };
        }

        if (order is { Status: OrderStatus.Filled } && options.AcceptsLateCancels
            && venue.Clock.NowMicros - order.UpdatedMicros <= (long)options.LateCancelWindow.TotalMicroseconds)
        {
            CancelledLate?.Invoke(order);
            return OrderAnswer.Queued(order) with { Symbol = order.Symbol };
        }

        return OrderAnswer.Refused(error.IsNone ? BybitError.OrderNotFound : error);
    }

    // Unless it is named, the kind is that of plain orders; a conditional one is among them once it was triggered.
    private static bool IsNamed(Order order, JsonElement body) =>
        body.Has("orderFilter") || OrderText.Kind(order) == OrderKind.Order || order.Status is not (OrderStatus.Untriggered or OrderStatus.Pending);

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
        var isMeant = order?.Symbol == market.Symbol && ledgers[account].Knows(order)
            && (!body.Has("orderFilter") || OrderKinds.Parse(body.Text("orderFilter")) == OrderText.Kind(order));
        return isMeant ? order : null;
    }
}
