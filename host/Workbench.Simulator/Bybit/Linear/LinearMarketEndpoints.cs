using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Rest;
using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>Public market data of the perpetuals.</summary>
internal sealed class LinearMarketEndpoints(LinearVenue linear, PublicFeed feed, int pageSize)
{
    private const int MaxTrades = 1000;

    public IEnumerable<RestRoute> All =>
    [
        RestRoute.Public("/v5/market/instruments-info", Instruments),
        RestRoute.Public("/v5/market/orderbook", call => One(call, Book)),
        RestRoute.Public("/v5/market/tickers", Tickers),
        RestRoute.Public("/v5/market/kline", call => One(call, (c, p) => MarketEndpoints.Candles(c, p.Market, linear.Clock.NowMillis))),
        RestRoute.Public("/v5/market/recent-trade", call => One(call, Trades)),
        RestRoute.Public("/v5/market/price-limit", call => One(call, PriceLimit)),
        RestRoute.Public("/v5/market/funding/history", call => One(call, FundingHistory)),
    ];

    // In pages: what a client that ignores the cursor does not see.
    private Reply Instruments(RestCall call)
    {
        var (symbol, coin, status) = (call.Text("symbol"), call.Text("baseCoin"), call.Text("status"));
        if (symbol.Length > 0 && linear.Prices(symbol) is null)
        {
            return Reply.Fail(LinearError.UnknownSymbol);
        }

        var cursor = Cursor.Parse(call.Text("cursor"));
        if (cursor == 0)
        {
            return Reply.Fail(BybitError.Parameter("Invalid cursor"));
        }

        var limit = Math.Min(pageSize, call.Limit(500, 1000));
        var all = linear.All.Where(p => status is "" or "Trading" && (symbol.Length == 0 || p.Contract.Symbol == symbol)
            && (coin.Length == 0 || p.Instrument.BaseAsset == coin)).ToList();
        var (page, next) = Cursor.Cut(all, p => all.Count - all.IndexOf(p), cursor, limit);
        return linear.Venue.Execute(_ => Reply.Ok(writer =>
        {
            writer.WriteString("category", Categories.Linear);
            writer.WriteList("list", page, LinearInstrumentJson.Write);
            writer.WriteString("nextPageCursor", page.Count > 0 && ReferenceEquals(page[^1], all[^1]) ? "" : next);
        }));
    }

    private Reply Tickers(RestCall call)
    {
        var (symbol, coin) = (call.Text("symbol"), call.Text("baseCoin"));
        if (symbol.Length > 0 && linear.Prices(symbol) is null)
        {
            return Reply.Fail(LinearError.UnknownSymbol);
        }

        var wanted = linear.All.Where(p => symbol.Length > 0 ? p.Contract.Symbol == symbol : coin.Length == 0 || p.Instrument.BaseAsset == coin);
        return linear.Venue.Execute(_ => Reply.Ok(writer =>
        {
            writer.WriteString("category", Categories.Linear);
            writer.WriteList("list", wanted, (w, prices) =>
            {
                w.WriteStartObject();
                foreach (var (name, text) in LinearTicker.Of(linear, prices, linear.Clock.NowMillis))
                {
                    w.WriteString(name, text);
                }

                w.WriteEndObject();
            });
        }));
    }

    private Reply One(RestCall call, Func<RestCall, PerpetualPrices, Reply> answer) => linear.Prices(call.Text("symbol")) is { } prices
        ? linear.Venue.Execute(_ => answer(call, prices))
        : Reply.Fail(LinearError.UnknownSymbol);

    // The update id is that of the 1000-level stream: who listens to it must be at the state that is answered here.
    private Reply Book(RestCall call, PerpetualPrices prices)
    {
        var depth = call.Limit(standard: 25, max: 1000);
        var book = prices.Market.Book;
        var now = linear.Clock.NowMicros;
        var stream = feed.Topic("orderbook.1000." + book.Symbol) as BookTopic;
        stream?.Flush(now);
        return Reply.Ok(writer =>
        {
            writer.WriteString("s", book.Symbol);
            BookLevels.Write(writer, "b", stream?.Bids.Take(depth) ?? Best(book.Bids, depth));
            BookLevels.Write(writer, "a", stream?.Asks.Take(depth) ?? Best(book.Asks, depth));
            writer.WriteNumber("ts", now / 1000);
            writer.WriteNumber("u", stream?.UpdateId ?? feed.Numbers.UpdateId(prices.Market));
            writer.WriteNumber("seq", book.UpdateId);
            writer.WriteNumber("cts", now / 1000);
        });
    }

    private static IEnumerable<(decimal Price, decimal Quantity)> Best(Ladder ladder, int depth) =>
        Enumerable.Range(0, Math.Min(depth, ladder.Count)).Select(rank => (ladder[rank].Price, ladder[rank].Quantity));

    private Reply Trades(RestCall call, PerpetualPrices prices) => Reply.Ok(writer =>
    {
        var newestFirst = feed.Trades(prices.Market, call.Limit(500, MaxTrades));
        writer.WriteString("category", Categories.Linear);
        writer.WriteList("list", newestFirst, static (w, mark) =>
        {
            w.WriteStartObject();
            w.WriteString("execId", LinearIds.Execution(mark.Trade.Symbol, mark.Trade.Id, isMaker: false));
            w.WriteString("symbol", mark.Trade.Symbol);
            w.WriteAmount("price", mark.Trade.Price);
            w.WriteAmount("size", mark.Trade.Quantity);
            w.WriteString("side", OrderText.Side(mark.Trade.TakerSide));
            w.WriteText("time", mark.Trade.TimeMicros / 1000);
            w.WriteBoolean("isBlockTrade", false);
            w.WriteBoolean("isRPITrade", false);
            w.WriteText("seq", mark.Sequence);
            w.WriteEndObject();
        });
    });

    private Reply PriceLimit(RestCall call, PerpetualPrices prices)
    {
        var (maxBuy, minSell) = prices.Limits();
        return Reply.Ok(writer =>
        {
            writer.WriteString("symbol", prices.Contract.Symbol);
            writer.WriteAmount("buyLmt", maxBuy);
            writer.WriteAmount("sellLmt", minSell);
            writer.WriteText("ts", linear.Clock.NowMillis);
        });
    }

    private Reply FundingHistory(RestCall call, PerpetualPrices prices)
    {
        var (start, end) = (call.Number("startTime"), call.Number("endTime"));
        var rates = linear.FundingBook.Rates.Reverse()
            .Where(r => r.Symbol == prices.Contract.Symbol && r.TimeMicros / 1000 >= (start ?? 0) && r.TimeMicros / 1000 <= (end ?? long.MaxValue))
            .Take(call.Limit(200, 200));
        return Reply.Ok(writer =>
        {
            writer.WriteString("category", Categories.Linear);
            writer.WriteList("list", rates, static (w, rate) =>
            {
                w.WriteStartObject();
                w.WriteString("symbol", rate.Symbol);
                w.WriteAmount("fundingRate", rate.Rate);
                w.WriteText("fundingRateTimestamp", rate.TimeMicros / 1000);
                w.WriteEndObject();
            });
        });
    }
}
