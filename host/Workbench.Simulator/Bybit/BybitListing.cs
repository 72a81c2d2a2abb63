using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit;

/// <summary>What Bybit lists differently from the simulator's default listing, and the filters it derives from an instrument.</summary>
internal static class BybitListing
{
    public const int MaxOpenOrders = 500;

    /// <summary>Of each kind, per symbol.</summary>
    public const int MaxConditionalOrders = 30;

    /// <summary>How far from the index a buy or a sell may be priced.</summary>
    public const decimal PriceLimitRatioX = 0.03m;

    public const decimal PriceLimitRatioY = 0.06m;

    public static Instrument Adjust(Instrument instrument)
    {
        var (tick, step, max, maxMarket) = instrument.Symbol switch
        {
            "BTCUSDT" => (0.1m, 0.000001m, 230m, 120m),
            "ETHUSDT" => (0.01m, 0.00001m, 4_600m, 2_300m),
            "XRPUSDT" => (0.0001m, 0.01m, 1_200_000m, 620_000m),
            _ => (instrument.TickSize, instrument.StepSize, instrument.MaxQuantity, instrument.MaxMarketQuantity),
        };
        return instrument with
        {
            TickSize = tick,
            StepSize = step,
            MinPrice = tick,
            MinQuantity = step,
            MaxQuantity = max,
            MaxMarketQuantity = maxMarket,
            MaxOpenOrders = MaxOpenOrders,
        };
    }

    /// <summary>Step of amounts in the quote coin.</summary>
    public static decimal QuotePrecision(Instrument instrument) => instrument.TickSize * instrument.StepSize;

    public static decimal MaxPostOnlyQuantity(Instrument instrument) => instrument.MaxQuantity * 5;

    /// <summary>
    /// Highest price of a buy and lowest of a sell now. The last price serves as index, so the premium of the formula is 0.
    /// </summary>
    public static (decimal MaxBuy, decimal MinSell) PriceLimits(Market market)
    {
        var index = market.LastPrice;
        var instrument = market.Instrument;
        return (
            instrument.FloorToTick(Math.Min(index * (1 + PriceLimitRatioX), index * (1 + PriceLimitRatioY))),
            instrument.FloorToTick(Math.Max(index * (1 - PriceLimitRatioX), index * (1 - PriceLimitRatioY))));
    }
}
