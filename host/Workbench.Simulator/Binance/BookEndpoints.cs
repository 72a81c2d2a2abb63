using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Tapes;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>Books, bars and tickers.</summary>
internal sealed class BookEndpoints(SimulatedVenue venue, CapturePlayer? capture)
{
    private static readonly string[] Selectors = ["symbol", "symbols", "symbolStatus"];

    public IEnumerable<Endpoint> All =>
    [
        new("GET", "/api/v3/depth", "depth", Security.None, DepthAsync) { Reads = ["symbol", "limit", "symbolStatus"], Weight = DepthWeight },
        Klines("/api/v3/klines", "klines"),
        Klines("/api/v3/uiKlines", "uiKlines"),
        new("GET", "/api/v3/ticker/24hr", "ticker.24hr", Security.None, DayTicker) { Reads = [.. Selectors, "type"], Weight = DayWeight },
        new("GET", "/api/v3/ticker/price", "ticker.price", Security.None, Price) { Reads = Selectors, Weight = ListWeight },
        new("GET", "/api/v3/ticker/bookTicker", "ticker.book", Security.None, BookTicker) { Reads = Selectors, Weight = ListWeight },
    ];

    public static int DepthWeight(Parameters p) => (p.Integer("limit") ?? 100) switch
    {
        <= 100 => 5,
        <= 500 => 25,
        <= 1000 => 50,
        _ => 250,
    };

    public static void WriteDepth(Utf8JsonWriter json, OrderBook book, int limit)
    {
        json.WriteStartObject();
        json.WriteNumber("lastUpdateId", book.UpdateId);
        Levels(json, "bids", book.Bids, limit);
        Levels(json, "asks", book.Asks, limit);
        json.WriteEndObject();
    }

