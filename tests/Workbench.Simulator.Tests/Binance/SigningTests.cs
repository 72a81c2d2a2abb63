using System.Security.Cryptography;
using System.Text;
using Workbench.Simulator.Binance;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Binance;

public sealed class SigningTests
{
    // The key pair of the public documentation.
    private const string Secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    private const string Key = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    private const string First = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC";
    private const string Second = "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";
    private const string Signature1 = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71";
    private const string Signature3 = "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77";
    private const string WideQuery = "symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";

    private static VenueOptions Documented(VenueOptions options) => options with
    {
        ApiKey = Key,
        ApiSecret = Secret,
        Instruments = ["BTC/USDT", "LTC/BTC"],
        Binance = new BinanceOptions { ChecksTimestamps = false },
    };

    [Theory]
    [InlineData(First + "&" + Second, "", Signature1, 0)]
    [InlineData("", First + "&" + Second, Signature1, 0)]
    [InlineData(WideQuery, "", "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3", -1121)]
    [InlineData(First, Second, Signature3, 0)]
    [InlineData(First, Second, Signature1, -1022)]
    [InlineData(First + "&" + Second, "", Signature3, -1022)]
    [InlineData(Second + "&" + First, "", Signature1, -1022)]
    public async Task S20_01_rest_vectors_are_accepted_as_received_and_in_that_order_only(string query, string body, string signature, int code)
    {
        await using var sim = await Simulators.StartAsync(Documented);
        using var client = new BinanceTestClient(sim["binance"]);

        // The signature may stand in the query or in the body.
        var inQuery = await PostTestAsync(client, (query.Length > 0 ? query + "&" : "") + "signature=" + signature, body);
        var inBody = await PostTestAsync(client, query, (body.Length > 0 ? body + "&" : "") + "signature=" + signature);

        foreach (var reply in (Reply[])[inQuery, inBody])
        {
            // What the invented market thinks of the price is another matter.
            (reply.Status == 200 ? 0 : reply.Code).ShouldBeOneOf(code == 0 ? [0, -1013] : [code]);
        }
    }

    [Fact]
    public async Task S20_01_the_middle_of_a_query_may_hold_the_signature()
    {
        await using var sim = await Simulators.StartAsync(Documented);
        using var client = new BinanceTestClient(sim["binance"]);

        var reply = await PostTestAsync(client, First + "&signature=" + Signature1 + "&" + Second, "");

        (reply.Status == 200 ? 0 : reply.Code).ShouldBeOneOf(0, -1013);
    }

    [Fact]
    public async Task S20_02_hex_may_be_of_either_case_and_base64_may_not_be_changed()
    {
        using var rsa = RSA.Create(2048);
        await using var sim = await Simulators.StartAsync(v => v with { PublicKeys = new Dictionary<string, string> { ["rsa1"] = rsa.ExportSubjectPublicKeyInfoPem() } });
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);

