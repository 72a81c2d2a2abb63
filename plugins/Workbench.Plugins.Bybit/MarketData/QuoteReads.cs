using Workbench.Plugins.Bybit.Json;
using Workbench.Plugins.Bybit.Rest;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.MarketData;

/// <summary>Reads the best prices out of <c>/v5/market/tickers</c>. An empty text stands for a side that nobody quotes.</summary>
internal static class QuoteReads
{
    /// <summary>The quotes of the markets asked for.</summary>
    /// <param name="result">The venue's result.</param>
    /// <param name="asked">The markets asked for, by the venue's names.</param>
    /// <param name="stamp">The stamp of all of them.</param>
    public static ReadResult<IReadOnlyList<Quote>> Read(ReadOnlyMemory<byte> result, Dictionary<string, Symbol> asked, MarketStamp stamp)
    {
        var quotes = new List<Quote>(asked.Count);
        var page = ListResult.Read(result, (ref JsonCursor cursor) =>
        {
            if (ReadRow(ref cursor, asked, stamp) is { } quote)
            {
                quotes.Add(quote);
            }
        });
        return page.IsOk ? ReadResult<IReadOnlyList<Quote>>.Ok(quotes) : page.Error!;
    }

    private static Quote? ReadRow(ref JsonCursor cursor, Dictionary<string, Symbol> asked, MarketStamp stamp)
    {
        string? name = null;
        decimal? bid = null, bidSize = null, ask = null, askSize = null;
        while (cursor.NextField())
        {
            if (cursor.Is("symbol"u8))
            {
                name = cursor.Text();
            }
            else if (cursor.Is("bid1Price"u8))
            {
                bid = cursor.Number();
            }
            else if (cursor.Is("bid1Size"u8))
            {
                bidSize = cursor.Number();
            }
            else if (cursor.Is("ask1Price"u8))
            {
                ask = cursor.Number();
            }
            else if (cursor.Is("ask1Size"u8))
            {
                askSize = cursor.Number();
            }
            else
            {
                cursor.Skip();
            }
        }

        return name is not null && asked.TryGetValue(name, out var symbol) && TrySide(bid, bidSize, out var bidPrice, out var bids) && TrySide(ask, askSize, out var askPrice, out var asks)
            ? new Quote(symbol, bidPrice, bids, askPrice, asks, stamp)
            : null;
    }

    private static bool TrySide(decimal? priceValue, decimal? size, out Price? price, out Quantity quantity)
    {
        price = Price.TryCreate(priceValue ?? 0, out var read) && size > 0 ? read : null;
        quantity = size > 0 && price is not null ? new Quantity(size.Value) : Quantity.Zero;
        return price is not null || (priceValue ?? 0) == 0 || (size ?? 0) == 0;
    }
}
