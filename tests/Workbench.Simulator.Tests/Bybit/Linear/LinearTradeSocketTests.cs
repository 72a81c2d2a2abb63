using Workbench.Simulator.Bybit;

namespace Workbench.Simulator.Tests.Bybit.Linear;

public sealed class LinearTradeSocketTests
{
    private const string Limit = "{\"category\":\"linear\",\"symbol\":\"BTCUSDT\",\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.1\",\"price\":\"59000\"}";

    [Fact]
    public async Task S22_38_linear_orders_over_the_trade_socket_share_allowance_and_desk_with_rest()
    {
        await using var bench = await LinearBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        var created = await trade.AskAsync(bench.Client.TradeMessage("order.create", Limit, "r-1"));
        (created.Get("reqId"), created.Get("retCode"), created.Get("op")).ShouldBe(("r-1", "0", "order.create"));
        var id = created.GetProperty("data").Get("orderId");
        (created.GetProperty("header").Get("X-Bapi-Limit"), created.GetProperty("header").Get("X-Bapi-Limit-Status")).ShouldBe(("10", "9"));
        var rest = await bench.LimitAsync("Buy", "0.1", "59000");
        rest.Header("X-Bapi-Limit-Status").ShouldBe("8");

        var amended = await trade.AskAsync(bench.Client.TradeMessage("order.amend", $"{{\"category\":\"linear\",\"symbol\":\"BTCUSDT\",\"orderId\":\"{id}\",\"qty\":\"0.2\"}}"));
        amended.Get("retCode").ShouldBe("0");
        (await bench.OrderAsync(id)).Get("qty").ShouldBe("0.2");
        var cancelled = await trade.AskAsync(bench.Client.TradeMessage("order.cancel", $"{{\"category\":\"linear\",\"symbol\":\"BTCUSDT\",\"orderId\":\"{id}\"}}"));
        cancelled.Get("retCode").ShouldBe("0");
        (await trade.AskAsync(bench.Client.TradeMessage("order.cancel", $"{{\"category\":\"linear\",\"symbol\":\"BTCUSDT\",\"orderId\":\"{id}\"}}"))).Get("retCode").ShouldBe("110001");
    }

    [Fact]
    public async Task S22_38_linear_batch_over_the_trade_socket_overflows_item_by_item()
    {
        await using var bench = await LinearBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        var items = string.Join(',', Enumerable.Repeat("{\"symbol\":\"BTCUSDT\",\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.1\",\"price\":\"59000\"}", 12));
        var reply = await trade.AskAsync(bench.Client.TradeMessage("order.create-batch", $"{{\"category\":\"linear\",\"request\":[{items}]}}"));
        reply.Get("retCode").ShouldBe("0");
        reply.GetProperty("retExtInfo").GetProperty("list").EnumerateArray().Count(i => i.Get("code") == "10006").ShouldBe(2);
        bench.Margin.Account.OpenOrders.Count.ShouldBe(10);
    }

    [Fact]
    public async Task S22_16_linear_private_topics_come_by_category_or_all_in_one()
    {
        await using var bench = await LinearBench.StartAsync();
        using var all = await bench.Client.ListenAsync("order");
        using var linear = await bench.Client.ListenAsync("order.linear", "position.linear", "execution.linear");
        using var spot = await bench.Client.ListenAsync("order.spot", "execution.spot");
        await bench.MarketAsync("Buy", "0.1");
        await bench.Client.LimitAsync("Buy", "0.01", "59000");
        (await all.DrainAsync()).Select(p => p.First().Get("category")).ShouldBe(["linear", "spot"]);
        (await linear.DrainAsync()).Select(p => p.Get("topic")).ShouldBe(["execution.linear", "order.linear", "position.linear"]);
        (await spot.DrainAsync()).Select(p => p.First().Get("category")).ShouldBe(["spot"]);
        using var both = await bench.Client.LoginAsync("private");
        (await both.SubscribeAsync("order", "order.linear")).Get("success").ShouldBe("False");
    }

