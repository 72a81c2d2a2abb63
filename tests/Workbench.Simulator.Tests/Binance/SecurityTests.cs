using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Binance;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Binance;

public sealed class SecurityTests
{
    [Theory]
    [InlineData(1000, "5000", -1021)]
    [InlineData(999, "5000", 0)]
    [InlineData(-5000, "5000", 0)]
    [InlineData(-5001, "5000", -1021)]
    [InlineData(-60000, "60000", 0)]
    [InlineData(0, "60001", -1131)]
    [InlineData(-5000, "5000.5", 0)]
    public void S20_06_timestamps_are_accepted_within_the_window_only(long deltaMillis, string window, int code)
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123));
        var now = new VenueClock(time).NowMicros;
        var parameters = new Parameters();
        parameters.Add("timestamp", ((now / 1000) + deltaMillis).ToString(System.Globalization.CultureInfo.InvariantCulture));
        parameters.Add("recvWindow", window);
        (Authentication.CheckTime(parameters, now)?.Code ?? 0).ShouldBe(code);

        var micros = new Parameters();
        micros.Add("timestamp", (now + (deltaMillis * 1000)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        micros.Add("recvWindow", window);
        (Authentication.CheckTime(micros, now)?.Code ?? 0).ShouldBe(code, "microseconds");
    }

    [Fact]
    public async Task S20_05_missing_key_signature_or_timestamp_are_named()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        var key = TestKey.Hmac(sim["binance"]);

        var noKey = await client.GetAsync("/api/v3/account?timestamp=1&signature=00");
        var strangeKey = await RestAsync(client, "no-such-format!", $"timestamp={BinanceTestClient.Now}", "00");
        var unknownKey = await RestAsync(client, "abc", $"timestamp={BinanceTestClient.Now}", "00");
        var badSignature = await RestAsync(client, key.ApiKey, $"timestamp={BinanceTestClient.Now}", new string('0', 64));
        var noSignature = await RestAsync(client, key.ApiKey, $"timestamp={BinanceTestClient.Now}", null);
        var noTimestamp = await RestAsync(client, key.ApiKey, "omitZeroBalances=true", key.Sign("omitZeroBalances=true"));

        (noKey.Status, noKey.Code).ShouldBe((401, -2014));
        (strangeKey.Status, strangeKey.Code).ShouldBe((401, -2014));
        (unknownKey.Status, unknownKey.Code).ShouldBe((401, -2015));
        (badSignature.Status, badSignature.Code).ShouldBe((400, -1022));
        (noSignature.Status, noSignature.Code, noSignature.Message)
            .ShouldBe((400, -1102, "Mandatory parameter 'signature' was not sent, was empty/null, or malformed."));
        (noTimestamp.Status, noTimestamp.Code, noTimestamp.Message)
            .ShouldBe((400, -1102, "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed."));
    }

    [Fact]
    public async Task S20_05_the_websocket_api_names_what_is_missing_too()
    {
        await using var sim = await Simulators.StartAsync();
        var key = TestKey.Hmac(sim["binance"]);
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws-api/v3");
        var now = BinanceTestClient.Now;

        foreach (var (parameters, status, code, name) in ((string, int, int, string)[])
        [
            ($$"""{"timestamp":{{now}}}""", 400, -1102, "'apiKey'"),
            ($$"""{"apiKey":"no!","timestamp":{{now}},"signature":"00"}""", 401, -2014, "API-key"),
            ($$"""{"apiKey":"abc","timestamp":{{now}},"signature":"00"}""", 401, -2015, "API-key"),
            ($$"""{"apiKey":"{{key.ApiKey}}","timestamp":{{now}}}""", 400, -1102, "'signature'"),
            ($$"""{"apiKey":"{{key.ApiKey}}","signature":"00"}""", 400, -1102, "'timestamp'"),
            ($$"""{"apiKey":"{{key.ApiKey}}","timestamp":{{now}},"signature":"00"}""", 400, -1022, "Signature"),
        ])
        {
            await socket.SendAsync($$"""{"id":1,"method":"account.status","params":{{parameters}}}""");
            var reply = await socket.ReceiveAsync();
            var error = reply.GetProperty("error");
            (reply.GetProperty("status").GetInt32(), error.GetProperty("code").GetInt32()).ShouldBe((status, code), parameters);
            error.GetProperty("msg").GetString()!.ShouldContain(name);
        }
    }

    [Fact]
    public async Task S20_05_market_data_needs_no_key_and_takes_any()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);

        (await client.GetAsync("/api/v3/ticker/bookTicker?symbol=BTCUSDT")).Status.ShouldBe(200);
        foreach (var key in (string[])[sim["binance"].ApiKey, "unknown", "no-such-format!"])
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/api/v3/depth?symbol=BTCUSDT");
            request.Headers.Add("X-MBX-APIKEY", key);
            (await client.SendAsync(request)).Status.ShouldBe(200);
        }
    }

    [Theory]
    [InlineData("999", null, 0)]
    [InlineData("1000", null, -1021)]
    [InlineData("-5000", null, 0)]
    [InlineData("-5001", null, -1021)]
    [InlineData("-60000", "60000", 0)]
    [InlineData("0", "60001", -1131)]
    [InlineData("-5000", "5000.5", 0)]
    [InlineData("0", "5000.1234", -1100)]
    [InlineData("-5000.5", "5000.5", 0)]
    [InlineData("-5000.501", "5000.5", -1021)]
    [InlineData("999.999", null, 0)]
    [InlineData("1000.000", null, -1021)]
    public async Task S20_06_the_window_is_kept_on_rest_and_websocket_in_both_units(string deltaMillis, string? window, int code)
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123));
        await using var sim = await Simulators.StartAsync(time: time);
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws-api/v3");
        var key = TestKey.Hmac(sim["binance"]);
        var micros = 1_700_000_000_123_000 + (long)(decimal.Parse(deltaMillis, System.Globalization.CultureInfo.InvariantCulture) * 1000);
        long[] stamps = deltaMillis.Contains('.', StringComparison.Ordinal) ? [micros] : [micros, micros / 1000];

        foreach (var stamp in stamps)
        {
            var query = $"timestamp={stamp}" + (window is null ? "" : "&recvWindow=" + window);
            var rest = await RestAsync(client, key.ApiKey, query, key.Sign(query));
            (rest.Status == 200 ? 0 : rest.Code).ShouldBe(code, rest.Text);
            (string, object)[] parameters = window is null ? [("timestamp", stamp)] : [("timestamp", stamp), ("recvWindow", window)];
            await socket.SendAsync(key.Frame("account.status", "1", parameters));
            var reply = await socket.ReceiveAsync();
            (reply.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0).ShouldBe(code, reply.GetRawText());
        }
    }

    [Fact]
    public async Task S20_06_too_early_and_too_old_say_which()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);

        (await client.SignedRawAsync(HttpMethod.Get, "/api/v3/account", $"timestamp={BinanceTestClient.Now - 20_000}"))
            .Message.ShouldBe("Timestamp for this request is outside of the recvWindow.");
        (await client.SignedRawAsync(HttpMethod.Get, "/api/v3/account", $"timestamp={BinanceTestClient.Now + 20_000}"))
            .Message.ShouldBe("Timestamp for this request was 1000ms ahead of the server's time.");
    }

    [Fact]
    public async Task S20_07_the_clock_offset_shows_in_time_replies_and_events_alike()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        await using var sim = await Simulators.StartAsync(v => v with { ClockOffset = TimeSpan.FromSeconds(-30), RateLimits = false, Binance = Simulators.Patient }, time);
        const long Venue = 1_700_000_000_000 - 30_000;
        using var client = new BinanceTestClient(sim["binance"]);
        var key = TestKey.Hmac(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws-api/v3");
        await socket.SendAsync(key.Frame("userDataStream.subscribe.signature", "1", ("timestamp", Venue)));
        await socket.ReceiveAsync();

        var query = $"symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000&timestamp={Venue}";
        var placed = await client.SignedRawAsync(HttpMethod.Post, "/api/v3/order", query);
        var report = (await socket.ReceiveAsync(m => m.TryGetProperty("event", out _))).GetProperty("event");
        await socket.SendAsync("""{"id":2,"method":"time"}""");
        var wsTime = (await socket.ReceiveAsync(m => m.TryGetProperty("result", out _))).GetProperty("result").GetProperty("serverTime").GetInt64();

        (await client.GetAsync("/api/v3/time")).Json.GetProperty("serverTime").GetInt64().ShouldBe(Venue);
        wsTime.ShouldBe(Venue);
        placed.Json.GetProperty("transactTime").GetInt64().ShouldBe(Venue, placed.Text);
        (report.GetProperty("E").GetInt64(), report.GetProperty("T").GetInt64()).ShouldBe((Venue, Venue));
        using var trades = await client.ConnectAsync("/ws/btcusdt@trade");
        var seen = trades.ReceiveAsync();
        while (!seen.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await client.GetAsync("/api/v3/ping");
        }

        (time.GetUtcNow().ToUnixTimeMilliseconds() - (await seen).GetProperty("E").GetInt64()).ShouldBeInRange(30_000, 40_000_000);
        (await client.SignedRawAsync(HttpMethod.Get, "/api/v3/account", $"timestamp={time.GetUtcNow().ToUnixTimeMilliseconds()}")).Code.ShouldBe(-1021);
    }

    [Theory]
    [InlineData("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000", "", 0)]
    [InlineData("", "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000", 0)]
    [InlineData("symbol=BTCUSDT&side=BUY", "side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000", 0)]
    [InlineData("symbol=BTCUSDT&side=BUY&side=BUY", "type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000", -1101)]
    [InlineData("symbol=BTCUSDT&side=BUY&color=red", "type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000", -1104)]
    [InlineData("symbol=BTCUSDT&side=BUY", "type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000&color=red", -1104)]
    [InlineData("symbol=BTCUSDT&side=BUY", "type=MARKET&timeInForce=GTC&quantity=0.001", -1106)]
    public async Task S20_08_query_and_body_count_the_query_wins_and_the_unknown_is_refused(string query, string body, int code)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        body += $"{(body.Length > 0 ? "&" : "")}timestamp={BinanceTestClient.Now}";
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v3/order?" + query)
        {
            Content = new StringContent(body + "&signature=" + client.Hmac(query + body), System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("X-MBX-APIKEY", sim["binance"].ApiKey);

        var reply = await client.SendAsync(request);

        (reply.Status == 200 ? 0 : reply.Code).ShouldBe(code, reply.Text);
        if (code == 0)
        {
            reply.Json.GetProperty("side").GetString().ShouldBe("BUY");
        }
    }

    [Theory]
    [InlineData("""{"symbol":"BTCUSDT","limit":5,"color":"red"}""", -1104, "Not all sent parameters were read; read '2' parameter(s) but was sent '3'.")]
    [InlineData("""{"symbol":"BTCUSDT","limit":"abc"}""", -1100, null)]
    [InlineData("""{"limit":5}""", -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.")]
    public async Task S20_08_the_websocket_api_refuses_the_same_parameters(string parameters, int code, string? message)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws-api/v3");

        await socket.SendAsync($$"""{"id":1,"method":"depth","params":{{parameters}}}""");
        var error = (await socket.ReceiveAsync()).GetProperty("error");

        error.GetProperty("code").GetInt32().ShouldBe(code);
        error.GetProperty("msg").GetString().ShouldBe(message ?? error.GetProperty("msg").GetString());
    }

    [Theory]
    [InlineData("X-MBX-SBE", "3:4", -1155)]
    [InlineData("X-MBX-TIME-UNIT", "NANOSECOND", -1194)]
    public async Task S20_09_headers_that_cannot_be_honoured_are_refused(string header, string value, int code)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v3/time");
        request.Headers.Add(header, value);

        var reply = await client.SendAsync(request);

        (reply.Status, reply.Code).ShouldBe((400, code));
    }

    [Fact]
    public async Task S20_09_rest_errors_are_code_and_msg_with_the_documented_status()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);

        var invalid = await client.GetAsync("/api/v3/depth?symbol=NOPE");
        var refused = await RestAsync(client, "abc", "timestamp=1", "00");
        var unknown = await client.GetAsync("/api/v3/nothing");

        (invalid.Status, invalid.Text).ShouldBe((400, """{"code":-1121,"msg":"Invalid symbol."}"""));
        (refused.Status, refused.Text).ShouldBe((401, """{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}"""));
        unknown.Status.ShouldBe(404);
        invalid.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
    }

    private static Task<Reply> RestAsync(BinanceTestClient client, string key, string query, string? signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v3/account?{query}{(signature is null ? "" : "&signature=" + Uri.EscapeDataString(signature))}");
        request.Headers.Add("X-MBX-APIKEY", key);
        return client.SendAsync(request);
    }
}
