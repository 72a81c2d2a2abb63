using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Binance;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Binance;

public sealed class UserDataTests
{
    private const string Resting = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=30000";
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task S20_36_listen_keys_are_gone(string method)
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);

        (await KeyedAsync(client, venue, method, method == "POST" ? "" : "listenKey=abc")).Status.ShouldBe(410);
        using var socket = await client.ConnectAsync("/ws-api/v3");
        await socket.SendAsync("""{"id":1,"method":"userDataStream.start","params":{"apiKey":" """.TrimEnd() + venue.ApiKey + "\"}}");
        (await socket.ReceiveAsync()).GetProperty("status").GetInt32().ShouldBe(410);
    }

    [Fact]
    public async Task S20_36_the_legacy_switch_brings_listen_keys_back()
    {
        await using var sim = await Simulators.StartAsync(v => v with { Binance = new BinanceOptions { HasListenKeys = true } });
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        var key = (await KeyedAsync(client, venue, "POST", "")).Json.GetProperty("listenKey").GetString()!;
        (await KeyedAsync(client, venue, "POST", "")).Json.GetProperty("listenKey").GetString().ShouldBe(key);
        using var raw = await client.ConnectAsync("/ws/" + key);
        using var combined = await client.ConnectAsync("/stream?streams=" + key);
        await SettleAsync(raw);
        await SettleAsync(combined);

        await client.OrderAsync(Resting);
        var plain = await raw.ReceiveAsync();
        var wrapped = await combined.ReceiveAsync();
        (plain.GetProperty("e").GetString(), plain.GetProperty("x").GetString()).ShouldBe(("executionReport", "NEW"));
        wrapped.GetProperty("stream").GetString().ShouldBe(key);
        wrapped.GetProperty("data").GetProperty("e").GetString().ShouldBe("executionReport");
        (await raw.ReceiveAsync()).GetProperty("e").GetString().ShouldBe("outboundAccountPosition");

        (await KeyedAsync(client, venue, "PUT", "listenKey=" + key)).Text.ShouldBe("{}");
        (await KeyedAsync(client, venue, "PUT", "listenKey=nope")).Code.ShouldBe(-1125);
        (await client.GetAsync("/api/v3/userDataStream")).Status.ShouldBe(404);
        (await KeyedAsync(client, venue, "DELETE", "listenKey=" + key)).Text.ShouldBe("{}");
        (await KeyedAsync(client, venue, "PUT", "listenKey=" + key)).Code.ShouldBe(-1125);
        await client.OrderAsync(Resting);
        await raw.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":9}""");
        (await raw.ReceiveTextAsync()).ShouldBe("""{"result":[],"id":9}""", "a key that was given up hears nothing more");
    }

    [Fact]
    public async Task S20_36_a_listen_key_ends_after_an_hour_without_being_kept_alive()
    {
        await using var sim = await Simulators.StartAsync(v => v with { Binance = Simulators.Patient with { HasListenKeys = true } }, _time);
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        var key = (await KeyedAsync(client, venue, "POST", "")).Json.GetProperty("listenKey").GetString()!;
        using var socket = await client.ConnectAsync("/ws/" + key);
        await SettleAsync(socket);

        _time.Advance(TimeSpan.FromMinutes(59));
        (await KeyedAsync(client, venue, "PUT", "listenKey=" + key)).Status.ShouldBe(200);
        _time.Advance(TimeSpan.FromMinutes(59));
        await SettleAsync(socket);
        _time.Advance(TimeSpan.FromMinutes(2));

        var expired = await socket.ReceiveAsync();
        (expired.GetProperty("e").GetString(), expired.GetProperty("listenKey").GetString()).ShouldBe(("listenKeyExpired", key));
        (await KeyedAsync(client, venue, "PUT", "listenKey=" + key)).Code.ShouldBe(-1125);
    }

    [Fact]
    public async Task S20_36_subscribing_by_signature_works_with_every_kind_of_key()
    {
        using var rsa = RSA.Create(2048);
        await using var sim = await Simulators.StartAsync(v => v with { PublicKeys = new Dictionary<string, string> { ["rsa1"] = rsa.ExportSubjectPublicKeyInfoPem() } });
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);

        foreach (var key in (TestKey[])[TestKey.Hmac(venue), TestKey.Rsa("rsa1", rsa), TestKey.Ed25519(venue)])
        {
            using var socket = await client.ConnectAsync("/ws-api/v3?returnRateLimits=false");
            await socket.SendAsync(key.Frame("userDataStream.subscribe.signature", "1"));
            (await socket.ReceiveTextAsync()).ShouldBe("""{"id":1,"status":200,"result":{"subscriptionId":0}}""");
            await client.OrderAsync(Resting);
            (await socket.ReceiveAsync()).GetProperty("event").GetProperty("e").GetString().ShouldBe("executionReport");
        }
    }

    [Fact]
    public async Task S20_36_one_subscription_per_account_and_its_end_is_told()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        var key = TestKey.Hmac(venue);
        using var socket = await client.ConnectAsync("/ws-api/v3?returnRateLimits=false");
        await socket.SendAsync(key.Frame("userDataStream.subscribe.signature", "1"));
        await socket.ReceiveAsync();

        await socket.SendAsync(TestKey.Ed25519(venue).Frame("userDataStream.subscribe.signature", "2"));
        var second = (await socket.ReceiveAsync()).GetProperty("error");
        (second.GetProperty("code").GetInt32(), second.GetProperty("msg").GetString()).ShouldBe((-2035, "User Data Stream subscription already active."));
        await socket.SendAsync("""{"id":3,"method":"session.subscriptions"}""");
        (await socket.ReceiveTextAsync()).ShouldBe("""{"id":3,"status":200,"result":[{"subscriptionId":0}]}""");
        await socket.SendAsync("""{"id":4,"method":"userDataStream.unsubscribe","params":{"subscriptionId":7}}""");
        (await socket.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-2036);
        await socket.SendAsync("""{"id":5,"method":"userDataStream.unsubscribe","params":{"subscriptionId":0}}""");
        var end = await socket.ReceiveAsync();
        (end.GetProperty("subscriptionId").GetInt32(), end.GetProperty("event").GetProperty("e").GetString()).ShouldBe((0, "eventStreamTerminated"));
        (await socket.ReceiveTextAsync()).ShouldBe("""{"id":5,"status":200,"result":{}}""");
        await socket.SendAsync(key.Frame("userDataStream.subscribe.signature", "6"));
        (await socket.ReceiveAsync()).GetProperty("result").GetProperty("subscriptionId").GetInt32().ShouldBe(1, "ids are not used twice");
    }

    [Fact]
    public async Task S20_37_nothing_comes_after_unsubscribing_or_closing_and_nothing_is_replayed()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        var key = TestKey.Hmac(venue);
        using var witness = await SubscribeAsync(client, key);
        using (var first = await SubscribeAsync(client, key))
        {
            await client.OrderAsync(Resting);
            var report = await first.ReceiveAsync();
            report.EnumerateObject().Select(p => p.Name).ShouldBe(["subscriptionId", "event"]);
            (await first.ReceiveAsync()).GetProperty("event").GetProperty("e").GetString().ShouldBe("outboundAccountPosition");
            await first.SendAsync("""{"id":2,"method":"userDataStream.unsubscribe"}""");
            await first.ReceiveAsync();
            await first.ReceiveAsync();

            await client.OrderAsync(Resting);
            await first.SendAsync("""{"id":3,"method":"ping"}""");
            (await first.ReceiveAsync()).GetProperty("id").GetInt32().ShouldBe(3);
        }

        await client.OrderAsync(Resting);
        using var again = await SubscribeAsync(client, key);
        await again.SendAsync("""{"id":4,"method":"ping"}""");
        (await again.ReceiveAsync()).GetProperty("id").GetInt32().ShouldBe(4, "what happened while away is lost");
        for (var i = 0; i < 6; i++)
        {
            (await witness.ReceiveAsync()).TryGetProperty("event", out _).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task S20_38_reports_of_a_step_then_one_position_of_the_touched_assets_in_absolute_figures()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await SubscribeAsync(client, TestKey.Hmac(venue));

        await client.OrderAsync("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.5");
        var events = await EventsAsync(socket);
        var reports = events.SkipLast(1).ToList();
        reports.ShouldAllBe(e => e.GetProperty("e").GetString() == "executionReport");
        reports[0].GetProperty("x").GetString().ShouldBe("NEW");
        (reports[0].GetProperty("t").GetInt64(), reports[0].GetProperty("N").ValueKind).ShouldBe((-1, JsonValueKind.Null));
        reports.Skip(1).ShouldAllBe(e => e.GetProperty("x").GetString() == "TRADE" && e.GetProperty("t").GetInt64() > 0 && e.GetProperty("N").GetString() == "USDT");
        reports.Select(e => e.GetProperty("I").GetInt64()).ShouldBeInOrder();
        var balances = events[^1].GetProperty("B").EnumerateArray().ToDictionary(b => b.GetProperty("a").GetString()!, b => b.GetProperty("f").GetString()!);
        balances.Keys.Order().ShouldBe(["BTC", "USDT"]);
        balances["BTC"].ShouldBe("1.50000000");

        await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=IOC&quantity=0.001&price=30000");
        var expired = (await EventsAsync(socket))[^2];
        (expired.GetProperty("x").GetString(), expired.GetProperty("X").GetString(), expired.GetProperty("eR").GetString())
            .ShouldBe(("EXPIRED", "EXPIRED", "UNFILLED_IOC_QUANTITY_EXPIRED"));
    }

    [Fact]
    public async Task S20_38_the_ids_swap_on_a_cancel()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await SubscribeAsync(client, TestKey.Hmac(venue));
        await client.OrderAsync(Resting + "&newClientOrderId=mine");
        var placed = (await EventsAsync(socket))[0];
        await client.SignedAsync(HttpMethod.Delete, "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=mine&newClientOrderId=bye");
        var events = await EventsAsync(socket);

        (placed.GetProperty("c").GetString(), placed.GetProperty("C").GetString()).ShouldBe(("mine", ""));
        (events[0].GetProperty("c").GetString(), events[0].GetProperty("C").GetString(), events[0].GetProperty("x").GetString()).ShouldBe(("bye", "mine", "CANCELED"));
        events[0].GetProperty("t").GetInt64().ShouldBe(-1);
        events[1].GetProperty("B").EnumerateArray().Select(b => b.GetProperty("a").GetString()).ShouldBe(["USDT"]);
    }

    [Fact]
    public async Task S20_39_events_before_the_reply()
    {
        await using var sim = await Simulators.StartAsync(
            v => v with { Binance = Simulators.Patient with { AccountEvents = AccountEventOrder.BeforeReply, AccountEventDelay = TimeSpan.FromSeconds(3) } }, _time);
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await SubscribeAsync(client, TestKey.Hmac(venue));

        var reply = client.SignedRawAsync(HttpMethod.Post, "/api/v3/order", Resting + Timestamp);
        (await EventsAsync(socket))[0].GetProperty("x").GetString().ShouldBe("NEW");
        reply.IsCompleted.ShouldBeFalse();
        await AdvanceUntilAsync(reply);
        (await reply).Status.ShouldBe(200);

        await socket.SendAsync(Place(venue, "7"));
        (await EventsAsync(socket))[0].GetProperty("x").GetString().ShouldBe("NEW");
        var answer = socket.ReceiveAsync();
        await AdvanceUntilAsync(answer);
        (await answer).GetProperty("id").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task S20_39_events_right_after_the_reply()
    {
        await using var sim = await Simulators.StartAsync(v => v with { Binance = Simulators.Patient with { AccountEvents = AccountEventOrder.AfterReply } }, _time);
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await SubscribeAsync(client, TestKey.Hmac(venue));

        await socket.SendAsync(Place(venue, "7"));
        (await socket.ReceiveAsync()).GetProperty("id").GetInt32().ShouldBe(7, "the reply comes first on the same socket");
        (await EventsAsync(socket)).Count.ShouldBe(2);
        (await client.SignedRawAsync(HttpMethod.Post, "/api/v3/order", Resting + Timestamp)).Status.ShouldBe(200);
        (await EventsAsync(socket)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task S20_39_events_long_after_the_reply()
    {
        await using var sim = await Simulators.StartAsync(
            v => v with { Binance = Simulators.Patient with { AccountEvents = AccountEventOrder.AfterReply, AccountEventDelay = TimeSpan.FromSeconds(15) } }, _time);
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await SubscribeAsync(client, TestKey.Hmac(venue));

        (await client.SignedRawAsync(HttpMethod.Post, "/api/v3/order", Resting + Timestamp)).Status.ShouldBe(200);
        _time.Advance(TimeSpan.FromSeconds(14));
        await socket.SendAsync("""{"id":9,"method":"ping"}""");
        (await socket.ReceiveAsync()).GetProperty("id").GetInt32().ShouldBe(9, "no event yet");
        _time.Advance(TimeSpan.FromSeconds(2));
        (await EventsAsync(socket))[0].GetProperty("x").GetString().ShouldBe("NEW");
    }

    [Fact]
    public async Task S20_40_only_ed25519_keys_log_on_and_a_session_needs_no_more_signatures()
    {
        using var rsa = RSA.Create(2048);
        await using var sim = await Simulators.StartAsync(v => v with { PublicKeys = new Dictionary<string, string> { ["rsa1"] = rsa.ExportSubjectPublicKeyInfoPem() } });
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await client.ConnectAsync("/ws-api/v3?returnRateLimits=false");

        foreach (var key in (TestKey[])[TestKey.Hmac(venue), TestKey.Rsa("rsa1", rsa)])
        {
            await socket.SendAsync(key.Frame("session.logon", "1"));
            var refused = await socket.ReceiveAsync();
            (refused.GetProperty("status").GetInt32(), refused.GetProperty("id").GetInt32()).ShouldBe((400, 1));
            await socket.SendAsync("""{"id":2,"method":"session.status"}""");
            (await socket.ReceiveAsync()).GetProperty("result").GetProperty("apiKey").ValueKind.ShouldBe(JsonValueKind.Null);
        }

        await socket.SendAsync("""{"id":3,"method":"userDataStream.subscribe"}""");
        (await socket.ReceiveAsync()).GetProperty("status").GetInt32().ShouldBe(401);
        await socket.SendAsync(TestKey.Ed25519(venue).Frame("session.logon", "4"));
        var session = (await socket.ReceiveAsync()).GetProperty("result");
        session.GetProperty("apiKey").GetString().ShouldBe(venue.Ed25519ApiKey);
        session.GetProperty("authorizedSince").GetInt64().ShouldBeGreaterThan(0);
        await socket.SendAsync("""{"id":5,"method":"userDataStream.subscribe"}""");
        (await socket.ReceiveTextAsync()).ShouldBe("""{"id":5,"status":200,"result":{"subscriptionId":0}}""");
        await socket.SendAsync("""{"id":6,"method":"account.status","params":{"timestamp":""" + BinanceTestClient.Now + "}}");
        (await socket.ReceiveAsync()).GetProperty("status").GetInt32().ShouldBe(200);
        await socket.SendAsync("""{"id":7,"method":"account.status"}""");
        (await socket.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-1102);
        await socket.SendAsync("""{"id":8,"method":"session.logout"}""");
        (await socket.ReceiveAsync()).GetProperty("event").GetProperty("e").GetString().ShouldBe("eventStreamTerminated");
        (await socket.ReceiveAsync()).GetProperty("result").GetProperty("apiKey").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task S20_40_after_the_key_is_revoked_the_next_request_is_refused_without_its_id()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await client.ConnectAsync("/ws-api/v3?returnRateLimits=false");
        await socket.SendAsync(TestKey.Ed25519(venue).Frame("session.logon", "1"));
        (await socket.ReceiveAsync()).GetProperty("status").GetInt32().ShouldBe(200);

        await venue.Faults.InjectAsync("expired-key", new FaultOptions { More = new Dictionary<string, string> { ["key"] = venue.Ed25519ApiKey } }, TestContext.Current.CancellationToken);
        await socket.SendAsync("""{"id":2,"method":"account.status","params":{"timestamp":""" + BinanceTestClient.Now + "}}");

        (await socket.ReceiveTextAsync()).ShouldBe("""{"id":null,"status":401,"error":{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}}""");
        (await client.SignedAsync(HttpMethod.Get, "/api/v3/account", "")).Status.ShouldBe(200, "the other key lives on");
    }

    private string Timestamp => $"&timestamp={_time.GetUtcNow().ToUnixTimeMilliseconds()}";

    private string Place(VenueHandle venue, string id) => TestKey.Hmac(venue).Frame(
        "order.place", id, ("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "LIMIT"), ("timeInForce", "GTC"), ("price", "30000"), ("quantity", "0.01"),
        ("timestamp", _time.GetUtcNow().ToUnixTimeMilliseconds()));

    private async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    private static async Task<TestSocket> SubscribeAsync(BinanceTestClient client, TestKey key)
    {
        var socket = await client.ConnectAsync("/ws-api/v3?returnRateLimits=false");
        await socket.SendAsync(key.Frame("userDataStream.subscribe.signature", "1"));
        (await socket.ReceiveAsync()).GetProperty("status").GetInt32().ShouldBe(200);
        return socket;
    }

    // The events of one engine step.
    private static async Task<List<JsonElement>> EventsAsync(TestSocket socket)
    {
        var events = new List<JsonElement>();
        do
        {
            events.Add((await socket.ReceiveAsync(m => m.TryGetProperty("event", out _))).GetProperty("event"));
        }
        while (events[^1].GetProperty("e").GetString() != "outboundAccountPosition");
        return events;
    }

    private static async Task SettleAsync(TestSocket socket)
    {
        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        await socket.ReceiveAsync(m => m.TryGetProperty("result", out _));
    }

    private static Task<Reply> KeyedAsync(BinanceTestClient client, VenueHandle venue, string method, string query)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), "/api/v3/userDataStream" + (query.Length > 0 ? "?" + query : ""));
        request.Headers.Add("X-MBX-APIKEY", venue.ApiKey);
        return client.SendAsync(request);
    }
}
