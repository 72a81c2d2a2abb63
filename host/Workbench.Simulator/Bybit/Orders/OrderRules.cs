using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>The symbol's filters, checked before an order is queued.</summary>
internal static class OrderRules
{
    /// <summary>Checks a new order; a price beyond the price limit is moved there when the account wants that.</summary>
    public static BybitError Check(Market market, bool movesPrices, ref OrderTerms terms)
    {
        if (market.Instrument.Status != InstrumentStatus.Trading)
        {
            return BybitError.NotTradable;
        }

        var error = CheckPrices(market, terms);
        if (!error.IsNone)
        {
            return error;
        }

        if (terms.IsQuoteSized)
        {
            return CheckAmount(market.Instrument, terms.Quantity);
        }

        var max = terms.Type == OrderType.Market
            ? market.Instrument.MaxMarketQuantity
            : terms.IsPostOnly ? BybitListing.MaxPostOnlyQuantity(market.Instrument) : market.Instrument.MaxQuantity;
        error = CheckQuantity(market.Instrument, terms.Quantity, max);
        if (!error.IsNone)
        {
            return error;
        }

        if (terms.Type == OrderType.Market)
        {
            return CheckValue(market.Instrument, terms.Quantity * (terms.TriggerPrice > 0 ? terms.TriggerPrice : market.LastPrice));
        }

        var price = terms.Price;
        error = CheckLimit(market, terms.Side, terms.Quantity, ref price, movesPrices, isWorking: terms.Kind == OrderKind.Order);
        terms = terms with { Price = price };
        return error;
    }

    public static BybitError CheckAmend(Market market, Order order, decimal quantity, ref decimal price, bool movesPrices)
    {
        if (order.Type == OrderType.Market)
        {
            return order.IsQuoteSized ? BybitError.None : CheckQuantity(market.Instrument, quantity, market.Instrument.MaxMarketQuantity);
        }

        var max = order.PostOnly == PostOnly.No ? market.Instrument.MaxQuantity : BybitListing.MaxPostOnlyQuantity(market.Instrument);
        var error = CheckQuantity(market.Instrument, quantity, max);
        return error.IsNone ? CheckLimit(market, order.Side, quantity, ref price, movesPrices, order.IsWorking) : error;
    }

    public static BybitError CheckTrigger(Market market, decimal price) =>
        !market.Instrument.IsOnTick(price) ? BybitError.PriceTooFine
        : price == market.LastPrice ? BybitError.Parameter("Request parameter error: triggerPrice equals the last price.")
        : BybitError.None;

    private static BybitError CheckPrices(Market market, OrderTerms terms)
    {
        if (terms.Kind != OrderKind.Order)
        {
            return CheckTrigger(market, terms.TriggerPrice);
        }

        if (terms.Bracket is not { } bracket)
        {
            return BybitError.None;
        }

        if (terms is { IsQuoteSized: true, Side: Side.Sell } || bracket.Prices.Any(p => !market.Instrument.IsOnTick(p)))
        {
            return BybitError.Parameter("Request parameter error: takeProfit or stopLoss invalid.");
        }

        return bracket.Check(terms.Side, terms.Type == OrderType.Limit ? terms.Price : market.LastPrice);
    }

    private static BybitError CheckQuantity(Instrument instrument, decimal quantity, decimal max)
    {
        if (!instrument.IsOnStep(quantity))
        {
            return BybitError.QuantityTooFine;
        }

        return quantity > max ? BybitError.QuantityTooLarge : BybitError.None;
    }

    // What waits for a trigger is not held against the limit of now.
    private static BybitError CheckLimit(Market market, Side side, decimal quantity, ref decimal price, bool movesPrices, bool isWorking)
    {
        var instrument = market.Instrument;
        if (!instrument.IsOnTick(price))
        {
            return BybitError.PriceTooFine;
        }

        var (maxBuy, minSell) = BybitListing.PriceLimits(market);
        var isBeyond = isWorking && (side == Side.Buy ? price > maxBuy : price < minSell);
        if (isBeyond && !movesPrices)
        {
            return side == Side.Buy ? BybitError.BuyPriceAbove(maxBuy) : BybitError.SellPriceBelow(minSell);
        }

        if (isBeyond)
        {
            price = side == Side.Buy ? maxBuy : minSell;
        }

        return CheckValue(instrument, price * quantity);
    }

    private static BybitError CheckAmount(Instrument instrument, decimal amount)
    {
        var precision = BybitListing.QuotePrecision(instrument);
        return precision > 0 && amount % precision != 0 ? BybitError.AmountTooFine : CheckValue(instrument, amount);
    }

    private static BybitError CheckValue(Instrument instrument, decimal value)
    {
        if (value < instrument.MinNotional)
        {
            return BybitError.AmountTooSmall;
        }

        return value > instrument.MaxNotional ? BybitError.AmountTooLarge : BybitError.None;
    }
}
