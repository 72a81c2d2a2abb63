using System.Text.Json;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>
/// Takes the order commands of category linear. What can be known before queueing is refused here with a code; the engine's
/// own verdict reaches the client through the private stream only.
/// </summary>
internal sealed class LinearDesk(LinearVenue linear, BybitOptions options) : IOrderDesk
{
    private const int MaxCancelled = 500;
    private readonly LinearAmend _amend = new(linear);

    /// <summary>Told that a cancel came for an order that had just been filled.</summary>
    public Action<Order>? CancelledLate { get; set; }

    public OrderAnswer Create(Account account, JsonElement body)
    {
        var error = LinearTerms.Read(body, out var terms);
        if (linear.Prices(body.Text("symbol")) is not { } prices)
        {
            error = LinearError.UnknownSymbol;
            return OrderAnswer.Refused(error, body.Text("orderLinkId"));
        }

        return error.IsNone
            ? linear.Execute(engine => Create(engine, linear.Join(account), prices, terms!))
            : OrderAnswer.Refused(error, body.Text("orderLinkId"));
    }

    public OrderAnswer Cancel(Account account, JsonElement body) => linear.Execute(engine =>
    {
        var order = Find(account, body, out var error);
        if (order is { Status: OrderStatus.Filled } && options.AcceptsLateCancels
            && linear.Clock.NowMicros - order.UpdatedMicros <= (long)options.LateCancelWindow.TotalMicroseconds)
        {
            CancelledLate?.Invoke(order);
            return Queued(order);
        }

        return order is not null && engine.Cancel(order) == Rejection.None
            ? Queued(order)
            : OrderAnswer.Refused(error.IsNone ? LinearError.OrderNotFound : error, body.Text("orderLinkId"));
    });

    public OrderAnswer Amend(Account account, JsonElement body) => linear.Execute(engine =>
    {
        var order = Find(account, body, out var error);
        if (order is not { IsOpen: true })
        {
            return OrderAnswer.Refused(error.IsNone ? LinearError.OrderNotFound : error, body.Text("orderLinkId"));
        }

        error = _amend.Apply(engine, linear.Join(account), order, body);
        return error.IsNone ? Queued(order) : OrderAnswer.Refused(error, order.ClientId);
    });

    /// <summary>Cancels orders of every kind, of one symbol or of all that share a coin; at most 500 at a time.</summary>
    public (BybitError Error, IReadOnlyList<OrderAnswer> Cancelled) CancelAll(Account account, JsonElement body)
    {
        var (symbol, baseCoin, settleCoin) = (body.Text("symbol"), body.Text("baseCoin"), body.Text("settleCoin"));
        if (symbol.Length + baseCoin.Length + settleCoin.Length == 0)
        {
            return (BybitError.Parameter("params error: one of symbol, baseCoin and settleCoin is required"), []);
        }

        if (symbol.Length > 0 && linear.Prices(symbol) is null)
        {
            return (LinearError.UnknownSymbol, []);
        }

        return (BybitError.None, linear.Execute(engine =>
        {
            // The narrowest of the three counts.
            var meant = linear.Join(account).Account.OpenOrders
                .Where(o => symbol.Length > 0 ? o.Symbol == symbol : baseCoin.Length > 0 ? o.Book.Base == baseCoin : o.Book.Quote == settleCoin)
                .Where(o => IsOfKind(o, body.Text("orderFilter")))
                .Take(MaxCancelled)
                .ToHashSet();
            return engine.CancelMany(linear.Join(account).Account, meant.Contains).Select(Queued).ToList();
        }));
    }

    private static bool IsOfKind(Order order, string filter) => filter switch
    {
        "Order" => order.IsWorking,
        "StopOrder" => order.Status == OrderStatus.Untriggered,
        "tpslOrder" => order.Tag is LinearTag { IsPositionStop: true },
        _ => true,
    };

    private OrderAnswer Create(MatchingEngine engine, MarginAccount margin, PerpetualPrices prices, LinearTerms terms)
    {
        var holding = margin.Holding(prices.Contract);
        var error = Check(margin, holding, prices, terms);
        if (!error.IsNone)
        {
            return OrderAnswer.Refused(error, terms.LinkId);
        }

        var instrument = prices.Instrument;
        var closesOnly = terms.IsReduceOnly || terms.IsCloseOnTrigger || MarginMath.ClosesLeg(terms.Side, terms.PositionIndex);
        var quantity = terms.Quantity;
        if (closesOnly && terms.Trigger is null)
        {
            var closable = holding[terms.PositionIndex].Closable(terms.Side);
            if (closable == 0)
            {
                return OrderAnswer.Refused(
                    holding[terms.PositionIndex].IsFlat ? LinearError.ReduceOnly : LinearError.ReduceOnlySide, terms.LinkId);
            }

            quantity = quantity == 0 ? closable : Math.Min(quantity, closable);
        }

        var price = terms.Price;
        error = CheckSize(instrument, prices, terms, ref quantity, ref price, margin.MovesPrices, closesOnly);
        return error.IsNone
            ? Place(engine, margin, prices, terms, quantity, price, closesOnly)
            : OrderAnswer.Refused(error, terms.LinkId);
    }

