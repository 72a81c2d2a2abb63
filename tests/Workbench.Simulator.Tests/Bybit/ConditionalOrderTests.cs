using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class ConditionalOrderTests
{
    private const string Stop = "\"orderFilter\":\"StopOrder\"";
    private const string Tpsl = "\"orderFilter\":\"tpslOrder\"";

    [Fact]
    public async Task S21_1_a_stop_order_waits_is_triggered_and_trades_under_one_id()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order", "execution");
        var id = (await bench.Client.CreateAsync($"\"side\":\"Buy\",\"orderType\":\"Market\",\"qty\":\"0.1\",\"marketUnit\":\"baseCoin\",{Stop},\"triggerPrice\":\"60100\"")).OrderId;
        var waiting = (await socket.DrainAsync()).Single().First();
        (waiting.Get("orderStatus"), waiting.Get("triggerPrice"), waiting.Get("stopOrderType")).ShouldBe(("Untriggered", "60100", "Stop"));
        Print(bench, 60_099.9m);
        (await socket.DrainAsync()).ShouldBeEmpty("not there yet");
        Print(bench, 60_100m);
        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["order Triggered", "execution", "order Filled"]);
        pushes.ShouldAllBe(p => p.First().Get("orderId") == id);
        pushes[1].First().Get("stopOrderType").ShouldBe("Stop");
    }

    [Fact]
    public async Task A_triggered_limit_order_rests_as_new_at_its_price()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.LimitAsync("Buy", "0.1", "59500", $",{Stop},\"triggerPrice\":\"59900\"");
        Print(bench, 59_900m);
        (await socket.DrainAsync()).Script().ShouldBe(["order Untriggered", "order Triggered", "order New"]);
        var book = (await bench.Client.GetAsync("/v5/market/orderbook?category=spot&symbol=BTCUSDT&limit=5")).Result;
        book.GetProperty("b").GetRawText().ShouldContain("[\"59500\",\"0.1\"]");
    }

    [Fact]
    public async Task Stop_orders_take_funds_when_triggered_and_tpsl_orders_when_placed()
    {
        await using var bench = await BybitBench.StartAsync();
        await bench.Client.LimitAsync("Sell", "0.5", "59000", $",{Stop},\"triggerPrice\":\"59500\"");
        (await LockedAsync(bench, "BTC")).ShouldBe("0");
        await bench.Client.LimitAsync("Sell", "0.5", "59000", $",{Tpsl},\"triggerPrice\":\"59500\"");
        (await LockedAsync(bench, "BTC")).ShouldBe("0.5");
        (await bench.Client.LimitAsync("Sell", "30", "59000", $",{Tpsl},\"triggerPrice\":\"59500\"")).Code.ShouldBe(170131);
        (await bench.Client.LimitAsync("Sell", "30", "59000", $",{Stop},\"triggerPrice\":\"59500\"")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task S21_1_a_triggered_order_that_cannot_be_paid_is_rejected_by_the_engine()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        (await bench.Client.LimitAsync("Sell", "30", "61000", $",{Stop},\"triggerPrice\":\"59500\"")).Code.ShouldBe(0);
        Print(bench, 59_500m);
        var last = (await socket.DrainAsync())[^1].First();
        (last.Get("orderStatus"), last.Get("cumExecQty")).ShouldBe(("Rejected", "0"));
        bench.Account.OpenOrders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelled_before_its_trigger_an_order_is_deactivated()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.LimitAsync("Buy", "0.1", "59500", $",{Stop},\"triggerPrice\":\"59900\",\"orderLinkId\":\"s\"");
        (await CancelAsync(bench, "\"orderLinkId\":\"s\"")).ShouldBe(170213, "unless named it is plain orders that are meant");
        (await CancelAsync(bench, "\"orderLinkId\":\"s\",\"orderFilter\":\"tpslOrder\"")).ShouldBe(170213, "it is of another kind");
        (await CancelAsync(bench, "\"orderLinkId\":\"s\",\"orderFilter\":\"StopOrder\"")).ShouldBe(0);
        (await socket.DrainAsync()).Script().ShouldBe(["order Untriggered", "order Deactivated"]);
        var old = (await bench.Client.PrivateGetAsync("/v5/order/history", "category=spot&orderStatus=Deactivated")).List;
        old[0].Get("orderLinkId").ShouldBe("s");
    }

    [Fact]
    public async Task S22_27_cancel_all_leaves_conditional_and_tpsl_orders_unless_asked()
    {
        await using var bench = await BybitBench.StartAsync();
        await bench.Client.LimitAsync("Buy", "0.1", "59500", ",\"orderLinkId\":\"plain\"");
        await bench.Client.LimitAsync("Buy", "0.1", "59500", $",{Stop},\"triggerPrice\":\"59900\",\"orderLinkId\":\"stop\"");
        await bench.Client.LimitAsync("Sell", "0.1", "61500", $",{Tpsl},\"triggerPrice\":\"61000\",\"orderLinkId\":\"tpsl\"");
        async Task<string[]> CancelAllAsync(string more) =>
            [.. (await bench.Client.PostAsync("/v5/order/cancel-all", "{\"category\":\"spot\"" + more + "}")).List.EnumerateArray().Select(o => o.Get("orderLinkId"))];
        (await CancelAllAsync("")).ShouldBe(["plain"]);
        (await CancelAllAsync("")).ShouldBeEmpty();
        (await CancelAllAsync(",\"orderFilter\":\"tpslOrder\"")).ShouldBe(["tpsl"]);
        (await CancelAllAsync(",\"orderFilter\":\"StopOrder\"")).ShouldBe(["stop"]);
        (await bench.Client.PostAsync("/v5/order/cancel-all", "{\"category\":\"spot\",\"orderFilter\":\"Any\"}")).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task Queries_tell_the_kinds_apart()
    {
        await using var bench = await BybitBench.StartAsync();
        await bench.Client.LimitAsync("Buy", "0.1", "59500", ",\"orderLinkId\":\"plain\"");
        await bench.Client.LimitAsync("Buy", "0.1", "59500", $",{Stop},\"triggerPrice\":\"59900\",\"orderLinkId\":\"stop\"");
        (await LinksAsync(bench, "")).ShouldBe(["stop", "plain"]);
        (await LinksAsync(bench, "&orderFilter=Order")).ShouldBe(["plain"]);
        (await LinksAsync(bench, "&orderFilter=StopOrder")).ShouldBe(["stop"]);
        (await LinksAsync(bench, "&orderFilter=tpslOrder")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_trigger_price_can_be_amended_while_the_order_waits()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.LimitAsync("Buy", "0.1", "59500", $",{Stop},\"triggerPrice\":\"59900\",\"orderLinkId\":\"s\"");
        async Task<int> AmendAsync(string members) =>
            (await bench.Client.PostAsync("/v5/order/amend", BybitTestClient.Spot($"\"orderLinkId\":\"s\",{members}"))).Code;
        (await AmendAsync("\"triggerPrice\":\"59800.05\"")).ShouldBe(170134);
        (await AmendAsync("\"triggerPrice\":\"59800\",\"qty\":\"0.2\",\"price\":\"59400\"")).ShouldBe(0);
        Print(bench, 59_900m);
        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["order Untriggered", "order Untriggered"]);
        var order = pushes[1].First();
        (order.Get("triggerPrice"), order.Get("qty"), order.Get("price")).ShouldBe(("59800", "0.2", "59400"));
        Print(bench, 59_800m);
        (await socket.DrainAsync()).Script().ShouldBe(["order Triggered", "order New"]);
    }

    [Fact]
    public async Task Thirty_orders_of_a_kind_may_wait_per_symbol()
    {
        await using var bench = await BybitBench.StartAsync(options: BybitBench.With(new()) with { RateLimits = false });
        async Task<int> PlaceAsync(string filter) =>
            (await bench.Client.LimitAsync("Buy", "0.001", "59500", $",{filter},\"triggerPrice\":\"59900\"")).Code;
        for (var i = 0; i < 30; i++)
        {
            (await PlaceAsync(Stop)).ShouldBe(0);
        }

        (await PlaceAsync(Stop)).ShouldBe(170810);
        (await PlaceAsync(Tpsl)).ShouldBe(0);
        (await bench.Client.LimitAsync("Buy", "0.001", "59500")).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("\"triggerPrice\":\"59900\"", 10001)]
    [InlineData("\"orderFilter\":\"StopOrder\"", 10001)]
    [InlineData("\"orderFilter\":\"StopOrder\",\"triggerPrice\":\"60000\"", 10001)]
    [InlineData("\"orderFilter\":\"StopOrder\",\"triggerPrice\":\"59900.05\"", 170134)]
    [InlineData("\"orderFilter\":\"StopOrder\",\"triggerPrice\":\"59900\",\"timeInForce\":\"PostOnly\"", 10001)]
    [InlineData("\"orderFilter\":\"OcoOrder\",\"triggerPrice\":\"59900\"", 10001)]
    [InlineData("\"takeProfit\":\"59000\"", 10001)]
    [InlineData("\"stopLoss\":\"60000\"", 10001)]
    [InlineData("\"takeProfit\":\"61000.05\"", 10001)]
    [InlineData("\"takeProfit\":\"61000\",\"tpOrderType\":\"Limit\"", 10001)]
    [InlineData("\"isLeverage\":1", 10001)]
    [InlineData("\"triggerDirection\":1", 10001)]
    public async Task Terms_that_contradict_each_other_are_refused(string more, int code)
    {
        await using var bench = await BybitBench.StartAsync();
        (await bench.Client.LimitAsync("Buy", "0.1", "59500", "," + more)).Code.ShouldBe(code);
        bench.Account.OpenOrders.ShouldBeEmpty();
    }

    [Fact]
    public async Task Attached_exits_appear_when_the_order_is_filled_and_one_ends_the_other()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.LimitAsync("Buy", "0.1", "60000", ",\"takeProfit\":\"60500\",\"stopLoss\":\"59500\",\"tpLimitPrice\":\"60600\",\"tpOrderType\":\"Limit\",\"orderLinkId\":\"entry\"");
        var entry = (await socket.DrainAsync()).Single().First();
        (entry.Get("takeProfit"), entry.Get("stopLoss"), entry.Get("tpLimitPrice"), entry.Get("slLimitPrice")).ShouldBe(("60500", "59500", "60600", ""));
        (await LinksAsync(bench, "")).ShouldBe(["entry"], "the exits do not exist yet");
        bench.Quote(Side.Sell, 60_000m, 0.1m);
        var exits = (await socket.DrainAsync()).ConvertAll(p => p.First());
        exits.ConvertAll(o => $"{o.Get("orderStatus")} {o.Get("stopOrderType")} {o.Get("side")} {o.Get("qty")} {o.Get("triggerPrice")} {o.Get("parentOrderLinkId")}").ShouldBe(
            ["Filled  Buy 0.1 0 ", "Untriggered TakeProfit Sell 0.0999 60500 entry", "Untriggered StopLoss Sell 0.0999 59500 entry"]);
        (await LockedAsync(bench, "BTC")).ShouldBe("0.0999", "one of the two will sell it");
        Print(bench, 59_500m);
        var ends = (await socket.DrainAsync()).ConvertAll(p => p.First());
        ends.ConvertAll(o => $"{o.Get("stopOrderType")} {o.Get("orderStatus")}").ShouldBe(
            ["StopLoss Triggered", "TakeProfit Deactivated", "StopLoss Filled"], ignoreOrder: true);
        ends.Single(o => o.Get("orderStatus") == "Filled").Get("ocoTriggerBy").ShouldBe("OcoTriggerBySl");
        (await LinksAsync(bench, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Attached_exits_of_an_order_that_is_cancelled_never_appear()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.LimitAsync("Buy", "0.1", "60000", ",\"takeProfit\":\"60500\",\"orderLinkId\":\"entry\"");
        (await CancelAsync(bench, "\"orderLinkId\":\"entry\"")).ShouldBe(0);
        (await socket.DrainAsync()).Script().ShouldBe(["order New", "order Cancelled"]);
        bench.Account.OpenOrders.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_market_order_brings_its_exits_at_once_and_they_can_be_moved_before()
    {
        await using var bench = await BybitBench.StartAsync();
        await bench.Client.CreateAsync("\"side\":\"Buy\",\"orderType\":\"Market\",\"qty\":\"600\",\"stopLoss\":\"59000\"");
        var exit = (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=spot")).List[0];
        (exit.Get("stopOrderType"), exit.Get("triggerPrice"), exit.Get("qty")).ShouldBe(("StopLoss", "59000", "0.009989"));
        await bench.Client.LimitAsync("Buy", "0.1", "60000", ",\"takeProfit\":\"60500\",\"orderLinkId\":\"e\"");
        (await bench.Client.PostAsync("/v5/order/amend", BybitTestClient.Spot("\"orderLinkId\":\"e\",\"takeProfit\":\"60700\""))).Code.ShouldBe(0);
        bench.Quote(Side.Sell, 60_000m, 0.1m);
        (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=spot")).List[0].Get("triggerPrice").ShouldBe("60700");
    }

    // A print at a price without moving the book: what triggers look at.
    private static void Print(BybitBench bench, decimal price) => bench.Venue.Execute(engine =>
        engine.Print(engine.Book("BTCUSDT")!, price, 0.001m, Side.Buy, firesTriggers: true));

    private static async Task<int> CancelAsync(BybitBench bench, string members) =>
        (await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot(members))).Code;

    private static async Task<string> LockedAsync(BybitBench bench, string coin)
    {
        var wallet = await bench.Client.PrivateGetAsync("/v5/account/wallet-balance", "accountType=UNIFIED&coin=" + coin);
        return wallet.List[0].GetProperty("coin")[0].Get("locked");
    }

    private static async Task<string[]> LinksAsync(BybitBench bench, string more) =>
        [.. (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=spot" + more)).List.EnumerateArray().Select(o => o.Get("orderLinkId"))];
}
