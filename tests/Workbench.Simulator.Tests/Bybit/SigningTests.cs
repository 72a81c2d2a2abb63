using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Bybit;

/// <summary>Vectors of section 2.1 against the running venue, whose clock stands at the vector's timestamp.</summary>
public sealed class SigningTests
{
    [Theory]
    [InlineData("category=linear&symbol=BTCUSDT", "fd4f31228a46109dc6673062328693696df9a96c7ff04e6491a45e7f63a0fdd7")]
    [InlineData("", "cfffd774219bfa1d400476f699f830daaedcd3c41faa1dbdda95a8f4dd8170cc")]
    [InlineData(
        "category=linear&symbol=BTCUSDT&cursor=page_args%3Dabc%26symbol%3D6%26",
        "f16b726d1dae8ea0fc5135aab5c15291d14f7ae6247e46dad9d283b5ba277313")]
    public async Task S22_01_get_vectors_pass_over_the_raw_query(string query, string signature)
    {
        await using var bench = await BybitBench.StartAsync();
        var path = query.Length == 0 ? "/v5/account/info" : "/v5/order/realtime";
        var good = await bench.Client.SignedAsync(HttpMethod.Get, path, query, "1700000000000", signature: signature);
        var bad = await bench.Client.SignedAsync(HttpMethod.Get, path, query, "1700000000001", signature: signature);
        good.Code.ShouldNotBe(10004);
        good.Code.ShouldBe(query.Contains("cursor", StringComparison.Ordinal) ? 10001 : 0, good.Text);
        bad.Code.ShouldBe(10004);
    }

    [Fact]
    public async Task S22_01_a_body_that_differs_only_in_blanks_fails()
    {
        const string Spaced = "{\"category\": \"linear\", \"symbol\": \"BTCUSDT\", \"orderLinkId\": \"test-order-1\"}";
        const string Compact = "{\"category\":\"linear\",\"symbol\":\"BTCUSDT\",\"orderLinkId\":\"test-order-1\"}";
        const string SpacedSign = "2df4a0603d69c08d5dea29ba85b46eb7db64ce9e9ebd34a7802a3d69700cb2a1";
        const string CompactSign = "ac0533668112246c285a42b95f4a57c6f147e34a15723b88fa356f7687c7c87e";
        await using var bench = await BybitBench.StartAsync();
        foreach (var (body, sign, isRight) in ((string, string, bool)[])
            [(Spaced, SpacedSign, true), (Compact, CompactSign, true), (Spaced, CompactSign, false), (Compact, SpacedSign, false)])
        {
            var reply = await bench.Client.SignedAsync(HttpMethod.Post, "/v5/order/cancel", body, "1700000000000", signature: sign);
            (reply.Code != 10004).ShouldBe(isRight, body);
        }
    }

    [Fact]
    public async Task S22_01_the_order_vector_passes_and_places_the_order()
    {
        const string Body =
            "{\"category\":\"spot\",\"symbol\":\"BTCUSDT\",\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"28000.1\",\"timeInForce\":\"PostOnly\",\"orderLinkId\":\"wb-0001\"}";
        await using var bench = await BybitBench.StartAsync(nowMillis: 1672211928338);
        var reply = await bench.Client.SignedAsync(
            HttpMethod.Post, "/v5/order/create", Body, "1672211928338",
            signature: "28f99cbe8d2da5f10f5b3735ccdfb3955294cce4f7f37c7fd6a149ae694fd744");
        reply.Code.ShouldBe(0, reply.Text);
        reply.Result.Get("orderLinkId").ShouldBe("wb-0001");
    }

    [Fact]
    public async Task S22_01_the_stream_vector_authenticates()
    {
        await using var bench = await BybitBench.StartAsync(nowMillis: 1699999999999);
        using var socket = await bench.Client.ConnectAsync("private");
        var answer = await socket.AskAsync(
            bench.Client.AuthMessage(1700000000000, "bacffe7500499eb829bb58c45d36d1b3e5ac67c14eaeba91df5e99ccee013925"));
        answer.Get("success").ShouldBe("True");
    }

