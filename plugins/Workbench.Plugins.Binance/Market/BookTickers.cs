using Workbench.Plugins.Binance.Values;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Market;

/// <summary>One row of the answer to <c>GET /api/v3/ticker/bookTicker</c>.</summary>
internal sealed record BookTickerJson(string? Symbol, decimal? BidPrice, decimal? BidQty, decimal? AskPrice, decimal? AskQty);

/// <summary>Turns rows of best prices into quotes. The venue writes an empty side as zeros.</summary>
internal static class BookTickers
{
    /// <summary>The quotes of the markets asked for; null when a row of theirs is not what the venue documents.</summary>
    /// <param name="rows">The answer.</param>
    /// <param name="asked">The markets asked for, by the venue's names.</param>
    /// <param name="stamp">The stamp of all of them.</param>
    public static List<Quote>? Read(List<BookTickerJson>? rows, Dictionary<string, Symbol> asked, MarketStamp stamp)
    {
        if (rows is null)
        {
            return null;
        }

        var quotes = new List<Quote>(asked.Count);
        foreach (var row in rows)
        {
            if (row.Symbol is null)
            {
                return null;
            }

            if (!asked.TryGetValue(row.Symbol, out var symbol))
            {
                continue;
            }

            if (!TrySide(row.BidPrice, row.BidQty, out var bid, out var bidQuantity) || !TrySide(row.AskPrice, row.AskQty, out var ask, out var askQuantity))
            {
                return null;
            }

            quotes.Add(new Quote(symbol, bid, bidQuantity, ask, askQuantity, stamp));
        }

        return quotes;
    }

    private static bool TrySide(decimal? priceValue, decimal? quantityValue, out Price? price, out Quantity quantity)
    {
        quantity = default;
        if (!VenueNumbers.TryOptionalPrice(priceValue, out price) || !VenueNumbers.TryOptionalQuantity(quantityValue, out var read) || read is null)
        {
            return false;
        }

        price = read.Value.IsZero ? null : price;
        quantity = read.Value;
        return read.Value.IsZero || price is not null;
    }
}
