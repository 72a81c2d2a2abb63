using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>The symbol's filters, checked before an order is queued.</summary>
internal static class OrderRules
{
    public static BybitError Check(Market market, OrderTerms terms)
    {
        if (market.Instrument.Status != InstrumentStatus.Trading)
        {
            return BybitError.NotTradable;
        }

        if (terms.IsQuoteSized)
        {
            return CheckAmount(market.Instrument, terms.Quantity);
        }

        var max = terms.Type == OrderType.Market
            ? market.Instrument.MaxMarketQuantity
            : terms.IsPostOnly ? BybitListing.MaxPostOnlyQuantity(market.Instrument) : market.Instrument.MaxQuantity;
        var error = CheckQuantity(market.Instrument, terms.Quantity, max);
        if (!error.IsNone)
        {
            return error;
        }

        return terms.Type == OrderType.Limit
            ? CheckLimit(market, terms.Side, terms.Quantity, terms.Price)
            : CheckValue(market.Instrument, terms.Quantity * market.LastPrice);
    }

    public static BybitError CheckAmend(Market market, Order order, decimal quantity, decimal price)
    {
        var error = CheckQuantity(market.Instrument, quantity, market.Instrument.MaxQuantity);
        return error.IsNone ? CheckLimit(market, order.Side, quantity, price) : error;
    }

    private static BybitError CheckQuantity(Instrument instrument, decimal quantity, decimal max)
    {
        if (!instrument.IsOnStep(quantity))
        {
            return BybitError.QuantityTooFine;
        }

        return quantity > max ? BybitError.QuantityTooLarge : BybitError.None;
    }

    private static BybitError CheckLimit(Market market, Side side, decimal quantity, decimal price)
    {
        var instrument = market.Instrument;
        if (!instrument.IsOnTick(price))
        {
            return BybitError.PriceTooFine;
        }

        var (maxBuy, minSell) = BybitListing.PriceLimits(market);
        if (side == Side.Buy && price > maxBuy)
        {
            return BybitError.BuyPriceAbove(maxBuy);
        }

        return side == Side.Sell && price < minSell
            ? BybitError.SellPriceBelow(minSell)
            : CheckValue(instrument, price * quantity);
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