    [Fact]
    public async Task S22_02_bare_question_mark_raw_characters_and_any_header_case_are_accepted()
    {
        await using var bench = await BybitBench.StartAsync();
        const string Raw = "category=spot&orderLinkId=a|b^c,\"d\"";
        (await bench.Client.SignedAsync(HttpMethod.Get, "/v5/order/realtime", Raw)).Code.ShouldBe(0);
        (await bench.Client.SignedAsync(HttpMethod.Get, "/v5/account/info?", "")).Code.ShouldBe(0);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v5/account/info");
        request.Headers.Add("x-bapi-api-key", BybitBench.Key);
        request.Headers.Add("X-Bapi-Timestamp", "1700000000000");
        request.Headers.Add("x-bapi-sign", bench.Client.Sign("1700000000000" + BybitBench.Key));
        (await bench.Client.SendAsync(request)).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData(-5000, "5000", 0)]
    [InlineData(-5001, "5000", 10002)]
    [InlineData(999, "5000", 0)]
    [InlineData(1000, "5000", 10002)]
    [InlineData(-5000, null, 0)]
    [InlineData(-5001, null, 10002)]
    [InlineData(-7000, "8000", 0)]
    public async Task S22_03_timestamp_window_is_exact(int offset, string? window, int code)
    {
        await using var bench = await BybitBench.StartAsync();
        var timestamp = (1_700_000_000_000 + offset).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var reply = await bench.Client.SignedAsync(HttpMethod.Get, "/v5/account/info", "", timestamp, window);
        reply.Code.ShouldBe(code);
    }

    [Fact]
    public async Task S22_03_server_clock_offset_shows_everywhere()
    {
        var options = new VenueOptions { Name = "bybit", Dialect = "bybit", ClockOffset = TimeSpan.FromSeconds(30) };
        await using var bench = await BybitBench.StartAsync(options: options);
        var reply = await bench.Client.GetAsync("/v5/market/time");
        reply.Json.GetProperty("time").GetInt64().ShouldBe(1_700_000_030_000);
        reply.Result.Get("timeSecond").ShouldBe("1700000030");
        reply.Result.Get("timeNano").ShouldBe("1700000030000000000");
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("orderbook.1.BTCUSDT");
        (await socket.ReceiveAsync()).GetProperty("ts").GetInt64().ShouldBe(1_700_000_030_000);
    }

    [Fact]
    public async Task S22_04_every_reply_has_the_five_members_and_business_errors_are_http_200()
    {
        await using var bench = await BybitBench.StartAsync();
        BybitReply[] replies =
        [
            await bench.Client.GetAsync("/v5/market/time"),
            await bench.Client.GetAsync("/v5/market/orderbook?category=spot&symbol=NOPE"),
            await bench.Client.PrivateGetAsync("/v5/account/info"),
            await bench.Client.LimitAsync("Buy", "0.0000001", "50000"),
            await bench.Client.PostAsync("/v5/order/create", "not json"),
        ];
        foreach (var reply in replies)
        {
            reply.Status.ShouldBe(200);
            string[] names = [.. reply.Json.EnumerateObject().Select(m => m.Name)];
            names.ShouldBe(["retCode", "retMsg", "result", "retExtInfo", "time"]);
        }

        (await bench.Client.GetAsync("/v5/nowhere")).Status.ShouldBe(404);
        (await bench.Client.GetAsync("/v5/account/info")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task S22_05_wrong_key_and_read_only_key_are_told_apart()
    {
        await using var bench = await BybitBench.StartAsync();
        (await bench.Client.SignedAsync(HttpMethod.Get, "/v5/account/info", "", apiKey: "unknown")).Code.ShouldBe(10003);
        var credential = bench.Venue.Credentials[BybitBench.Key];
        bench.Venue.SetCredential(credential with { CanTrade = false });
        (await bench.Client.LimitAsync("Buy", "0.001", "59000")).Code.ShouldBe(10005);
        (await bench.Client.PrivateGetAsync("/v5/account/info")).Code.ShouldBe(0);
        bench.Venue.SetCredential(credential with { IsActive = false });
        (await bench.Client.PrivateGetAsync("/v5/account/info")).Code.ShouldBe(10003);
    }
}
