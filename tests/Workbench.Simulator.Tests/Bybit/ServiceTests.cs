using System.Net.WebSockets;
using Workbench.Simulator.Bybit;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class ServiceTests
{
    private const string Order = "\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task S22_31_while_the_service_restarts_new_requests_get_10019_and_those_under_way_complete()
    {
        await using var bench = await BybitBench.StartAsync();
        using var busy = await bench.Client.LoginAsync("trade");
        using var other = await bench.Client.LoginAsync("trade");
        await bench.Faults.InjectAsync("answer-late", new Dictionary<string, string> { ["delay"] = "10s", ["count"] = "1" });
        var underWay = busy.AskAsync(bench.Client.TradeMessage("order.create", BybitTestClient.Spot(Order)));
        await bench.UntilAsync(() => bench.Faults.Transcript.Any(r => r is { Fault: "answer-late", Strike: 1 }));
        bench.Account.OpenOrders.Count.ShouldBe(1);
        var restart = bench.Handle.ShutDownConnectionsAsync(Minute);
        (await other.AskAsync(bench.Client.TradeMessage("order.create", BybitTestClient.Spot(Order)))).Get("retCode").ShouldBe("10019");
        (await bench.Client.CreateAsync(Order)).Code.ShouldBe(10016);
        await bench.AdvanceUntilAsync(TimeSpan.FromSeconds(10), underWay);
        (await underWay).Get("retCode").ShouldBe("0");
        bench.Account.OpenOrders.Count.ShouldBe(1);
        await bench.AdvanceUntilAsync(Minute, restart);
        (await other.ReceiveTextAsync()).ShouldBeNull("the old sockets are closed");
        using var again = await bench.Client.LoginAsync("trade");
        (await again.AskAsync(bench.Client.TradeMessage("order.create", BybitTestClient.Spot(Order)))).Get("retCode").ShouldBe("0");
    }

    [Fact]
    public async Task S22_32_the_cache_of_recent_orders_is_limited_and_empty_after_a_restart()
    {
        await using var bench = await BybitBench.StartAsync(options: BybitBench.With(new BybitOptions()) with { RateLimits = false });
        var open = await bench.Client.LimitAsync("Buy", "0.001", "59000");
        for (var i = 0; i < 501; i++)
        {
            await bench.Client.LimitAsync("Buy", "0.001", "59000", $",\"timeInForce\":\"IOC\",\"orderLinkId\":\"ioc-{i}\"");
        }

        var seen = await bench.AllAsync("/v5/order/realtime", "category=spot&openOnly=1&limit=50");
        seen.Count.ShouldBe(501, "500 that ended and the open one");
        seen.Select(o => o.Get("orderLinkId")).ShouldNotContain("ioc-0");
        (await FoundAsync("orderLinkId=ioc-0")).ShouldBe(0);
        (await FoundAsync("orderLinkId=ioc-500")).ShouldBe(1);

        bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        await bench.Handle.ShutDownConnectionsAsync(TimeSpan.Zero);
        var rest = await bench.AllAsync("/v5/order/realtime", "category=spot&openOnly=1&limit=50");
        rest.ConvertAll(o => o.Get("orderId")).ShouldBe([open.OrderId]);
        (await FoundAsync("orderLinkId=ioc-500")).ShouldBe(0);
        (await bench.Client.PrivateGetAsync("/v5/order/history", "category=spot&orderLinkId=ioc-500")).List.GetArrayLength().ShouldBe(1);

        async Task<int> FoundAsync(string query) =>
            (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=spot&" + query)).List.GetArrayLength();
    }

    [Fact]
    public async Task S22_39_a_maintenance_is_announced_begins_and_ends_on_the_topic_and_over_rest()
    {
        await using var bench = await BybitBench.StartAsync(options: BybitBench.With(Maintained()));
        using var status = await bench.Client.ConnectAsync("status");
        (await status.SubscribeAsync("system.status")).Get("success").ShouldBe("True");
        (await StatesAsync(bench)).ShouldBe(["scheduled"]);
        bench.Advance(10 * Minute);
        (await StatesAsync(bench)).ShouldBe(["ongoing"]);
        bench.Advance(Minute);
        (await status.DrainAsync()).Count.ShouldBe(1);
        bench.Advance(4 * Minute);
        (await StatesAsync(bench)).ShouldBe(["completed"]);
        var push = (await status.DrainAsync()).Single();
        (push.Get("topic"), push.First().Get("state"), push.First().Get("title")).ShouldBe(("system.status", "completed", "Engine upgrade"));
        (push.First().Get("begin"), push.First().Get("end")).ShouldBe(("1700000600000", "1700000900000"));
        var recorded = Recorded.Read("WS-PUBLIC/system.status/push_01_jkorf.json");
        Shape.Differences(recorded, push).ShouldBeEmpty();
        (await bench.Client.GetAsync("/v5/system/status?state=ongoing")).List.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task S22_39_private_sockets_are_closed_during_maintenance_and_market_data_goes_on()
    {
        await using var bench = await BybitBench.StartAsync(options: BybitBench.With(Maintained()));
        using var priv = await bench.Client.ListenAsync("order");
        using var trade = await bench.Client.LoginAsync("trade");
        using var pub = await bench.Client.ConnectAsync("public");
        await pub.SubscribeAsync("orderbook.50.BTCUSDT");
        await pub.ReceiveAsync();
        (await bench.Client.CreateAsync(Order)).Code.ShouldBe(0);
        (await priv.ReceiveAsync()).Get("topic").ShouldBe("order");
        bench.Advance(10 * Minute);
        (await priv.ReceiveTextAsync()).ShouldBeNull();
        (await trade.ReceiveTextAsync()).ShouldBeNull();
        foreach (var name in (string[])["private", "trade"])
        {
            await Should.ThrowAsync<WebSocketException>(() => bench.Client.ConnectAsync(name));
        }

        (await bench.Client.CreateAsync(Order)).Code.ShouldBe(10016);
        bench.Account.OpenOrders.Count.ShouldBe(1);
        (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=spot")).List.GetArrayLength().ShouldBe(1);
        await pub.DrainAsync();
        bench.Advance(5 * Minute);
        (await pub.DrainAsync()).Single().GetProperty("data").GetProperty("u").GetInt64().ShouldBe(1, "the engine began anew");
        (await bench.Client.CreateAsync(Order)).Code.ShouldBe(0);
        using var back = await bench.Client.ListenAsync("order");
    }

    private static BybitOptions Maintained() => new()
    {
        Maintenance = [new PlannedMaintenance(10 * Minute, 5 * Minute, "Engine upgrade")],
        IdleLimit = TimeSpan.FromHours(1),
    };

    private static async Task<string[]> StatesAsync(BybitBench bench) =>
        [.. (await bench.Client.GetAsync("/v5/system/status")).List.EnumerateArray().Select(e => e.Get("state"))];
}
