using System.Text.Json;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Binance;

public sealed class WsApiTests
{
    private static string Call(BinanceTestClient client, VenueHandle venue, string method, string id, params (string Name, object Value)[] parameters)
    {
        var all = new SortedDictionary<string, object>(StringComparer.Ordinal) { ["apiKey"] = venue.ApiKey, ["timestamp"] = BinanceTestClient.Now };
        foreach (var (name, value) in parameters)
        {
            all[name] = value;
        }

        all["signature"] = client.Hmac(string.Join('&', all.Select(p => $"{p.Key}={(p.Value is bool b ? (b ? "true" : "false") : p.Value)}")));
        return $$"""{"id":{{id}},"method":"{{method}}","params":{{JsonSerializer.Serialize(all)}}}""";
    }

    [Fact]
    public async Task S20_10_ids_are_echoed_with_their_type_and_methods_may_be_prefixed()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws-api/v3");

        foreach (var id in (string[])["7", "\"7\"", "null"])
        {
            await socket.SendAsync($$"""{"id":{{id}},"method":"v3/ping"}""");
            var reply = await socket.ReceiveAsync();
            reply.GetProperty("id").GetRawText().ShouldBe(id);
            reply.GetProperty("status").GetInt32().ShouldBe(200);
            reply.GetProperty("rateLimits").GetArrayLength().ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task S20_38_reports_then_position_and_ids_swap_on_cancel()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await client.ConnectAsync("/ws-api/v3?returnRateLimits=false");
        await socket.SendAsync(Call(client, venue, "userDataStream.subscribe.signature", "1"));
        (await socket.ReceiveAsync()).GetProperty("result").GetProperty("subscriptionId").GetInt32().ShouldBe(0);

        await socket.SendAsync(Call(client, venue, "order.place", "2", ("symbol", "BTCUSDT"), ("side", "BUY"), ("type", "LIMIT"), ("timeInForce", "GTC"), ("price", "30000"), ("quantity", "0.01"), ("newClientOrderId", "wb"), ("returnRateLimits", false)));
        var opened = await ReceiveEventsAsync(socket, 2);
        opened[0].GetProperty("event").GetProperty("x").GetString().ShouldBe("NEW");
        opened[0].GetProperty("event").GetProperty("c").GetString().ShouldBe("wb");
        opened[0].GetProperty("event").GetProperty("t").GetInt64().ShouldBe(-1);
        opened[0].GetProperty("event").GetProperty("N").ValueKind.ShouldBe(JsonValueKind.Null);
        opened[1].GetProperty("event").GetProperty("e").GetString().ShouldBe("outboundAccountPosition");
        opened[1].GetProperty("event").GetProperty("B")[0].GetProperty("l").GetString().ShouldBe("300.00000000");

        await socket.SendAsync(Call(client, venue, "order.cancel", "3", ("symbol", "BTCUSDT"), ("origClientOrderId", "wb"), ("newClientOrderId", "bye")));
        var cancelled = (await ReceiveEventsAsync(socket, 2))[0].GetProperty("event");
        (cancelled.GetProperty("x").GetString(), cancelled.GetProperty("X").GetString(), cancelled.GetProperty("c").GetString(), cancelled.GetProperty("C").GetString())
            .ShouldBe(("CANCELED", "CANCELED", "bye", "wb"));

        await socket.SendAsync(Call(client, venue, "order.place", "4", ("symbol", "BTCUSDT"), ("side", "SELL"), ("type", "MARKET"), ("quantity", "0.02")));
        var events = new List<JsonElement>();
        do
        {
            events.Add((await socket.ReceiveAsync(m => m.TryGetProperty("event", out _))).GetProperty("event"));
        }
        while (events[^1].GetProperty("e").GetString() != "outboundAccountPosition");

        events[0].GetProperty("x").GetString().ShouldBe("NEW");
        events.Skip(1).SkipLast(1).ShouldAllBe(e => e.GetProperty("x").GetString() == "TRADE");
        events[^2].GetProperty("X").GetString().ShouldBe("FILLED");
        events.Select(e => e.TryGetProperty("I", out var i) ? i.GetInt64() : long.MaxValue).ShouldBeInOrder();
    }

    [Fact]
    public async Task S20_36_second_subscription_is_refused_and_unsubscribing_says_so()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await client.ConnectAsync("/ws-api/v3");
        await socket.SendAsync(Call(client, venue, "userDataStream.subscribe.signature", "1"));
        await socket.ReceiveAsync();

        await socket.SendAsync(Call(client, venue, "userDataStream.subscribe.signature", "2"));
        (await socket.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-2035);
        await socket.SendAsync("""{"id":3,"method":"userDataStream.unsubscribe","params":{}}""");
        (await socket.ReceiveAsync()).GetProperty("event").GetProperty("e").GetString().ShouldBe("eventStreamTerminated");
        (await socket.ReceiveAsync()).GetProperty("status").GetInt32().ShouldBe(200);
    }

    [Fact]
    public async Task S20_40_logon_refuses_hmac_and_session_calls_need_a_logon()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var socket = await client.ConnectAsync("/ws-api/v3");

        await socket.SendAsync(Call(client, venue, "session.logon", "1"));
        (await socket.ReceiveAsync()).GetProperty("status").GetInt32().ShouldNotBe(200);
        await socket.SendAsync("""{"id":2,"method":"userDataStream.subscribe"}""");
        (await socket.ReceiveAsync()).GetProperty("status").GetInt32().ShouldBe(401);
    }

    [Fact]
    public async Task S20_09_errors_carry_status_and_code_under_error()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws-api/v3");

        await socket.SendAsync("""{"id":1,"method":"depth","params":{"symbol":"NOPE"}}""");
        var reply = await socket.ReceiveAsync();

        reply.GetProperty("status").GetInt32().ShouldBe(400);
        reply.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(-1121);
    }

    [Fact]
    public async Task S20_24_own_resting_order_expires_instead_of_trading_with_itself()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);

        // Inside the spread of a frozen moment, so that nobody else can trade in between.
        var expired = venue.Venue.Execute(engine =>
        {
            var account = venue.Venue.Credentials[venue.ApiKey].Account;
            var top = engine.Books["BTCUSDT"].Top;
            NewOrder Order(Side side) => new()
            {
                Symbol = "BTCUSDT", Side = side, Type = OrderType.Limit, Quantity = 0.001m, Price = top.BidPrice + 0.01m,
                ClientId = side.ToString(), Tag = new OrderTag(OrderKind.Find("LIMIT")!, "EXPIRE_MAKER"), SelfTradePrevention = SelfTradePrevention.ExpireMaker,
            };
            var maker = engine.Place(account, Order(Side.Buy)).Order!;
            var taker = engine.Place(account, Order(Side.Sell)).Order!;
            return (maker.Status, taker.Fills!.Any(f => f.Price == maker.Price));
        });

        expired.ShouldBe((OrderStatus.ExpiredInMatch, false));
        await Task.CompletedTask;
    }

    private static async Task<List<JsonElement>> ReceiveEventsAsync(TestSocket socket, int count)
    {
        var events = new List<JsonElement>();
        while (events.Count < count)
        {
            events.Add(await socket.ReceiveAsync(m => m.TryGetProperty("event", out _)));
        }

        return events;
    }
}