    private static void Levels(Utf8JsonWriter json, string name, Ladder ladder, int limit)
    {
        json.WriteStartArray(name);
        for (var rank = 0; rank < Math.Min(limit, ladder.Count); rank++)
        {
            json.WriteStartArray();
            json.Fixed8(ladder[rank].Price);
            json.Fixed8(ladder[rank].Quantity);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static int ListWeight(Parameters p) => p.Has("symbol") ? 2 : 4;

    private static int DayWeight(Parameters p)
    {
        var count = p.Has("symbol") ? 1 : p.Text("symbols") is { } list ? list.Count(c => c == ',') + 1 : int.MaxValue;
        return count switch
        {
            <= 20 => 2,
            <= 100 => 40,
            _ => 80,
        };
    }

    private Endpoint Klines(string path, string wsMethod) => new("GET", path, wsMethod, Security.None, Klines)
    {
        Reads = ["symbol", "interval", "startTime", "endTime", "timeZone", "limit"],
        Weight = _ => 2,
    };

    private async ValueTask<ApiError?> DepthAsync(ApiCall call)
    {
        var p = call.Parameters;
        var limit = p.Limit(100, 5000);
        var symbol = p.Required("symbol");
        if (p.Error is { } error)
        {
            return error;
        }

        if (venue.Market(symbol) is not { } market)
        {
            return ApiError.InvalidSymbol;
        }

        if (capture is not null && await capture.DepthAsync(symbol, limit, CancellationToken.None).ConfigureAwait(false) is { } recorded)
        {
            call.Json.WriteRawValue(recorded, skipInputValidation: true);
            return null;
        }

        return venue.Execute(_ =>
        {
            WriteDepth(call.Json, market.Book, limit);
            return (ApiError?)null;
        });
    }

    private ApiError? Klines(ApiCall call)
    {
        var p = call.Parameters;
        var symbol = p.Required("symbol");
        var name = p.Required("interval");
        var limit = p.Limit(500, 1000);
        var from = call.Millis("startTime");
        var to = call.Millis("endTime");
        if (p.Error is { } error)
        {
            return error;
        }

        if (venue.Market(symbol) is not { } market)
        {
            return ApiError.InvalidSymbol;
        }

        if (!Intervals.TryGet(name, out var interval))
        {
            return ApiError.InvalidInterval;
        }

        var bars = venue.Execute(_ => market.Candles(interval, from, to, limit, venue.Clock.NowMillis));
        call.Json.WriteStartArray();
        bars.ForEach(bar => Bar(call, bar));
        call.Json.WriteEndArray();
        return null;
    }

    private static void Bar(ApiCall call, Candle bar)
    {
        var json = call.Json;
        json.WriteStartArray();
        json.WriteNumberValue(call.Time(bar.OpenMillis * 1000));
        json.Fixed8(bar.Open);
        json.Fixed8(bar.High);
        json.Fixed8(bar.Low);
        json.Fixed8(bar.Close);
        json.Fixed8(bar.Volume);
        json.WriteNumberValue(call.Time((bar.CloseMillis * 1000) + 999));
        json.Fixed8(bar.QuoteVolume);
        json.WriteNumberValue(bar.Count);
        json.Fixed8(bar.TakerBuyVolume);
        json.Fixed8(bar.TakerBuyQuoteVolume);
        json.WriteStringValue("0");
        json.WriteEndArray();
    }

    private ApiError? DayTicker(ApiCall call)
    {
        var isMini = call.Parameters.Text("type") == "MINI";
        return Each(call, (json, market) => Day(call, json, market, isMini));
    }

    private void Day(ApiCall call, Utf8JsonWriter json, Market market, bool isMini)
    {
        var day = market.Day(venue.Clock.NowMillis);
        var window = day.Window;
        var top = market.Book.Top;
        json.WriteString("symbol", market.Symbol);
        if (!isMini)
        {
            json.Fixed8("priceChange", day.Change);
            json.Plain("priceChangePercent", day.ChangePercent);
            json.Fixed8("weightedAvgPrice", day.WeightedAverage);
            json.Fixed8("prevClosePrice", day.PreviousClose);
        }

        json.Fixed8("lastPrice", window.Close);
        if (!isMini)
        {
            json.Fixed8("lastQty", day.LastQuantity);
            json.Fixed8("bidPrice", top.BidPrice);
            json.Fixed8("bidQty", top.BidQuantity);
            json.Fixed8("askPrice", top.AskPrice);
            json.Fixed8("askQty", top.AskQuantity);
        }

        json.Fixed8("openPrice", window.Open);
        json.Fixed8("highPrice", window.High);
        json.Fixed8("lowPrice", window.Low);
        json.Fixed8("volume", window.Volume);
        json.Fixed8("quoteVolume", window.QuoteVolume);
        json.WriteNumber("openTime", call.Time(window.OpenMillis * 1000));
        json.WriteNumber("closeTime", call.Time(window.CloseMillis * 1000));
        json.WriteNumber("firstId", window.FirstTradeId);
        json.WriteNumber("lastId", window.LastTradeId);
        json.WriteNumber("count", window.Count);
    }

    private ApiError? Price(ApiCall call) => Each(call, (json, market) =>
    {
        json.WriteString("symbol", market.Symbol);
        json.Fixed8("price", market.LastPrice);
    });

    private ApiError? BookTicker(ApiCall call) => Each(call, (json, market) =>
    {
        var top = market.Book.Top;
        json.WriteString("symbol", market.Symbol);
        json.Fixed8("bidPrice", top.BidPrice);
        json.Fixed8("bidQty", top.BidQuantity);
        json.Fixed8("askPrice", top.AskPrice);
        json.Fixed8("askQty", top.AskQuantity);
    });

    private ApiError? Each(ApiCall call, Action<Utf8JsonWriter, Market> write)
    {
        if (SymbolSelection.Read(venue, call.Parameters, out var selection) is { } error)
        {
            return error;
        }

        return venue.Execute(_ =>
        {
            var json = call.Json;
            if (!selection.IsSingle)
            {
                json.WriteStartArray();
            }

            foreach (var market in selection.Markets)
            {
                json.WriteStartObject();
                write(json, market);
                json.WriteEndObject();
            }

            if (!selection.IsSingle)
            {
                json.WriteEndArray();
            }

            return (ApiError?)null;
        });
    }
}
