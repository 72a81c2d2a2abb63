using System.Text.Json;

namespace Workbench.Simulator.Tests.Binance;

/// <summary>
/// Our answers beside recorded ones: the same members of the same JSON kinds. Where a recording is younger, older or shorter than
/// what is documented today, the members concerned are named with it.
/// </summary>
public sealed class PayloadShapeTests
{
    private const string Root = "payloads/binance-spot";
    private const string Limit = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000&newClientOrderId=shape";

    [Theory]
    [InlineData("ping", "ping", "01", "")]
    [InlineData("time", "time", "01", "")]
    [InlineData("exchangeInfo", "exchangeInfo", "02", ".sors")]
    [InlineData("exchangeInfo", "exchangeInfo", "04", ".symbols[0].*")]
    [InlineData("depth?symbol=BTCUSDT&limit=5", "depth", "", "")]
    [InlineData("trades?symbol=BTCUSDT", "trades", "", "")]
    [InlineData("historicalTrades?symbol=BTCUSDT", "historicalTrades", "", "")]
    [InlineData("aggTrades?symbol=BTCUSDT", "aggTrades", "", "")]
    [InlineData("klines?symbol=BTCUSDT&interval=1m", "klines", "", "")]
    [InlineData("uiKlines?symbol=BTCUSDT&interval=1m", "uiKlines", "", "")]
    [InlineData("avgPrice?symbol=BTCUSDT", "avgPrice", "", ".closeTime")]
    [InlineData("ticker/24hr?symbol=BTCUSDT", "ticker_24hr", "01", "")]
    [InlineData("ticker/24hr?symbol=BTCUSDT&type=MINI", "ticker_24hr", "02", "")]
    [InlineData("ticker/price?symbol=BTCUSDT", "ticker_price", "01", "")]
    [InlineData("ticker/price", "ticker_price", "02", "")]
    [InlineData("ticker/bookTicker?symbol=BTCUSDT", "ticker_bookTicker", "01", "")]
    [InlineData("ticker/bookTicker?symbols=[%22BTCUSDT%22]", "ticker_bookTicker", "02", "")]
    [InlineData("ticker?symbol=BTCUSDT", "ticker", "01", "")]
    [InlineData("ticker?symbols=[%22BTCUSDT%22]&windowSize=4h", "ticker", "02", "")]
    [InlineData("ticker/tradingDay?symbols=[%22BTCUSDT%22,%22ETHUSDT%22]", "ticker_tradingDay", "01", "")]
    [InlineData("ticker/tradingDay?symbols=[%22BTCUSDT%22]&type=MINI", "ticker_tradingDay", "02", "")]
    [InlineData("executionRules?symbol=BTCUSDT", "executionRules", "", "")]
    [InlineData("historicalBlockTrades?symbol=BTCUSDT", "historicalBlockTrades", "", "")]
    public async Task Market_data_is_made_of_what_was_recorded(string request, string folder, string file, string known)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);

        var reply = await client.GetAsync("/api/v3/" + request);

        reply.Status.ShouldBe(200, reply.Text);
        ShouldFit($"REST/GET_api_v3_{folder}", file, reply.Json, known);
    }

    [Theory]
    [InlineData("account", "", "account", "", ".brokered .commissionRates .permissions .permissionSets .preventSor .requireSelfTradePrevention .uid")]
    [InlineData("account/commission", "symbol=BTCUSDT", "account_commission", "02", "")]
    [InlineData("rateLimit/order", "", "rateLimit_order", "", "")]
    [InlineData("myTrades", "symbol=BTCUSDT", "myTrades", "", "")]
    [InlineData("openOrders", "symbol=BTCUSDT", "openOrders", "01", "")]
    [InlineData("order", "symbol=BTCUSDT&origClientOrderId=shape", "order", "", ".preventedMatchId .preventedQuantity")]
    [InlineData("allOrders", "symbol=BTCUSDT", "allOrders", "", "")]
    [InlineData("myFilters", "symbol=BTCUSDT", "myFilters", "", "")]
    public async Task Account_data_is_made_of_what_was_recorded(string path, string query, string folder, string file, string known)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001");
        await client.OrderAsync(Limit);

        var reply = await client.SignedAsync(HttpMethod.Get, "/api/v3/" + path, query);

        reply.Status.ShouldBe(200, reply.Text);
        ShouldFit($"REST/GET_api_v3_{folder}", file, reply.Json, known);
    }

    [Theory]
    [InlineData("ping", "{}", "")]
    [InlineData("time", "{}", ".id .rateLimits", "03")]
    [InlineData("exchangeInfo", """{"symbol":"BTCUSDT"}""", ".result.sors", "03")]
    [InlineData("depth", """{"symbol":"BTCUSDT","limit":5}""", "")]
    [InlineData("trades.recent", """{"symbol":"BTCUSDT","limit":1}""", "")]
    [InlineData("trades.historical", """{"symbol":"BTCUSDT","limit":1}""", "")]
    [InlineData("trades.aggregate", """{"symbol":"BTCUSDT","limit":1}""", "")]
    [InlineData("blockTrades.historical", """{"symbol":"BTCUSDT","limit":1}""", "")]
    [InlineData("klines", """{"symbol":"BTCUSDT","interval":"1h","limit":1}""", "")]
    [InlineData("uiKlines", """{"symbol":"BTCUSDT","interval":"1h","limit":1}""", "")]
    [InlineData("avgPrice", """{"symbol":"BTCUSDT"}""", "")]
    [InlineData("ticker.24hr", """{"symbol":"BTCUSDT"}""", "", "02")]
    [InlineData("ticker.24hr", """{"symbol":"BTCUSDT","type":"MINI"}""", "", "03")]
    [InlineData("ticker.tradingDay", """{"symbols":["BTCUSDT"]}""", "", "02")]
    [InlineData("ticker.tradingDay", """{"symbols":["BTCUSDT"],"type":"MINI"}""", "", "03")]
    [InlineData("ticker", """{"symbol":"BTCUSDT","windowSize":"7d"}""", "", "02")]
    [InlineData("ticker", """{"symbol":"BTCUSDT","windowSize":"7d","type":"MINI"}""", "", "03")]
    [InlineData("ticker.price", """{"symbol":"BTCUSDT"}""", "")]
    [InlineData("ticker.book", """{"symbols":["BTCUSDT"]}""", "")]
    [InlineData("executionRules", """{"symbol":"BTCUSDT"}""", ".rateLimits")]
    [InlineData("session.status", "{}", ".rateLimits")]
    [InlineData("session.logout", "{}", ".rateLimits")]
    [InlineData("session.subscriptions", "{}", ".rateLimits")]
    public async Task Websocket_answers_are_made_of_what_was_recorded(string method, string parameters, string known, string file = "")
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws-api/v3");

        await socket.SendAsync($$"""{"id":"a","method":"{{method}}","params":{{parameters}} }""");

        ShouldFit($"WS-API/{method}", file, await socket.ReceiveAsync(), known);
    }

    [Theory]
    [InlineData("account.status", "")]
    [InlineData("account.commission", "")]
    [InlineData("account.rateLimits.orders", "")]
    [InlineData("session.logon", ".rateLimits")]
    [InlineData("userDataStream.subscribe.signature", ".rateLimits")]
    [InlineData("openOrders.status", "")]
    [InlineData("order.status", ".result.trailingDelta .result.trailingTime .result.strategyId .result.strategyType .result.preventedMatchId .result.preventedQuantity")]
    [InlineData("myTrades", "")]
    [InlineData("myFilters", ".rateLimits")]
    public async Task Signed_websocket_answers_are_made_of_what_was_recorded(string method, string known)
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await client.ConnectAsync("/ws-api/v3");
        await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001");
        await client.OrderAsync(Limit);
        (string, object)[] parameters = method switch
        {
            "order.status" => [("symbol", "BTCUSDT"), ("origClientOrderId", "shape")],
            "openOrders.status" or "myTrades" or "account.commission" or "myFilters" => [("symbol", "BTCUSDT")],
            _ => [],
        };

        await socket.SendAsync(TestKey.Ed25519(venue).Frame(method, "\"a\"", parameters));

        ShouldFit($"WS-API/{method}", "", await socket.ReceiveAsync(), known);
    }

    [Theory]
    [InlineData("btcusdt@aggTrade", "symbol@aggTrade", ".st")]
    [InlineData("btcusdt@trade", "symbol@trade", ".a .b", "rec")]
    [InlineData("btcusdt@kline_1m", "symbol@kline_interval", "", "rec")]
    [InlineData("btcusdt@miniTicker", "symbol@miniTicker", "")]
    [InlineData("btcusdt@ticker", "symbol@ticker", "")]
    [InlineData("btcusdt@ticker_1h", "symbol@ticker_window", "")]
    [InlineData("btcusdt@bookTicker", "symbol@bookTicker", "", "rec")]
    [InlineData("btcusdt@avgPrice", "symbol@avgPrice", "")]
    [InlineData("btcusdt@depth5@100ms", "symbol@depthlevels", "")]
    [InlineData("btcusdt@depth@100ms", "symbol@depth", "", "rec")]
    public async Task Market_events_are_made_of_what_was_recorded(string stream, string folder, string known, string file = "")
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws/" + stream);

        ShouldFit($"WS-STREAM/{folder}", file, await socket.ReceiveAsync(), known);
    }

    [Theory]
    [InlineData("executionReport", ".W .v .A .B .u .U .pl .pL .pY .b .a .k .uS .Cs .gP .gOT .gOV .gp .d .D .j .J .eR .V", "docs")]
    [InlineData("outboundAccountPosition", "", "")]
    public async Task Account_events_are_made_of_what_was_recorded(string type, string known, string file)
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await client.ConnectAsync("/ws-api/v3");
        await socket.SendAsync(TestKey.Hmac(venue).Frame("userDataStream.subscribe.signature", "1"));
        await socket.ReceiveAsync();
        await client.OrderAsync(Limit);

        var e = await socket.ReceiveAsync(m => m.TryGetProperty("event", out var inner) && inner.GetProperty("e").GetString() == type);

        ShouldFit($"USER-DATA/{type}", file, e.GetProperty("event"), known);
    }

    private static void ShouldFit(string folder, string file, JsonElement ours, string known)
    {
        var names = known.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var files = Directory.EnumerateFiles(SharedData.Folder($"{Root}/{folder}"))
            .Where(f => !Path.GetFileName(f).StartsWith("request", StringComparison.Ordinal) && f.Contains("_" + file, StringComparison.Ordinal))
            .ToList();
        files.ShouldNotBeEmpty();
        foreach (var path in files)
        {
            var recorded = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
            var differences = JsonShape.Differences(Unwrap(recorded), ours).Where(d => !names.Any(n => IsNamed(d, n)));
            differences.ShouldBeEmpty(Path.GetFileName(path));
        }
    }

    // Combined streams and account events are recorded with or without what they come in.
    private static JsonElement Unwrap(JsonElement recorded) => recorded.ValueKind != JsonValueKind.Object ? recorded
        : recorded.TryGetProperty("stream", out _) ? recorded.GetProperty("data")
        : recorded.TryGetProperty("event", out var e) && e.ValueKind == JsonValueKind.Object ? e
        : recorded;

    private static bool IsNamed(string difference, string name) => name.EndsWith('*')
        ? difference.StartsWith(name[..^1], StringComparison.Ordinal)
        : difference.StartsWith(name + ":", StringComparison.Ordinal);
}
