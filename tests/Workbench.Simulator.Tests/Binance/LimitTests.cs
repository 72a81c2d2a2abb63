using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Binance;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Binance;

public sealed class LimitTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 5, TimeSpan.Zero));

    [Theory]
    [InlineData("/api/v3/ping", 1)]
    [InlineData("/api/v3/time", 1)]
    [InlineData("/api/v3/exchangeInfo", 20)]
    [InlineData("/api/v3/depth?symbol=BTCUSDT", 5)]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&limit=100", 5)]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&limit=101", 25)]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&limit=500", 25)]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&limit=1000", 50)]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&limit=1001", 250)]
    [InlineData("/api/v3/depth?symbol=BTCUSDT&limit=9999", 250)]
    [InlineData("/api/v3/trades?symbol=BTCUSDT", 25)]
    [InlineData("/api/v3/historicalTrades?symbol=BTCUSDT", 25)]
    [InlineData("/api/v3/aggTrades?symbol=BTCUSDT", 4)]
    [InlineData("/api/v3/klines?symbol=BTCUSDT&interval=1m", 2)]
    [InlineData("/api/v3/uiKlines?symbol=BTCUSDT&interval=1m", 2)]
    [InlineData("/api/v3/avgPrice?symbol=BTCUSDT", 2)]
    [InlineData("/api/v3/ticker/24hr?symbol=BTCUSDT", 2)]
    [InlineData("/api/v3/ticker/24hr?symbols=[%22BTCUSDT%22,%22ETHUSDT%22]", 2)]
    [InlineData("/api/v3/ticker/24hr", 80)]
    [InlineData("/api/v3/ticker/price?symbol=BTCUSDT", 2)]
    [InlineData("/api/v3/ticker/price", 4)]
    [InlineData("/api/v3/ticker/bookTicker?symbol=BTCUSDT", 2)]
    [InlineData("/api/v3/ticker/bookTicker?symbols=[%22BTCUSDT%22]", 4)]
    [InlineData("/api/v3/ticker?symbol=BTCUSDT", 4)]
    [InlineData("/api/v3/ticker?symbols=[%22BTCUSDT%22,%22ETHUSDT%22]", 8)]
    [InlineData("/api/v3/ticker/tradingDay?symbol=BTCUSDT", 4)]
    [InlineData("/api/v3/executionRules?symbol=BTCUSDT", 2)]
    [InlineData("/api/v3/executionRules", 10)]
    [InlineData("/api/v3/referencePrice?symbol=BTCUSDT", 2)]
    [InlineData("/api/v3/depth?symbol=NOPE&limit=1000", 50)]
    [InlineData("/api/v3/nothing", 0)]
    public async Task S20_11_every_reply_shows_the_used_weight_which_rises_by_the_documented_weight(string path, int weight)
    {
        await using var sim = await Simulators.StartAsync(time: _time);
        using var client = new BinanceTestClient(sim["binance"]);
        var before = Used(await client.GetAsync("/api/v3/ping"));

        Used(await client.GetAsync(path)).ShouldBe(before + weight);
    }

    [Theory]
    [InlineData("GET", "/api/v3/account", "", 20)]
    [InlineData("GET", "/api/v3/account/commission", "symbol=BTCUSDT", 20)]
    [InlineData("GET", "/api/v3/rateLimit/order", "", 40)]
    [InlineData("GET", "/api/v3/myTrades", "symbol=BTCUSDT", 20)]
    [InlineData("GET", "/api/v3/myTrades", "symbol=BTCUSDT&orderId=1", 5)]
    [InlineData("GET", "/api/v3/order", "symbol=BTCUSDT&orderId=1", 4)]
    [InlineData("GET", "/api/v3/openOrders", "symbol=BTCUSDT", 6)]
    [InlineData("GET", "/api/v3/openOrders", "", 80)]
    [InlineData("GET", "/api/v3/allOrders", "symbol=BTCUSDT", 20)]
    [InlineData("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000", 0)]
    [InlineData("POST", "/api/v3/order", "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.0000001&price=30000", 1)]
    [InlineData("POST", "/api/v3/order/test", "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000", 1)]
    [InlineData("DELETE", "/api/v3/order", "symbol=BTCUSDT&orderId=1", 1)]
    public async Task S20_11_signed_calls_cost_their_weight_and_orders_only_when_they_fail(string method, string path, string query, int weight)
    {
        await using var sim = await Simulators.StartAsync(time: _time);
        using var client = new BinanceTestClient(sim["binance"]);
        var before = Used(await client.GetAsync("/api/v3/ping"));
        query += $"{(query.Length > 0 ? "&" : "")}timestamp={_time.GetUtcNow().ToUnixTimeMilliseconds()}";

        var reply = await client.SignedRawAsync(new HttpMethod(method), path, query);
        Used(reply).ShouldBe(before + weight, reply.Text);
    }

    [Fact]
    public async Task S20_11_an_order_with_a_bad_signature_pays_and_the_minute_resets_the_count()
    {
        await using var sim = await Simulators.StartAsync(time: _time);
        using var client = new BinanceTestClient(sim["binance"]);
        Used(await client.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=1000")).ShouldBe(50);
        var query = $"symbol=BTCUSDT&timestamp={_time.GetUtcNow().ToUnixTimeMilliseconds()}";
        Used(await client.SignedRawAsync(HttpMethod.Post, "/api/v3/order", query, new string('0', 64))).ShouldBe(51);

        _time.Advance(TimeSpan.FromMilliseconds(54_999));
        Used(await client.GetAsync("/api/v3/ping")).ShouldBe(52);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Used(await client.GetAsync("/api/v3/ping")).ShouldBe(1);
    }

    [Fact]
    public async Task S20_12_websocket_and_rest_share_the_counter_and_connecting_costs_two()
    {
        await using var sim = await Simulators.StartAsync(time: _time);
        using var client = new BinanceTestClient(sim["binance"]);
        Used(await client.GetAsync("/api/v3/ping")).ShouldBe(1);

        using var socket = await client.ConnectAsync("/ws-api/v3");
        Used(await client.GetAsync("/api/v3/ping")).ShouldBe(4);
        await socket.SendAsync("""{"id":1,"method":"depth","params":{"symbol":"BTCUSDT","limit":500}}""");
        var limit = (await socket.ReceiveAsync()).GetProperty("rateLimits").EnumerateArray().Single();

        limit.GetRawText().ShouldBe("""{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000,"count":29}""");
        Used(await client.GetAsync("/api/v3/ping")).ShouldBe(30);
        using var streams = await client.ConnectAsync("/ws");
        Used(await client.GetAsync("/api/v3/ping")).ShouldBe(31, "market streams are free");
    }

    [Fact]
    public async Task S20_12_rate_limits_are_left_out_on_request_in_the_address_or_the_call()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var quiet = await client.ConnectAsync("/ws-api/v3?returnRateLimits=false");
        using var socket = await client.ConnectAsync("/ws-api/v3");

        await quiet.SendAsync("""{"id":1,"method":"ping"}""");
        (await quiet.ReceiveAsync()).TryGetProperty("rateLimits", out _).ShouldBeFalse();
        await quiet.SendAsync("""{"id":1,"method":"ping","params":{"returnRateLimits":true}}""");
        (await quiet.ReceiveAsync()).TryGetProperty("rateLimits", out _).ShouldBeTrue();
        foreach (var (call, expected) in ((string, bool)[])
        [
            ("""{"id":1,"method":"ping"}""", true),
            ("""{"id":1,"method":"ping","params":{"returnRateLimits":true}}""", true),
            ("""{"id":1,"method":"ping","params":{"returnRateLimits":false}}""", false),
            ("""{"id":1,"method":"depth","params":{"symbol":"NOPE"}}""", true),
            ("""{"id":1,"method":"session.status"}""", true),
        ])
        {
            await socket.SendAsync(call);
            (await socket.ReceiveAsync()).TryGetProperty("rateLimits", out var limits).ShouldBe(expected, call);
            if (expected)
            {
                limits[0].GetProperty("count").GetInt32().ShouldBeGreaterThan(0);
            }
        }
    }

    [Fact]
    public async Task S20_13_too_much_weight_is_429_and_going_on_is_a_ban_of_everything_from_that_address()
    {
        await using var sim = await Simulators.StartAsync(time: _time);
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws-api/v3");
        for (var i = 0; i < 23; i++)
        {
            (await client.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=5000")).Status.ShouldBe(200);
        }

        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var first = await client.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=5000");
        (first.Status, first.Code, RetryAfter(first)).ShouldBe((429, -1003, 55));
        first.Message.ShouldStartWith("Too much request weight used; current limit is 6000 request weight per 1 MINUTE.");
        await socket.SendAsync("""{"id":1,"method":"ping"}""");
        ShouldWait(await socket.ReceiveAsync(), 429, now, now + 55_000);

        for (var i = 0; i < 8; i++)
        {
            (await client.GetAsync("/api/v3/ping")).Status.ShouldBe(429);
        }

        var ban = await client.GetAsync("/api/v3/ping");
        (ban.Status, ban.Code, RetryAfter(ban)).ShouldBe((418, -1003, 120));
        ban.Message.ShouldStartWith(FormattableString.Invariant($"Way too much request weight used; IP banned until {now + 120_000}."));
        await socket.SendAsync("""{"id":1,"method":"time"}""");
        ShouldWait(await socket.ReceiveAsync(), 418, now, now + 120_000);
        (await client.SignedAsync(HttpMethod.Delete, "/api/v3/openOrders", "symbol=BTCUSDT")).Status.ShouldBe(418, "cancels too");
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => client.ConnectAsync("/ws-api/v3"));
        _time.Advance(TimeSpan.FromMilliseconds(119_999));
        (await client.GetAsync("/api/v3/ping")).Status.ShouldBe(418);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await client.GetAsync("/api/v3/ping")).Status.ShouldBe(200);
    }

    [Fact]
    public void S20_13_each_ban_is_longer_than_the_one_before_up_to_three_days()
    {
        var limits = new RequestLimits(new VenueClock(_time), enforced: true);
        var bans = new List<long>();
        for (var round = 0; round < 14; round++)
        {
            limits.Charge(6000).ShouldBeNull();
            ApiError? error = null;
            while (error?.Status != 418)
            {
                error = limits.Charge(1);
            }

            bans.Add(error.RetryAfterSeconds!.Value);
            _time.Advance(TimeSpan.FromSeconds(bans[^1] + 60));
        }

        bans[..4].ShouldBe([120, 240, 480, 960]);
        bans[^1].ShouldBe(3 * 86_400);
    }

    [Fact]
    public void S20_13_raw_requests_have_a_limit_of_their_own()
    {
        var limits = new RequestLimits(new VenueClock(_time), enforced: true);
        for (var i = 0; i < RequestLimits.RawRequestsPerFiveMinutes; i++)
        {
            limits.Charge(0).ShouldBeNull();
        }

        var error = limits.Charge(0)!;
        (error.Status, error.Code, error.RetryAfterSeconds).ShouldBe((429, -1003, 295));
        _time.Advance(TimeSpan.FromSeconds(295));
        limits.Charge(0).ShouldBeNull();
    }

    private static void ShouldWait(JsonElement reply, int status, long serverTime, long retryAfter)
    {
        reply.GetProperty("status").GetInt32().ShouldBe(status);
        var error = reply.GetProperty("error");
        error.GetProperty("code").GetInt32().ShouldBe(-1003);
        error.GetProperty("data").GetRawText().ShouldBe("{\"serverTime\":" + serverTime + ",\"retryAfter\":" + retryAfter + "}", "S20_09");
    }

    private static int Used(Reply reply) => int.Parse(reply.Response.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single(), CultureInfo.InvariantCulture);

    private static int RetryAfter(Reply reply) => int.Parse(reply.Response.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture);
}
