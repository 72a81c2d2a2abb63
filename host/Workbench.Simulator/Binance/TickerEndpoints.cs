using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>Figures of windows of time: the last day, a window of the caller's choice, the trading day; and what is best now.</summary>
internal sealed class TickerEndpoints(SimulatedVenue venue)
{
    private const int MostSymbols = 100;
    private const int MostWeight = 200;
    private static readonly string[] Selectors = ["symbol", "symbols", "symbolStatus"];

    public IEnumerable<Endpoint> All =>
    [
        new("GET", "/api/v3/ticker/24hr", "ticker.24hr", Security.None, Day) { Reads = [.. Selectors, "type"], Weight = DayWeight },
        new("GET", "/api/v3/ticker/price", "ticker.price", Security.None, Price) { Reads = Selectors, Weight = ListWeight },
        new("GET", "/api/v3/ticker/bookTicker", "ticker.book", Security.None, BookTicker) { Reads = Selectors, Weight = ListWeight },
        new("GET", "/api/v3/ticker", "ticker", Security.None, Rolling) { Reads = [.. Selectors, "windowSize", "type"], Weight = EachWeight },
        new("GET", "/api/v3/ticker/tradingDay", "ticker.tradingDay", Security.None, TradingDay)
        {
            Reads = [.. Selectors, "timeZone", "type"],
            Weight = EachWeight,
        },
    ];

    /// <summary>A window such as <c>15m</c>, <c>4h</c> or <c>7d</c>, in minutes; 0 when there is no such window.</summary>
    public static int WindowMinutes(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
        {
            return 0;
        }

        return text[^1] switch
        {
            'm' when count <= 59 => count,
            'h' when count <= 23 => count * 60,
            'd' when count <= 7 => count * 1440,
            _ => 0,
        };
    }

    private static int ListWeight(Parameters p) => p.Has("symbol") ? 2 : 4;

    private static int DayWeight(Parameters p) => Count(p) switch
    {
        <= 20 => 2,
        <= 100 => 40,
        _ => 80,
    };

    private static int EachWeight(Parameters p) => Math.Min(MostWeight, 4 * Math.Min(Count(p), MostWeight));

    private static int Count(Parameters p) =>
        p.Has("symbol") ? 1 : p.Text("symbols") is { } list ? list.Count(c => c == ',') + 1 : int.MaxValue;

    private ApiError? Day(ApiCall call) => Statistics(call, (json, market, isMini) =>
    {
        var day = market.Day(venue.Clock.NowMillis);
        json.WriteString("symbol", market.Symbol);
        if (!isMini)
        {
            Changes(json, day);
            json.Fixed8("prevClosePrice", day.PreviousClose);
        }

        json.Fixed8("lastPrice", day.Window.Close);
        if (!isMini)
        {
            json.Fixed8("lastQty", day.LastQuantity);
            Top(json, market);
        }

        Prices(json, day.Window);
        Figures(call, json, day.Window);
    });

    private ApiError? Rolling(ApiCall call)
    {
        var minutes = WindowMinutes(call.Parameters.Text("windowSize") ?? "1d");
        if (minutes == 0)
        {
            return ApiError.Invalid("windowSize");
        }

        return Named(call) ?? Statistics(call, (json, market, isMini) => Window(call, json, market.Rolling(minutes, venue.Clock.NowMillis), market.Symbol, isMini));
    }

    private ApiError? TradingDay(ApiCall call)
    {
        if (!ZoneOffset.TryRead(call.Parameters.Text("timeZone"), out var offset))
        {
            return ApiError.Invalid("timeZone");
        }

        return Named(call) ?? Statistics(call, (json, market, isMini) =>
            Window(call, json, market.TradingDay(offset, venue.Clock.NowMillis), market.Symbol, isMini));
    }

    private ApiError? Price(ApiCall call) => Each(call, (json, market) =>
    {
        json.WriteString("symbol", market.Symbol);
        json.Fixed8("price", market.LastPrice);
    });

    private ApiError? BookTicker(ApiCall call) => Each(call, (json, market) =>
    {
        json.WriteString("symbol", market.Symbol);
        Top(json, market);
    });

    // These two answer for named symbols only, and not for too many at once.
    private static ApiError? Named(ApiCall call) =>
        !call.Parameters.Has("symbol") && !call.Parameters.Has("symbols") ? ApiError.MissingEither("symbol", "symbols")
        : Count(call.Parameters) > MostSymbols ? ApiError.TooMany(MostSymbols, Count(call.Parameters))
        : null;

    private static void Window(ApiCall call, Utf8JsonWriter json, DayStatistics statistics, string symbol, bool isMini)
    {
        json.WriteString("symbol", symbol);
        if (!isMini)
        {
            Changes(json, statistics);
        }

        Prices(json, statistics.Window);
        json.Fixed8("lastPrice", statistics.Window.Close);
        Figures(call, json, statistics.Window);
    }

    private static void Changes(Utf8JsonWriter json, DayStatistics statistics)
    {
        json.Fixed8("priceChange", statistics.Change);
        json.WriteString("priceChangePercent", statistics.ChangePercent.ToString("F3", CultureInfo.InvariantCulture));
        json.Fixed8("weightedAvgPrice", statistics.WeightedAverage);
    }

    private static void Prices(Utf8JsonWriter json, Candle window)
    {
        json.Fixed8("openPrice", window.Open);
        json.Fixed8("highPrice", window.High);
        json.Fixed8("lowPrice", window.Low);
    }

    private static void Figures(ApiCall call, Utf8JsonWriter json, Candle window)
    {
        json.Fixed8("volume", window.Volume);
        json.Fixed8("quoteVolume", window.QuoteVolume);
        json.WriteNumber("openTime", call.Time(window.OpenMillis * 1000));
        json.WriteNumber("closeTime", call.Time(window.CloseMillis * 1000));
        json.WriteNumber("firstId", window.FirstTradeId);
        json.WriteNumber("lastId", window.LastTradeId);
        json.WriteNumber("count", window.Count);
    }

    private static void Top(Utf8JsonWriter json, Market market)
    {
        var top = market.Book.Top;
        json.Fixed8("bidPrice", top.BidPrice);
        json.Fixed8("bidQty", top.BidQuantity);
        json.Fixed8("askPrice", top.AskPrice);
        json.Fixed8("askQty", top.AskQuantity);
    }

    private ApiError? Statistics(ApiCall call, Action<Utf8JsonWriter, Market, bool> write) => (call.Parameters.Text("type") ?? "FULL") switch
    {
        "FULL" => Each(call, (json, market) => write(json, market, false)),
        "MINI" => Each(call, (json, market) => write(json, market, true)),
        _ => ApiError.InvalidTickerType,
    };

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
