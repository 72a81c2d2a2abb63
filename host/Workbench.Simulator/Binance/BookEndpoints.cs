using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Tapes;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>Books and bars.</summary>
internal sealed class BookEndpoints(SimulatedVenue venue, CapturePlayer? capture)
{
    public IEnumerable<Endpoint> All =>
    [
        new("GET", "/api/v3/depth", "depth", Security.None, DepthAsync) { Reads = ["symbol", "limit", "symbolStatus"], Weight = DepthWeight },
        Klines("/api/v3/klines", "klines"),
        Klines("/api/v3/uiKlines", "uiKlines"),
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

        if (SymbolSelection.Read(venue, p, out var selection) is { } refusal)
        {
            return refusal;
        }

        var market = selection.Markets[0];
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

        if (!ZoneOffset.TryRead(p.Text("timeZone"), out var offset))
        {
            return ApiError.Invalid("timeZone");
        }

        var bars = venue.Execute(_ => market.Candles(interval with { OffsetMillis = offset }, from, to, limit, venue.Clock.NowMillis));
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
}
