using System.Text.Json;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Service;
using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>Public market data. Categories other than spot exist and list nothing.</summary>
internal sealed class MarketEndpoints(SimulatedVenue venue, PublicFeed feed, ServiceState service)
{
    public IEnumerable<RestRoute> All =>
    [
        RestRoute.Public("/v5/market/time", _ => Time()),
        RestRoute.Public("/v5/market/instruments-info", Instruments),
        RestRoute.Public("/v5/market/orderbook", call => OneMarket(call, Book)),
        RestRoute.Public("/v5/market/full_orderbook", call => OneMarket(call, FullBook)),
        RestRoute.Public("/v5/market/tickers", Tickers),
        RestRoute.Public("/v5/market/kline", call => OneMarket(call, (c, market) => Candles(c, market, venue.Clock.NowMillis))),
        RestRoute.Public("/v5/market/recent-trade", call => OneMarket(call, Trades)),
        RestRoute.Public("/v5/market/price-limit", call => OneMarket(call, PriceLimit)),
        RestRoute.Public("/v5/system/status", Status),
    ];

    private Reply Time()
    {
        var micros = venue.Clock.NowMicros;
        return Reply.Ok(writer =>
        {
            writer.WriteText("timeSecond", micros / 1_000_000);
            writer.WriteText("timeNano", micros * 1000);
        });
    }

    private Reply Instruments(RestCall call) => Listed(call, (writer, market) => InstrumentJson.Write(writer, market.Instrument));

    private Reply Tickers(RestCall call) => Listed(call, (writer, market) =>
    {
        var (bid, ask) = (market.Book.Bids.Best, market.Book.Asks.Best);
        writer.WriteStartObject();
        writer.WriteString("symbol", market.Symbol);
        writer.WriteString("bid1Price", bid is null ? "" : BybitJson.Text(bid.Price));
        writer.WriteString("bid1Size", bid is null ? "" : BybitJson.Text(bid.Quantity));
        writer.WriteString("ask1Price", ask is null ? "" : BybitJson.Text(ask.Price));
        writer.WriteString("ask1Size", ask is null ? "" : BybitJson.Text(ask.Quantity));
        TickerTopic.WriteDay(writer, market, venue.Clock.NowMillis);
        writer.WriteEndObject();
    });

    private Reply Listed(RestCall call, Action<Utf8JsonWriter, Market> write)
    {
        var error = Categories.Check(call.Category);
        var symbol = call.Text("symbol");
        if (!error.IsNone)
        {
            return Reply.Fail(error);
        }

        var markets = call.Category != Categories.Spot ? [] : symbol.Length == 0 ? venue.Markets : [.. venue.Markets.Where(m => m.Symbol == symbol)];
        return symbol.Length > 0 && markets.Count == 0
            ? Reply.Fail(BybitError.Parameter("Not supported symbols"))
            : venue.Execute(_ => Reply.Ok(writer =>
            {
                writer.WriteString("category", call.Category);
                writer.WriteList("list", markets, write);
                if (call.Category != Categories.Spot)
                {
                    writer.WriteString("nextPageCursor", "");
                }
            }));
    }

    private Reply OneMarket(RestCall call, Func<RestCall, Market, Reply> answer)
    {
        var error = Categories.Check(call.Category);
        if (!error.IsNone)
        {
            return Reply.Fail(error);
        }

        return call.Category == Categories.Spot && venue.Market(call.Text("symbol")) is { } market
            ? venue.Execute(_ => answer(call, market))
            : Reply.Fail(BybitError.Parameter("Not supported symbols"));
    }

    private Reply Book(RestCall call, Market market) => Book(market, call.Limit(standard: 1, max: 1000));

    private Reply FullBook(RestCall call, Market market) => Book(market, FullBookTopic.Depth);

    private Reply Book(Market market, int depth)
    {
        var now = venue.Clock.NowMillis;
        return Reply.Ok(writer =>
        {
            writer.WriteString("s", market.Symbol);
            BookLevels.Write(writer, "a", Best(market.Book.Asks, depth));
            BookLevels.Write(writer, "b", Best(market.Book.Bids, depth));
            writer.WriteNumber("ts", now);
            writer.WriteNumber("u", feed.Numbers.UpdateId(market));
            writer.WriteNumber("seq", market.Book.UpdateId);
            writer.WriteNumber("cts", now);
        });
    }

    private static IEnumerable<(decimal Price, decimal Quantity)> Best(Ladder ladder, int depth) =>
        Enumerable.Range(0, Math.Min(depth, ladder.Count)).Select(rank => (ladder[rank].Price, ladder[rank].Quantity));

    /// <summary>Bars of a market of any category.</summary>
    public static Reply Candles(RestCall call, Market market, long nowMillis)
    {
        if (Intervals.Parse(call.Text("interval")) is not { } interval)
        {
            return Reply.Fail(BybitError.Parameter("Invalid period!"));
        }

        var (start, end) = (call.Number("start"), call.Number("end"));
        var limit = call.Limit(200, 1000);

        // A range gives its newest bars, but a start alone the first ones after it: clients page through history by it.
        var range = market.Candles(interval, null, end, int.MaxValue, nowMillis)
            .Where(b => start is null || b.OpenMillis >= start);
        var bars = start is not null && end is null ? range.Take(limit) : range.TakeLast(limit);
        return Reply.Ok(writer =>
        {
            writer.WriteString("category", call.Category);
            writer.WriteString("symbol", market.Symbol);
            writer.WriteList("list", bars.Reverse(), static (w, bar) =>
            {
                w.WriteStartArray();
                w.WriteStringValue(BybitJson.Text(bar.OpenMillis));
                w.WriteAmountValue(bar.Open);
                w.WriteAmountValue(bar.High);
                w.WriteAmountValue(bar.Low);
                w.WriteAmountValue(bar.Close);
                w.WriteAmountValue(bar.Volume);
                w.WriteAmountValue(bar.QuoteVolume);
                w.WriteEndArray();
            });
        });
    }

    private Reply Trades(RestCall call, Market market) => Reply.Ok(writer =>
    {
        var newestFirst = feed.Trades(market, call.Limit(60, 60));
        writer.WriteString("category", call.Category);
        writer.WriteList("list", newestFirst, static (w, mark) =>
        {
            w.WriteStartObject();
            w.WriteString("execId", BybitIds.Execution(mark.Trade.Id, isMaker: false));
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

    private Reply Status(RestCall call) => venue.Execute(_ => Reply.Ok(writer => writer.WriteList(
        "list",
        service.Entries.Where(e => call.Text("id") is "" || call.Text("id") == e.Id).Where(e => call.Text("state") is "" || call.Text("state") == e.StateText),
        static (w, entry) => entry.Write(w))));

    private Reply PriceLimit(RestCall call, Market market)
    {
        var (maxBuy, minSell) = BybitListing.PriceLimits(market);
        return Reply.Ok(writer =>
        {
            writer.WriteString("symbol", market.Symbol);
            writer.WriteAmount("buyLmt", maxBuy);
            writer.WriteAmount("sellLmt", minSell);
            writer.WriteText("ts", venue.Clock.NowMillis);
        });
    }
}
