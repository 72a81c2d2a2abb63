using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>The contract's filters, checked before an order is queued.</summary>
internal static class LinearRules
{
    public static BybitError CheckQuantity(Instrument instrument, decimal quantity, decimal max)
    {
        if (!instrument.IsOnStep(quantity))
        {
            return BybitError.Parameter("Qty invalid");
        }

        if (quantity < instrument.MinQuantity)
        {
            return BybitError.Parameter("The number of contracts exceeds minimum limit allowed");
        }

        return quantity > max
            ? BybitError.Parameter($"The number of contracts exceeds maximum limit allowed: too large, order_qty:{BybitJson.Text(quantity)} <= max_qty:{BybitJson.Text(max)}")
            : BybitError.None;
    }

    public static BybitError CheckPrice(Instrument instrument, decimal price)
    {
        if (price < instrument.MinPrice || price > instrument.MaxPrice)
        {
            return LinearError.PriceOutOfRange;
        }

        return instrument.IsOnTick(price) ? BybitError.None : BybitError.Parameter("Price invalid");
    }

    /// <summary>Holds a price against the moving limits, or moves it to them when the account lets the venue do so.</summary>
    public static BybitError Limit(PerpetualPrices prices, Side side, bool movesPrices, ref decimal price)
    {
        var (maxBuy, minSell) = prices.Limits();
        var bounded = side == Side.Buy ? Math.Min(price, maxBuy) : Math.Max(price, minSell);
        if (bounded == price)
        {
            return BybitError.None;
        }

        if (!movesPrices)
        {
            return side == Side.Buy ? LinearError.BuyTooHigh : LinearError.SellTooLow;
        }

        price = bounded;
        return BybitError.None;
    }

    /// <summary>The worst price a market order may trade at: what the order tolerates, or the price limit.</summary>
    public static decimal MarketBound(PerpetualPrices prices, LinearTerms terms)
    {
        var (maxBuy, minSell) = prices.Limits();
        var limit = terms.Side == Side.Buy ? maxBuy : minSell;
        if (terms.Slippage == 0)
        {
            return limit;
        }

        var instrument = prices.Instrument;
        var touch = prices.Market.Book[terms.Side.Opposite()].Best?.Price ?? prices.Mark;
        var distance = terms.SlippageType == "TickSize" ? terms.Slippage * instrument.TickSize : touch * terms.Slippage / 100;
        return terms.Side == Side.Buy
            ? Math.Min(limit, instrument.FloorToTick(touch + distance))
            : Math.Max(limit, instrument.FloorToTick(touch - distance + instrument.TickSize - 0.00000001m));
    }

    /// <summary>The index must fit the account's mode: 0 in one-way mode, 1 or 2 in hedge mode.</summary>
    public static bool FitsMode(Holding holding, int positionIndex) =>
        holding.Mode == PositionMode.OneWay ? positionIndex == 0 : positionIndex is 1 or 2;
}