        foreach (var (key, isHex) in ((TestKey, bool)[])[(TestKey.Hmac(venue), true), (TestKey.Ed25519(venue), false), (TestKey.Rsa("rsa1", rsa), false)])
        {
            var query = $"timestamp={BinanceTestClient.Now}";
            var right = key.Sign(query);
            (await AccountAsync(client, key, query, right)).Status.ShouldBe(200);
            (await AccountAsync(client, key, query, right.ToUpperInvariant())).Status.ShouldBe(isHex ? 200 : 400);
            var changed = SwapOneCase(right);
            var reply = await AccountAsync(client, key, query, changed);
            (reply.Status == 200 ? 0 : reply.Code).ShouldBe(isHex ? 0 : -1022);
        }
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(4096)]
    public async Task S20_02_rsa_keys_sign_rest_and_websocket_calls(int bits)
    {
        using var rsa = RSA.Create(bits);
        await using var sim = await Simulators.StartAsync(v => v with { PublicKeys = new Dictionary<string, string> { ["rsa1"] = Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()) } });
        using var client = new BinanceTestClient(sim["binance"]);
        var key = TestKey.Rsa("rsa1", rsa);
        var query = $"timestamp={BinanceTestClient.Now}";

        (await AccountAsync(client, key, query, key.Sign(query))).Status.ShouldBe(200);
        (await AccountAsync(client, key, query, key.Sign(query + "0"))).Code.ShouldBe(-1022);
        using var socket = await client.ConnectAsync("/ws-api/v3");
        await socket.SendAsync(key.Frame("account.status", "1"));
        (await socket.ReceiveAsync()).GetProperty("status").GetInt32().ShouldBe(200);
    }

    [Theory]
    [InlineData(1024, "2048 to 4096")]
    [InlineData(0, "neither")]
    public async Task S20_02_weak_and_unreadable_public_keys_are_refused_at_the_start(int bits, string why)
    {
        using var rsa = RSA.Create(Math.Max(bits, 1024));
        var text = bits == 0 ? "AAAA" : rsa.ExportSubjectPublicKeyInfoPem();

        var refused = await Should.ThrowAsync<SimulatorOptionsException>(() => Simulators.StartAsync(v => v with { PublicKeys = new Dictionary<string, string> { ["rsa1"] = text } }));

        refused.Message.ShouldContain(why);
    }

    [Fact]
    public async Task S20_03_a_signature_over_unescaped_text_is_refused_when_the_wire_has_escapes()
    {
        await using var sim = await Simulators.StartAsync(v => v with { Binance = new BinanceOptions { ChecksTimestamps = false } });
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        var key = TestKey.Hmac(venue);
        const string Escaped = "symbol=%EF%BC%91&timestamp=1";

        var raw = await client.SignedRawAsync(HttpMethod.Get, "/api/v3/openOrders", Escaped, key.Sign("symbol=１&timestamp=1"));
        var right = await client.SignedRawAsync(HttpMethod.Get, "/api/v3/openOrders", Escaped, key.Sign(Escaped));

        raw.Code.ShouldBe(-1022);
        right.Code.ShouldBe(-1121, "signed well; there is only no such symbol");
    }

    [Theory]
    [InlineData("order.test", """{"price":"52000.00","quantity":"0.01000000","recvWindow":100,"side":"SELL","symbol":"BTCUSDT","timeInForce":"GTC","timestamp":1645423376532,"type":"LIMIT"}""", "aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24", 0)]
    [InlineData("order.test", """{"type":"LIMIT","price":"0.10000000","quantity":"1.00000000","recvWindow":5000,"side":"BUY","symbol":"１２３４５６","timeInForce":"GTC","timestamp":1645423376532}""", "b33892ae8e687c939f4468c6268ddd4c40ac1af18ad19a064864c47bae0752cd", -1121)]
    [InlineData("account.status", """{"timestamp":1649729878532}""", "1cf54395b336b0a9727ef27d5d98987962bc47aca6e13fe978612d0adee066ed", 0)]
    [InlineData("order.test", """{"price":"23416.10000000","quantity":"0.00847000","side":"SELL","symbol":"BTCUSDT","timeInForce":"GTC","timestamp":1660801715431,"type":"LIMIT"}""", "15af09e41c36f3cc61378c2fbe2c33719a03dd5eba8d0f9206fbda44de717c88", 0)]
    [InlineData("userDataStream.subscribe.signature", """{"timestamp":1747385641636}""", "681110a6057ad58657af22f5640fab9dd17418834cdfccdc81be8b0f7b2cde3e", 0)]
    public async Task S20_04_websocket_vectors_are_accepted_over_the_sorted_raw_params(string method, string parameters, string signature, int code)
    {
        await using var sim = await Simulators.StartAsync(Documented);
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws-api/v3");

        foreach (var (sent, expected) in ((string, int)[])[(signature, code), (new string('0', 64), -1022)])
        {
            var json = parameters.Insert(1, $"\"signature\":\"{sent}\",\"apiKey\":\"{Key}\",");
            await socket.SendAsync($$"""{"id":1,"method":"{{method}}","params":{{json}}}""");
            var reply = await socket.ReceiveAsync();
            (reply.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : 0).ShouldBe(expected, reply.GetRawText());
        }
    }

    [Fact]
    public async Task S20_04_whatever_was_sent_is_signed_returnRateLimits_and_recvWindow_included()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await client.ConnectAsync("/ws-api/v3");
        var key = TestKey.Hmac(venue);

        await socket.SendAsync(key.Frame("account.status", "1", ("recvWindow", 6000.346m), ("returnRateLimits", false), ("omitZeroBalances", true)));
        (await socket.ReceiveAsync()).GetProperty("status").GetInt32().ShouldBe(200);
        foreach (var left in (string[])["recvWindow", "returnRateLimits", "apiKey"])
        {
            var frame = key with { Sign = payload => key.Sign(string.Join('&', payload.Split('&').Where(p => !p.StartsWith(left + "=", StringComparison.Ordinal)))) };
            await socket.SendAsync(frame.Frame("account.status", "1", ("recvWindow", 5000), ("returnRateLimits", false)));
            (await socket.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-1022, left);
        }
    }

    private static string SwapOneCase(string text)
    {
        var at = text.IndexOf(text.First(char.IsAsciiLetter), StringComparison.Ordinal);
        var swapped = char.IsAsciiLetterUpper(text[at]) ? char.ToLowerInvariant(text[at]) : char.ToUpperInvariant(text[at]);
        return text[..at] + swapped + text[(at + 1)..];
    }

    private static Task<Reply> AccountAsync(BinanceTestClient client, TestKey key, string query, string signature)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v3/account?{query}&signature={Uri.EscapeDataString(signature)}");
        request.Headers.Add("X-MBX-APIKEY", key.ApiKey);
        return client.SendAsync(request);
    }

    private static Task<Reply> PostTestAsync(BinanceTestClient client, string query, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v3/order/test" + (query.Length > 0 ? "?" + query : ""))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("X-MBX-APIKEY", Key);
        return client.SendAsync(request);
    }
}
