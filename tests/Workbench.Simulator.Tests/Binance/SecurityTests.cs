using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Binance;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Binance;

public sealed class SecurityTests
{
    private const string Secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    private const string Key = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";

    private static readonly ApiCredential Credential =
        new(Key, CredentialKind.Hmac, System.Text.Encoding.UTF8.GetBytes(Secret), new Account("x"));

    [Theory]
    [InlineData("symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "", "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")]
    [InlineData("symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "", "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3")]
    [InlineData("symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC", "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77")]
    public void S20_01_rest_vectors_are_accepted_over_the_raw_query_and_body(string query, string body, string signature)
    {
        var payload = Authentication.WithoutSignature(query) + Authentication.WithoutSignature(body + (body.Length > 0 ? "&signature=" + signature : ""));

        Authentication.CheckSignature(Credential, payload, signature).ShouldBeNull();
        Authentication.CheckSignature(Credential, payload, signature.ToUpperInvariant()).ShouldBeNull("S20_02: hex may be upper case");
        Authentication.CheckSignature(Credential, payload + "0", signature)!.Code.ShouldBe(-1022);
        Authentication.CheckSignature(Credential, Uri.UnescapeDataString(payload) + " ", signature)!.Code.ShouldBe(-1022);
    }

    [Theory]
    [InlineData("""{"price":"52000.00","quantity":"0.01000000","recvWindow":100,"side":"SELL","symbol":"BTCUSDT","timeInForce":"GTC","timestamp":1645423376532,"type":"LIMIT"}""", "aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24")]
    [InlineData("""{"type":"LIMIT","price":"0.10000000","quantity":"1.00000000","recvWindow":5000,"side":"BUY","symbol":"１２３４５６","timeInForce":"GTC","timestamp":1645423376532}""", "b33892ae8e687c939f4468c6268ddd4c40ac1af18ad19a064864c47bae0752cd")]
    [InlineData("""{"timestamp":1649729878532}""", "1cf54395b336b0a9727ef27d5d98987962bc47aca6e13fe978612d0adee066ed")]
    [InlineData("""{"price":"23416.10000000","quantity":"0.00847000","side":"SELL","symbol":"BTCUSDT","timeInForce":"GTC","timestamp":1660801715431,"type":"LIMIT"}""", "15af09e41c36f3cc61378c2fbe2c33719a03dd5eba8d0f9206fbda44de717c88")]
    [InlineData("""{"timestamp":1747385641636}""", "681110a6057ad58657af22f5640fab9dd17418834cdfccdc81be8b0f7b2cde3e")]
    public void S20_04_websocket_vectors_are_accepted_over_the_sorted_raw_params(string parameters, string signature)
    {
        var json = parameters.Insert(1, $"\"apiKey\":\"{Key}\",\"signature\":\"{signature}\",");
        var request = Simulator.Binance.WsApi.WsRequest.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"id":"a","method":"v3/order.place","params":{{json}}}"""))!;

        request.Method.ShouldBe("order.place");
        Authentication.CheckSignature(Credential, request.SignedPayload, request.Parameters.Text("signature")).ShouldBeNull(request.SignedPayload);
    }

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

        var noKey = await client.GetAsync("/api/v3/account?timestamp=1&signature=00");
        var badSignature = await client.SignedRawAsync(HttpMethod.Get, "/api/v3/account", $"timestamp={BinanceTestClient.Now}", new string('0', 64));
        var noTimestamp = await client.SignedRawAsync(HttpMethod.Get, "/api/v3/account", "omitZeroBalances=true");
        var open = await client.GetAsync("/api/v3/ticker/bookTicker?symbol=BTCUSDT");

        (noKey.Status, noKey.Code).ShouldBe((401, -2014));
        (badSignature.Status, badSignature.Code).ShouldBe((400, -1022));
        noTimestamp.Code.ShouldBe(-1102);
        noTimestamp.Message.ShouldContain("'timestamp'");
        open.Status.ShouldBe(200);
    }

    [Fact]
    public async Task S20_07_clock_offset_shows_in_time_and_in_what_is_accepted()
    {
        await using var sim = await Simulators.StartAsync(v => v with { ClockOffset = TimeSpan.FromSeconds(-30) });
        using var client = new BinanceTestClient(sim["binance"]);

        var serverTime = (await client.GetAsync("/api/v3/time")).Json.GetProperty("serverTime").GetInt64();

        (BinanceTestClient.Now - serverTime).ShouldBeInRange(29_000, 40_000);
        (await client.SignedAsync(HttpMethod.Get, "/api/v3/account", "")).Code.ShouldBe(-1021);
        (await client.SignedRawAsync(HttpMethod.Get, "/api/v3/account", $"timestamp={serverTime}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task S20_08_query_wins_over_body_and_body_counts()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        const string Query = "symbol=BTCUSDT&side=BUY";
        var body = $"side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000&timestamp={BinanceTestClient.Now}";
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v3/order?" + Query)
        {
            Content = new StringContent(body + "&signature=" + client.Hmac(Query + body), System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("X-MBX-APIKEY", sim["binance"].ApiKey);

        var reply = await client.SendAsync(request);

        reply.Status.ShouldBe(200, reply.Text);
        reply.Json.GetProperty("side").GetString().ShouldBe("BUY");
    }

    [Fact]
    public async Task S20_11_used_weight_header_rises_by_the_documented_weight_and_orders_are_free()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        static int Used(Reply reply) => int.Parse(reply.Response.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single(), System.Globalization.CultureInfo.InvariantCulture);

        // A minute boundary between the calls would reset the counter: try again then.
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var one = Used(await client.GetAsync("/api/v3/ping"));
            var two = Used(await client.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=1000"));
            var three = Used(await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000"));
            var four = Used(await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.0000001&price=30000"));
            if (one < two && two <= four)
            {
                (two - one, three - two, four - three).ShouldBe((50, 0, 1));
                return;
            }
        }

        Assert.Fail("The weight never rose.");
    }
}
