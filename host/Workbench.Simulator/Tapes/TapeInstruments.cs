using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tapes;

/// <summary>Plausible filters for a recorded symbol: steps from the decimals that occur, amounts by quote currency.</summary>
internal static class TapeInstruments
{
    public static Instrument Create(string baseAsset, string quoteAsset, int priceDecimals, int quantityDecimals, decimal price)
    {
        var isCoin = quoteAsset is "BTC" or "ETH" or "BNB";
        var tick = Unit(priceDecimals);
        var step = Unit(quantityDecimals);
        return new Instrument
        {
            Symbol = baseAsset + quoteAsset,
            BaseAsset = baseAsset,
            QuoteAsset = quoteAsset,
            TickSize = tick,
            StepSize = step,
            MinPrice = tick,
            MinQuantity = step,
            MinNotional = isCoin ? 0.0001m : 5m,
            MaxNotional = isCoin ? 9_000m : 9_000_000m,
            ReferencePrice = price,
        };
    }

    /// <summary>Significant decimals of a number as text.</summary>
    public static int Decimals(string number)
    {
        var dot = number.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? 0 : number.AsSpan(dot + 1).TrimEnd('0').Length;
    }

    private static decimal Unit(int decimals) => new(1, 0, 0, false, (byte)Math.Min(decimals, 8));
}