    private static BybitError CheckSize(
        Instrument instrument, PerpetualPrices prices, LinearTerms terms, ref decimal quantity, ref decimal price, bool movesPrices, bool closesOnly)
    {
        var max = terms.Type == OrderType.Market ? instrument.MaxMarketQuantity : instrument.MaxQuantity;
        quantity = terms.Quantity == 0 ? Math.Min(quantity, max) : quantity;

        // What only closes may be larger than one order and is split.
        var error = LinearRules.CheckQuantity(instrument, quantity, closesOnly ? decimal.MaxValue : max);
        if (!error.IsNone)
        {
            return error;
        }

        if (terms.BookSide.Length > 0)
        {
            var side = terms.BookSide == "Queue" ? terms.Side : terms.Side.Opposite();
            var ladder = prices.Market.Book[side];
            price = ladder.Count == 0 ? 0 : ladder[Math.Min(terms.BookLevel, ladder.Count) - 1].Price;
        }

        if (terms.Type == OrderType.Limit)
        {
            error = LinearRules.CheckPrice(instrument, price);
            if (error.IsNone && terms.Trigger is null)
            {
                error = LinearRules.Limit(prices, terms.Side, movesPrices, ref price);
            }
        }

        if (!error.IsNone)
        {
            return error;
        }

        var value = quantity * (terms.Type == OrderType.Limit ? price : prices.Mark);
        return value < instrument.MinNotional && !closesOnly ? LinearError.ValueTooSmall : BybitError.None;
    }

    private BybitError Check(MarginAccount margin, Holding holding, PerpetualPrices prices, LinearTerms terms)
    {
        if (prices.Market.Instrument.Status != InstrumentStatus.Trading)
        {
            return LinearError.NotLive;
        }

        if (!LinearRules.FitsMode(holding, terms.PositionIndex))
        {
            return LinearError.WrongMode;
        }

        if (terms.LinkId.Length > 0 && linear.Ledgers[margin.Account].IsTaken(terms.LinkId, linear.Clock.NowMicros))
        {
            return LinearError.DuplicateLinkId;
        }

        var own = margin.Account.OpenOrders.Where(o => o.Symbol == terms.Symbol);
        if (terms.Trigger is not null)
        {
            return own.Count(o => o.Tag is LinearTag { StopOrderType: "Stop" } && o.Status == OrderStatus.Untriggered) >= LinearListing.MaxConditionalOrders
                ? LinearError.TooManyConditional
                : BybitError.None;
        }

        return own.Count(o => o.IsWorking) >= LinearListing.MaxActiveOrders
            ? LinearError.TooManyOrders
            : StopRules.CheckBracket(prices, terms.Side, terms.Type == OrderType.Limit ? terms.Price : prices.Market.LastPrice, terms.Bracket);
    }

    private OrderAnswer Place(
        MatchingEngine engine, MarginAccount margin, PerpetualPrices prices, LinearTerms terms, decimal quantity, decimal price, bool closesOnly)
    {
        var instrument = prices.Instrument;
        var bound = terms.Type == OrderType.Market && terms.Trigger is null ? LinearRules.MarketBound(prices, terms) : 0;
        var max = terms.Type == OrderType.Market ? instrument.MaxMarketQuantity : instrument.MaxQuantity;
        var request = terms.ToEngine(Math.Min(quantity, max), price, bound, prices.Market.LastPrice, closesOnly);
        var result = engine.Place(margin.Account, request);
        if (!result.Ok)
        {
            return OrderAnswer.Refused(
                LinearError.Of(result.Rejection, terms.Trigger?.Direction == TriggerDirection.RisesTo), terms.LinkId);
        }

        for (var rest = quantity - max; rest > 0; rest -= max)
        {
            engine.Place(margin.Account, request with { Quantity = Math.Min(rest, max), ClientId = "" });
        }

        return Queued(result.Order!) with { CreatedMillis = linear.Clock.NowMillis };
    }

    private static OrderAnswer Queued(Order order) =>
        new(BybitError.None, LinearIds.Order(order.Id), order.ClientId) { Symbol = order.Symbol };

    // The order id wins when both ids are given and disagree.
    private Order? Find(Account account, JsonElement body, out BybitError error)
    {
        error = BybitError.None;
        if (linear.Prices(body.Text("symbol")) is null)
        {
            error = LinearError.UnknownSymbol;
            return null;
        }

        if (!body.Has("orderId") && !body.Has("orderLinkId"))
        {
            error = BybitError.Parameter("params error: orderId or orderLinkId is required");
            return null;
        }

        var margin = linear.Join(account);
        var order = body.Has("orderId")
            ? margin.Account.Find(LinearIds.EngineOrder(body.Text("orderId")))
            : linear.Ledgers[margin.Account].FindByLinkId(body.Text("orderLinkId"));
        return order?.Symbol == body.Text("symbol") ? order : null;
    }
}
