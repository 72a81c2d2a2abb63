using Workbench.Simulator.Flow;

namespace Workbench.Simulator.Venues;

/// <summary>
/// Invented one-minute bars from before the venue opened, so that a client that asks for the past gets one. A seeded walk
/// that ends at the reference price; always the same for the same seed, symbol and start.
/// </summary>
internal static class CandleHistory
{
    public const int Minutes = 2000;

    public static List<Candle> Before(long startMillis, Instrument instrument, ulong seed)
    {
        var rng = new Pcg32(seed, Pcg32.StreamOf("history", instrument.Symbol));
        var minute = new CandleInterval(60_000);
        var end = minute.OpenOf(startMillis);
        var bars = new Candle[Minutes];
        var close = instrument.ReferencePrice;
        var tradeId = instrument.FirstTradeId - 1;
        for (var i = Minutes - 1; i >= 0; i--)
        {
            var openTime = end - ((Minutes - i) * minute.Millis);
            var open = Price(instrument, close * (1 + (rng.Range(-800, 800) * 0.000001m)));
            bars[i] = Bar(instrument, ref rng, openTime, open, close, ref tradeId);
            close = open;
        }

        return [.. bars];
    }

    private static Candle Bar(Instrument instrument, ref Pcg32 rng, long openTime, decimal open, decimal close, ref long tradeId)
    {
        var high = Price(instrument, Math.Max(open, close) * (1 + (rng.Range(0, 300) * 0.000001m)));
        var low = Price(instrument, Math.Min(open, close) * (1 - (rng.Range(0, 300) * 0.000001m)));
        var count = rng.Range(20, 120);
        var volume = instrument.FloorToStep(count * rng.Range(50, 400) / instrument.ReferencePrice) + instrument.StepSize;
        var last = tradeId;
        tradeId -= count;
        var takerBuys = instrument.FloorToStep(volume * rng.Range(30, 70) / 100);
        return new Candle(openTime, openTime + 59_999, open)
        {
            High = high,
            Low = Math.Max(low, instrument.TickSize),
            Close = close,
            Volume = volume,
            QuoteVolume = volume * close,
            TakerBuyVolume = takerBuys,
            TakerBuyQuoteVolume = takerBuys * close,
            Count = count,
            FirstTradeId = last - count + 1,
            LastTradeId = last,
        };
    }

    private static decimal Price(Instrument instrument, decimal raw) =>
        Math.Max(instrument.TickSize, instrument.FloorToTick(raw));
}
