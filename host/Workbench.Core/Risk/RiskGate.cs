using Workbench.Sdk;

namespace Workbench.Core.Risk;

/// <summary>Checks one order against the limits. Pure: the same request and view give the same decision.</summary>
/// <remarks>Exposure is the worst case: every open, in-flight and unknown order of the same side is taken as filled, those of the other side as not.</remarks>
public sealed class RiskGate(RiskLimits limits)
{
    /// <summary>A polled quote is older than it looks; beyond this nothing is priced from it, whatever the limits.</summary>
    private static readonly TimeSpan PolledPriceLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(1);

    /// <summary>Whether an order may go; the first check that fails speaks.</summary>
    public RiskDecision Check(OrderRequest request, IRiskView view)
    {
        if (request.Problem() is { } problem)
        {
            return new RiskDecision.Denied("invalid_request", problem);
        }

        if (view.Instrument is not { } instrument)
        {
            return new RiskDecision.Denied("instrument", $"{request.Symbol} is not listed at the target connection");
        }

        var quantity = instrument.RoundDown(request.Quantity, request.Type);
        return Instrument(request, instrument, quantity, view.Quote)
            ?? StalePrice(view)
            ?? UnsoundMarket(request, view)
            ?? CrossedBook(request, view.Quote)
            ?? Collar(request, view.Quote)
            ?? OrderValue(request, instrument, quantity, view.Quote)
            ?? OpenOrders(view)
            ?? OrderRate(view)
            ?? (RiskDecision?)Position(request, quantity, view)
            ?? RiskDecision.Allowed.Instance;
    }

    /// <summary>True when the view's connection lists the market and has a price of it that is not stale.</summary>
    public bool KnowsPrice(IRiskView view) => view.Instrument is not null && StalePrice(view) is null;

    private static RiskDecision.Denied? Instrument(OrderRequest request, Instrument instrument, Quantity quantity, Quote? quote)
    {
        var price = request.LimitPrice is { } limit ? instrument.RoundPassive(limit, request.Side) : TakingPrice(request.Side, quote);
        return instrument.Violation(request.Type, quantity, price) is { } violation ? new RiskDecision.Denied("instrument", violation) : null;
    }

    private RiskDecision.Denied? StalePrice(IRiskView view)
    {
        if (limits.StalePriceAfter is not { } limit)
        {
            return null;
        }

        return view.Quote is not { } quote ? new RiskDecision.Denied("stale_price", "the target connection has no quote")
            : quote.Stamp.AgeAt(view.Now) is var age && age > limit ? new RiskDecision.Denied("stale_price", $"limit {Seconds(limit)}, the quote of {quote.Stamp.Connection} is {Seconds(age)} old")
            : null;
    }

    /// <summary>Whether the market data of the target can be believed at all. Holds whatever the limits are: no order is priced from what may be wrong.</summary>
    private static RiskDecision.Denied? UnsoundMarket(OrderRequest request, IRiskView view)
    {
        if (view.BookProblem is { } problem)
        {
            return new RiskDecision.Denied("book_invalid", problem);
        }

        if (view.QuoteProblem is { } stale)
        {
            return new RiskDecision.Denied("quote_invalid", stale);
        }

        if (view.Quote is not { } quote)
        {
            return null;
        }

        return quote.Stamp.IsPolled && quote.Stamp.AgeAt(view.Now) is var age && age > PolledPriceLimit ? new RiskDecision.Denied("polled_price", $"limit {Seconds(PolledPriceLimit)}, the polled quote of {quote.Stamp.Connection} is {Seconds(age)} old")
            : quote.Stamp.IsSuspect ? new RiskDecision.Denied("suspect_price", $"bid {Text(quote.Bid)}, ask {Text(quote.Ask)} is far from the recent prices, and neither another venue nor time has confirmed it yet")
            : request.Type == OrderType.Market && TakingPrice(request.Side, quote) is null ? new RiskDecision.Denied("empty_side", $"nobody {(request.Side == Side.Buy ? "offers" : "bids for")} {request.Symbol} at {quote.Stamp.Connection} now")
            : null;
    }

    private RiskDecision.Denied? CrossedBook(OrderRequest request, Quote? quote) =>
        NeedsPrice(request) && quote is { Bid: { } bid, Ask: { } ask } && bid > ask
            ? new RiskDecision.Denied("crossed_book", $"bid {bid} is above ask {ask}")
            : null;

