using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>What no market can show. A connector should have refused it; what passes all the same is put aside at the host's door and never reaches readers or risk.</summary>
internal static class MarketSanity
{
    // Products of the two stay far inside a decimal, so that no later arithmetic can overflow.
    private const decimal MaxPrice = 1_000_000_000_000m;
    private const decimal MaxQuantity = 10_000_000_000_000_000m;

    /// <summary>Why an event cannot be; null when it can.</summary>
    public static string? Problem(MarketEvent e) => e switch
    {
        Quote q => Side(q.Bid, q.BidQuantity) && Side(q.Ask, q.AskQuantity) ? null : $"a quote of {q.Symbol} with an impossible price or quantity",
        Trade t => IsPrice(t.Price) && IsQuantity(t.Quantity) && !t.Quantity.IsZero ? null : $"a trade of {t.Symbol} with an impossible price or quantity",
        BookUpdate b => Levels(b.Bids) && Levels(b.Asks) ? null : $"a book of {b.Symbol} with an impossible price or quantity",
        Candle c => IsCandle(c) ? null : $"a candle of {c.Symbol} with impossible prices or volume",
        _ => null,
    };

    private static bool IsPrice(Price price) => price.Value is > 0 and <= MaxPrice;

    private static bool IsQuantity(Quantity quantity) => quantity.Value is >= 0 and <= MaxQuantity;

    private static bool Side(Price? price, Quantity quantity) => (price is not { } there || IsPrice(there)) && IsQuantity(quantity);

    private static bool Levels(IReadOnlyList<PriceLevel> levels)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            if (!IsPrice(levels[i].Price) || !IsQuantity(levels[i].Quantity))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsCandle(Candle c) =>
        c.Interval > TimeSpan.Zero && IsPrice(c.Open) && IsPrice(c.High) && IsPrice(c.Low) && IsPrice(c.Close) && IsQuantity(c.Volume)
        && c.Low <= c.Open && c.Low <= c.Close && c.High >= c.Open && c.High >= c.Close;
}
