using Workbench.Sdk;

namespace Workbench.Tui.Panels;

/// <summary>What the screen remembers of a market between two pictures: where its prices went last and how many decimals they have.</summary>
internal sealed class PriceMoves
{
    public Move Bid { get; private set; }

    public Move Ask { get; private set; }

    /// <summary>The most decimals seen in a price.</summary>
    public int Decimals { get; private set; }

    public int QuantityDecimals { get; private set; }

    public void See(Quote quote, Timestamp now)
    {
        Bid = Next(Bid, quote.Bid, now);
        Ask = Next(Ask, quote.Ask, now);
        Decimals = Math.Max(Decimals, Math.Max(ScaleOf(quote.Bid?.Value), ScaleOf(quote.Ask?.Value)));
        QuantityDecimals = Math.Max(QuantityDecimals, Math.Max(ScaleOf(quote.BidQuantity.Value), ScaleOf(quote.AskQuantity.Value)));
    }

    private static Move Next(Move last, Price? price, Timestamp now)
    {
        if (price is not { } value || value == last.Price)
        {
            return last;
        }

        return new Move(value, last.Price is { } before ? value.CompareTo(before) : 0, now);
    }

    // Trailing zeros do not count: 61800.10000000 has one decimal.
    private static int ScaleOf(decimal? value) => value is { } v ? (v / 1.000000000000000000000000000000000m).Scale : 0;

    /// <summary>The last change of a price.</summary>
    /// <param name="Price">The price it led to; null before the first.</param>
    /// <param name="Direction">Positive when it rose, negative when it fell.</param>
    /// <param name="At">When it was seen.</param>
    public readonly record struct Move(Price? Price, int Direction, Timestamp At);
}