    private RiskDecision.Denied? Collar(OrderRequest request, Quote? quote)
    {
        if (limits.PriceCollar is not { } collar)
        {
            return null;
        }

        // A limit order is measured from the price it would take now; a market order takes that price, so it is measured from the middle.
        var reference = request.Type == OrderType.Market ? quote?.Mid : TakingPrice(request.Side, quote) ?? quote?.Bid ?? quote?.Ask;
        var price = request.LimitPrice ?? TakingPrice(request.Side, quote);
        if (reference is not { } from || price is not { } at)
        {
            return new RiskDecision.Denied("price_collar", $"there is no price of {request.Symbol} to measure from");
        }

        var bound = from.Value * (request.Side == Side.Buy ? 1 + collar : 1 - collar);
        return (request.Side == Side.Buy ? at.Value > bound : at.Value < bound)
            ? new RiskDecision.Denied("price_collar", $"limit {Numbers.Text(bound)} {request.Symbol.Quote} ({Numbers.Text(collar * 100)} % from {from}), would be {at} {request.Symbol.Quote}")
            : null;
    }

    private RiskDecision.Denied? OrderValue(OrderRequest request, Instrument instrument, Quantity quantity, Quote? quote)
    {
        if (limits.MaxOrderValue is not { } limit)
        {
            return null;
        }

        // A limit sell may fill above its limit, which itself is rounded up, and a market order at the quote: the larger of both is what may change hands.
        var taking = TakingPrice(request.Side, quote);
        Price? asked = request.LimitPrice is { } l ? instrument.RoundPassive(l, request.Side) : null;
        var price = request.Side == Side.Sell && taking > asked ? taking : asked ?? taking;
        if (price is not { } at)
        {
            return new RiskDecision.Denied("max_order_value", $"there is no price of {request.Symbol} to value the order at");
        }

        var value = at * quantity;
        return value > limit ? new RiskDecision.Denied("max_order_value", $"limit {limit} {request.Symbol.Quote}, would be {value} {request.Symbol.Quote}") : null;
    }

    private RiskDecision.Denied? OpenOrders(IRiskView view) =>
        limits.MaxOpenOrders is { } limit && view.OpenOrders.Count + 1 > limit
            ? new RiskDecision.Denied("max_open_orders", $"limit {limit}, would be {view.OpenOrders.Count + 1}")
            : null;

    private RiskDecision.Denied? OrderRate(IRiskView view)
    {
        if (limits.MaxOrdersPerSecond is not { } limit)
        {
            return null;
        }

        var count = 1;
        for (var i = view.RecentOrders.Count - 1; i >= 0 && view.Now - view.RecentOrders[i] < RateWindow; i--)
        {
            count++;
        }

        return count > limit ? new RiskDecision.Denied("max_orders_per_second", $"limit {limit}, would be {count}") : null;
    }

    private RiskDecision.Denied? Position(OrderRequest request, Quantity quantity, IRiskView view)
    {
        var asset = request.Symbol.Base;
        if (!limits.MaxPosition.TryGetValue(asset, out var limit))
        {
            return null;
        }

        var worst = NetQuantity.Of(request.Side, quantity) + view.Position(asset);
        foreach (var order in view.OpenOrders)
        {
            if (order.Request.Symbol.Base == asset && order.Request.Side == request.Side)
            {
                worst += NetQuantity.Of(request.Side, order.Leaves);
            }
        }

        // Only the direction of the order counts: selling out of a position that is too long already is never denied for being long.
        var isOver = request.Side == Side.Buy ? worst.Value > limit.Value : worst.Value < -limit.Value;
        return isOver ? new RiskDecision.Denied("max_position", $"limit {limit} {asset}, would be {worst.Size} {asset}{(worst.Value < 0 ? " short" : "")}") : null;
    }

    private bool NeedsPrice(OrderRequest request) =>
        limits.StalePriceAfter is not null || limits.PriceCollar is not null || (limits.MaxOrderValue is not null && request.Type == OrderType.Market);

    private static Price? TakingPrice(Side side, Quote? quote) => side == Side.Buy ? quote?.Ask : quote?.Bid;

    private static string Text(Price? price) => price?.ToString() ?? "none";

    private static string Seconds(TimeSpan time) => $"{Numbers.Text((decimal)time.Ticks / TimeSpan.TicksPerSecond)} s";
}