    [Fact]
    public async Task S22_26_linear_late_cancel_may_be_taken_and_tells_the_filled_order_again()
    {
        await using var bench = await LinearBench.StartAsync(new() { Name = "bybit", Dialect = "bybit", Bybit = new BybitOptions { AcceptsLateCancels = true } });
        var id = (await bench.MarketAsync("Buy", "0.1")).OrderId;
        using var socket = await bench.Client.ListenAsync("order");
        (await bench.PostAsync("/v5/order/cancel", $"\"orderId\":\"{id}\"")).Code.ShouldBe(0);
        var order = (await socket.DrainAsync()).Single().First();
        (order.Get("orderStatus"), order.Get("cancelType"), order.Get("rejectReason")).ShouldBe(("Filled", "CancelByUser", "EC_OrigClOrdIDDoesNotExist"));
        (await bench.OrderAsync(id)).Get("rejectReason").ShouldBe("EC_NoError");
    }

    [Fact]
    public async Task S22_32_linear_recent_orders_are_forgotten_by_a_restart_and_history_hides_old_zero_fills()
    {
        await using var bench = await LinearBench.StartAsync();
        var cancelled = (await bench.LimitAsync("Buy", "0.1", "59000")).OrderId;
        await bench.PostAsync("/v5/order/cancel", $"\"orderId\":\"{cancelled}\"");
        var filled = (await bench.MarketAsync("Buy", "0.1")).OrderId;
        (await Ids(bench, "realtime", "&openOnly=1")).ShouldBe([filled, cancelled]);
        (await Ids(bench, "realtime", "")).ShouldBeEmpty();
        (await Ids(bench, "history", "")).ShouldBe([filled, cancelled]);
        (await Ids(bench, "history", "&orderStatus=Filled")).ShouldBe([filled]);
        bench.Bench.Advance(TimeSpan.FromHours(25));
        (await Ids(bench, "history", "")).ShouldBe([filled]);
        bench.Linear.Ledgers.Restart(bench.Linear.Clock.NowMicros);
        (await Ids(bench, "realtime", "&openOnly=1")).ShouldBeEmpty();
        (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=linear")).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task Linear_fee_rates_are_those_of_contracts()
    {
        await using var bench = await LinearBench.StartAsync();
        var rate = (await bench.Client.PrivateGetAsync("/v5/account/fee-rate", "category=linear&symbol=BTCUSDT")).List[0];
        (rate.Get("takerFeeRate"), rate.Get("makerFeeRate")).ShouldBe(("0.00055", "0.0002"));
        (await bench.Client.PrivateGetAsync("/v5/account/fee-rate", "category=linear&symbol=NOPE")).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task S22_05_linear_settings_and_orders_are_refused_to_a_read_only_key()
    {
        await using var bench = await LinearBench.StartAsync();
        var credential = bench.Bench.Venue.Credentials[BybitBench.Key];
        bench.Bench.Venue.SetCredential(credential with { CanTrade = false });
        (await bench.LimitAsync("Buy", "0.1", "59000")).Code.ShouldBe(10005);
        (await bench.PostAsync("/v5/position/set-leverage", "\"buyLeverage\":\"5\",\"sellLeverage\":\"5\"")).Code.ShouldBe(10005);
        (await bench.PostAsync("/v5/position/switch-mode", "\"mode\":3")).Code.ShouldBe(10005);
        (await bench.Client.PrivateGetAsync("/v5/position/list", "category=linear&symbol=BTCUSDT")).Code.ShouldBe(0);
    }

    private static async Task<List<string>> Ids(LinearBench bench, string kind, string more) =>
        (await bench.Client.PrivateGetAsync("/v5/order/" + kind, "category=linear&symbol=BTCUSDT" + more)).List
            .EnumerateArray().Select(o => o.Get("orderId")).ToList();
}
