using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit.Linear;

public sealed class LinearOrderTests
{
    [Fact]
    public async Task S21_1_linear_limit_that_rests_tells_order_position_and_wallet()
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order", "execution", "position", "wallet");
        var reply = await bench.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"mine-1\"");
        reply.Code.ShouldBe(0);
        reply.Result.EnumerateObject().Select(m => m.Name).ShouldBe(["orderId", "orderLinkId"]);
        Guid.TryParseExact(reply.OrderId, "D", out _).ShouldBeTrue();

        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["order New", "position", "wallet"]);
        var order = pushes[0].First();
        order.Get("category").ShouldBe("linear");
        order.Get("orderId").ShouldBe(reply.OrderId);
        order.Get("orderLinkId").ShouldBe("mine-1");
        order.Get("leavesQty").ShouldBe("0.1");
        order.Get("avgPrice").ShouldBe("");
    }

    [Fact]
    public async Task S21_1_linear_limit_that_crosses_fully_tells_fills_order_position_wallet()
    {
        await using var bench = await LinearBench.StartAsync();
        bench.Quote(Side.Sell, 60_002m, 1m);
        using var socket = await bench.Client.ListenAsync("order", "execution", "position", "wallet");
        await bench.LimitAsync("Buy", "5.5", "60002");
        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["execution", "order Filled", "position", "wallet"]);
        pushes[0].GetProperty("data").EnumerateArray().Select(f => $"{f.Get("execQty")}@{f.Get("execPrice")} left {f.Get("leavesQty")}")
            .ShouldBe(["5@60001 left 0.5", "0.5@60002 left 0"]);
        var position = pushes[2].First();
        (position.Get("side"), position.Get("size"), position.Get("entryPrice")).ShouldBe(("Buy", "5.5", "60001.09090909"));
    }

    [Fact]
    public async Task S22_19_linear_post_only_that_would_cross_is_accepted_then_cancelled()
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order.linear", "execution.linear");
        (await bench.LimitAsync("Buy", "0.01", "60001", ",\"timeInForce\":\"PostOnly\"")).Code.ShouldBe(0);
        var pushes = await socket.DrainAsync();
        pushes.Count.ShouldBe(1);
        pushes[0].Get("topic").ShouldBe("order.linear");
        var order = pushes[0].First();
        (order.Get("orderStatus"), order.Get("rejectReason"), order.Get("leavesQty"), order.Get("cancelType"))
            .ShouldBe(("Cancelled", "EC_PostOnlyWillTakeLiquidity", "0", "UNKNOWN"));
    }

    [Theory]
    [InlineData("IOC", "0.01", "60000", "Cancelled", "EC_NoImmediateQtyToFill", "0")]
    [InlineData("IOC", "7", "60001", "Cancelled", "EC_CancelForNoFullFill", "5")]
    [InlineData("IOC", "5", "60001", "Filled", "EC_NoError", "5")]
    [InlineData("FOK", "7", "60001", "Cancelled", "EC_NoEnoughQtyToFill", "0")]
    [InlineData("FOK", "5", "60001", "Filled", "EC_NoError", "5")]
    [InlineData("GTC", "7", "60001", "PartiallyFilled", "EC_NoError", "5")]
    public async Task S22_21_linear_remainders_end_as_cancelled_with_or_without_fills(
        string tif, string qty, string price, string status, string reason, string executed)
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        await bench.LimitAsync("Buy", qty, price, $",\"timeInForce\":\"{tif}\"");
        var order = (await socket.DrainAsync()).Single().First();
        order.Get("orderStatus").ShouldBe(status);
        order.Get("rejectReason").ShouldBe(reason);
        order.Get("cumExecQty").ShouldBe(executed);
        order.Get("leavesQty").ShouldBe(status == "PartiallyFilled" ? "2" : "0");
    }

    [Fact]
    public async Task S22_21_linear_partial_then_user_cancel_is_cancelled_with_fills()
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order", "position", "wallet");
        var id = (await bench.LimitAsync("Buy", "7", "60001")).OrderId;
        await socket.DrainAsync();
        (await bench.PostAsync("/v5/order/cancel", $"\"orderId\":\"{id}\"")).Code.ShouldBe(0);
        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["order Cancelled", "position", "wallet"]);
        var order = pushes[0].First();
        (order.Get("cumExecQty"), order.Get("cancelType"), order.Get("leavesQty")).ShouldBe(("5", "CancelByUser", "0"));
    }

    [Fact]
    public async Task S22_21_linear_market_order_stops_at_the_protective_bound()
    {
        await using var bench = await LinearBench.StartAsync();
        bench.Quote(Side.Sell, 64_000m, 5m);
        using var socket = await bench.Client.ListenAsync("order");
        (await bench.MarketAsync("Buy", "6")).Code.ShouldBe(0);
        var order = (await socket.DrainAsync()).Single().First();
        (order.Get("orderStatus"), order.Get("rejectReason"), order.Get("cumExecQty"), order.Get("timeInForce"))
            .ShouldBe(("Cancelled", "EC_ReachMarketPriceLimit", "5", "IOC"));
    }

    [Theory]
    [InlineData("TickSize", "10", "Filled", "6")]
    [InlineData("TickSize", "9", "Cancelled", "5")]
    [InlineData("Percent", "0.01", "Filled", "6")]
    public async Task S22_21_linear_market_order_takes_within_its_slippage_only(string type, string tolerance, string status, string executed)
    {
        await using var bench = await LinearBench.StartAsync();
        bench.Quote(Side.Sell, 60_002m, 5m);
        using var socket = await bench.Client.ListenAsync("order");
        await bench.MarketAsync("Buy", "6", $",\"slippageToleranceType\":\"{type}\",\"slippageTolerance\":\"{tolerance}\"");
        var order = (await socket.DrainAsync()).Single().First();
        (order.Get("orderStatus"), order.Get("cumExecQty"), order.Get("slippageToleranceType"), order.Get("slippageTolerance"))
            .ShouldBe((status, executed, type, tolerance));
    }

    [Theory]
    [InlineData("Buy", "0.001", "59000.01", "", 10001)]
    [InlineData("Buy", "0.0001", "59000", "", 10001)]
    [InlineData("Buy", "0.0015", "59000", "", 10001)]
    [InlineData("Buy", "1191", "59000", "", 10001)]
    [InlineData("Buy", "0", "59000", "", 10001)]
    [InlineData("Buy", "1E-5", "59000", "", 10001)]
    [InlineData("Hold", "0.01", "59000", "", 10001)]
    [InlineData("Buy", "0.01", "59000", ",\"timeInForce\":\"DAY\"", 10001)]
    [InlineData("Buy", "0.01", "59000", ",\"orderLinkId\":\"a b\"", 10001)]
    [InlineData("Buy", "0.01", "59000", ",\"orderLinkId\":\"1234567890123456789012345678901234567\"", 10001)]
    [InlineData("Buy", "0.001", "2000", "", 110094)]
    [InlineData("Buy", "0.001", "9000000", "", 110003)]
    [InlineData("Buy", "200", "59000", "", 110007)]
    [InlineData("Buy", "0.01", "59000", ",\"slippageToleranceType\":\"Percent\",\"slippageTolerance\":\"1\"", 10001)]
    [InlineData("Buy", "0.01", "59000", ",\"bboSideType\":\"Queue\",\"bboLevel\":\"6\"", 10001)]
    public async Task S22_22_linear_filters_refuse_before_queueing(string side, string qty, string price, string more, int code)
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        (await bench.LimitAsync(side, qty, price, more)).Code.ShouldBe(code);
        (await socket.DrainAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task S22_22_linear_unknown_symbol_is_refused()
    {
        await using var bench = await LinearBench.StartAsync();
        (await bench.CreateAsync("\"side\":\"Buy\",\"orderType\":\"Market\",\"qty\":\"1\"", "NOPEUSDT")).Code.ShouldBe(10001);
    }

    [Theory]
    [InlineData("Buy", "61300", "61200")]
    [InlineData("Sell", "58000", "58800")]
    public async Task S22_23_linear_price_beyond_the_limit_is_moved_to_it_and_told_in_the_push(string side, string price, string moved)
    {
        await using var bench = await LinearBench.StartAsync();
        bench.MoveTo(60_000m);
        var limits = (await bench.Client.GetAsync("/v5/market/price-limit?category=linear&symbol=BTCUSDT")).Result;
        limits.Get(side == "Buy" ? "buyLmt" : "sellLmt").ShouldBe(moved);
        foreach (var order in bench.Linear.Execute(_ => bench.Linear.Join(bench.Bench.Maker).Account.OpenOrders.ToList()))
        {
            bench.Withdraw(order);
        }

        using var socket = await bench.Client.ListenAsync("order");
        var reply = await bench.LimitAsync(side, "0.1", price);
        reply.Code.ShouldBe(0);
        (await socket.DrainAsync()).Single().First().Get("price").ShouldBe(moved);
        (await bench.OrderAsync(reply.OrderId)).Get("price").ShouldBe(moved);
    }

    [Fact]
    public async Task S22_23_linear_account_may_have_such_prices_refused_instead()
    {
        await using var bench = await LinearBench.StartAsync();
        (await bench.Client.PostAsync("/v5/account/set-limit-px-action", "{\"category\":\"linear\",\"modifyEnable\":false}")).Code.ShouldBe(0);
        (await bench.LimitAsync("Buy", "0.1", "64000")).Code.ShouldBe(110120);
        (await bench.LimitAsync("Sell", "0.1", "56000")).Code.ShouldBe(110121);
        (await bench.Client.PostAsync("/v5/account/set-limit-px-action", "{\"category\":\"linear\",\"modifyEnable\":true}")).Code.ShouldBe(0);
        (await bench.LimitAsync("Buy", "0.1", "64000")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task S22_24_linear_duplicate_link_id_is_refused_while_open_and_after()
    {
        await using var bench = await LinearBench.StartAsync();
        var first = await bench.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"same\"");
        (await bench.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"same\"")).Code.ShouldBe(110072);
        await bench.PostAsync("/v5/order/cancel", $"\"orderId\":\"{first.OrderId}\"");
        (await bench.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"same\"")).Code.ShouldBe(110072);

        // Spot has ids of its own.
        (await bench.Client.LimitAsync("Buy", "0.01", "59000", ",\"orderLinkId\":\"same\"")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task S22_26_linear_cancel_by_either_id_and_the_order_id_wins()
    {
        await using var bench = await LinearBench.StartAsync();
        var a = await bench.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"a\"");
        await bench.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"b\"");
        var reply = await bench.PostAsync("/v5/order/cancel", $"\"orderId\":\"{a.OrderId}\",\"orderLinkId\":\"b\"");
        (reply.Code, reply.Result.Get("orderLinkId")).ShouldBe((0, "a"));
        (await bench.PostAsync("/v5/order/cancel", "\"orderLinkId\":\"b\"")).Code.ShouldBe(0);
        (await bench.PostAsync("/v5/order/cancel", "\"orderLinkId\":\"b\"")).Code.ShouldBe(110001);
        (await bench.PostAsync("/v5/order/cancel", "\"orderId\":\"none\"")).Code.ShouldBe(110001);
        (await bench.PostAsync("/v5/order/cancel", "\"reason\":\"none\"")).Code.ShouldBe(10001);
        var filled = await bench.LimitAsync("Buy", "0.1", "60001");
        (await bench.PostAsync("/v5/order/cancel", $"\"orderId\":\"{filled.OrderId}\"")).Code.ShouldBe(110001);
        (await bench.PostAsync("/v5/order/amend", $"\"orderId\":\"{filled.OrderId}\",\"qty\":\"0.2\"")).Code.ShouldBe(110001);
    }

    [Fact]
    public async Task S22_26_linear_and_spot_orders_are_strangers_to_each_other()
    {
        await using var bench = await LinearBench.StartAsync();
        var linear = await bench.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"l\"");
        (await bench.Client.PostAsync("/v5/order/cancel", $"{{\"category\":\"spot\",\"symbol\":\"BTCUSDT\",\"orderId\":\"{linear.OrderId}\"}}")).Code.ShouldBe(170213);
        (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=spot")).List.GetArrayLength().ShouldBe(0);
        var spot = await bench.Client.LimitAsync("Buy", "0.01", "59000");
        (await bench.PostAsync("/v5/order/cancel", $"\"orderId\":\"{spot.OrderId}\"")).Code.ShouldBe(110001);
        (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=linear&settleCoin=USDT")).List.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task S22_27_linear_cancel_all_needs_a_scope_and_takes_every_kind()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.LimitAsync("Buy", "0.1", "59000");
        await bench.LimitAsync("Buy", "0.1", "60001");
        await bench.LimitAsync("Sell", "0.1", "57000", ",\"triggerPrice\":\"58000\",\"triggerDirection\":2");
        await bench.PostAsync("/v5/position/trading-stop", "\"takeProfit\":\"65000\"");
        await bench.CreateAsync("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"1\",\"price\":\"2900\"", "ETHUSDT");
        (await bench.Client.PostAsync("/v5/order/cancel-all", "{\"category\":\"linear\"}")).Code.ShouldBe(10001);
        var reply = await bench.Client.PostAsync("/v5/order/cancel-all", "{\"category\":\"linear\",\"symbol\":\"BTCUSDT\",\"settleCoin\":\"USDT\"}");
        (reply.Code, reply.List.GetArrayLength(), reply.Result.Get("success")).ShouldBe((0, 3, "1"));
        reply = await bench.Client.PostAsync("/v5/order/cancel-all", "{\"category\":\"linear\",\"settleCoin\":\"USDT\"}");
        reply.List.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task S22_27_linear_cancel_all_stops_at_500()
    {
        await using var bench = await LinearBench.StartAsync();
        bench.Linear.Execute(engine =>
        {
            var account = bench.Margin.Account;
            foreach (var symbol in (string[])["BTCUSDT", "ETHUSDT"])
            {
                for (var i = 0; i < 260; i++)
                {
                    engine.Place(account, new NewOrder
                    {
                        Symbol = symbol, Side = Side.Buy, Type = OrderType.Limit, Price = 2_000m, Quantity = 0.01m,
                        Tag = new Simulator.Bybit.Linear.LinearTag { TimeInForce = "GTC", LastPrice = 0 },
                    });
                }
            }

            return account.OpenOrders.Count;
        }).ShouldBe(520);
        var reply = await bench.Client.PostAsync("/v5/order/cancel-all", "{\"category\":\"linear\",\"settleCoin\":\"USDT\"}");
        reply.List.GetArrayLength().ShouldBe(500);
        bench.Margin.Account.OpenOrders.Count.ShouldBe(20);
    }

    [Fact]
    public async Task S22_28_linear_batch_takes_20_and_answers_item_by_item()
    {
        await using var bench = await LinearBench.StartAsync(new() { Name = "bybit", Dialect = "bybit", RateLimits = false });
        string Item(string qty) => $"{{\"symbol\":\"BTCUSDT\",\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"{qty}\",\"price\":\"59000\"}}";
        string Body(IEnumerable<string> items) => $"{{\"category\":\"linear\",\"request\":[{string.Join(',', items)}]}}";
        var mixed = await bench.Client.PostAsync("/v5/order/create-batch", Body([Item("0.1"), Item("0.00001"), Item("0.2")]));
        mixed.Code.ShouldBe(0);
        mixed.Json.GetProperty("retExtInfo").GetProperty("list").EnumerateArray().Select(i => i.Get("code")).ShouldBe(["0", "10001", "0"]);
        mixed.List[1].Get("orderId").ShouldBe("");
        mixed.List[0].Get("category").ShouldBe("linear");
        var ids = mixed.List.EnumerateArray().Select(i => i.Get("orderId")).Where(i => i.Length > 0).ToList();
        var cancel = await bench.Client.PostAsync("/v5/order/cancel-batch", Body(ids.Select(i => $"{{\"symbol\":\"BTCUSDT\",\"orderId\":\"{i}\"}}")));
        cancel.Json.GetProperty("retExtInfo").GetProperty("list").EnumerateArray().Select(i => i.Get("code")).ShouldBe(["0", "0"]);
        (await bench.Client.PostAsync("/v5/order/create-batch", Body(Enumerable.Repeat(Item("0.1"), 20)))).Code.ShouldBe(0);
        (await bench.Client.PostAsync("/v5/order/create-batch", Body(Enumerable.Repeat(Item("0.1"), 21)))).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task S22_06_linear_orders_have_an_allowance_of_their_own_of_ten()
    {
        await using var bench = await LinearBench.StartAsync();
        var linear = await bench.LimitAsync("Buy", "0.1", "59000");
        (linear.Header("X-Bapi-Limit"), linear.Header("X-Bapi-Limit-Status")).ShouldBe(("10", "9"));
        var spot = await bench.Client.LimitAsync("Buy", "0.01", "59000");
        (spot.Header("X-Bapi-Limit"), spot.Header("X-Bapi-Limit-Status")).ShouldBe(("20", "19"));
        for (var i = 0; i < 9; i++)
        {
            (await bench.LimitAsync("Buy", "0.1", "59000")).Code.ShouldBe(0);
        }

        (await bench.LimitAsync("Buy", "0.1", "59000")).Code.ShouldBe(10006);
    }

    [Fact]
    public async Task S22_29_linear_amend_means_the_total_and_must_exceed_what_is_filled()
    {
        await using var bench = await LinearBench.StartAsync();
        var id = (await bench.LimitAsync("Buy", "7", "60001", ",\"orderLinkId\":\"x\"")).OrderId;
        using var socket = await bench.Client.ListenAsync("order", "position");
        (await Amend(bench, id, "\"qty\":\"5\"")).ShouldBe(110064);
        (await Amend(bench, id, "\"qty\":\"7\",\"price\":\"60001\"")).ShouldBe(10001);
        (await Amend(bench, id, "\"qty\":\"6.5\"")).ShouldBe(0);
        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["order PartiallyFilled", "position"]);
        var order = pushes[0].First();
        (order.Get("orderId"), order.Get("orderLinkId"), order.Get("qty"), order.Get("leavesQty")).ShouldBe((id, "x", "6.5", "1.5"));
    }

    [Fact]
    public async Task S22_29_linear_amend_into_the_spread_takes_and_a_smaller_one_keeps_its_place()
    {
        await using var bench = await LinearBench.StartAsync();
        var mine = (await bench.LimitAsync("Sell", "0.2", "60000.5")).OrderId;
        var behind = bench.Quote(Side.Sell, 60_000.5m, 1m);
        (await Amend(bench, mine, "\"qty\":\"0.1\"")).ShouldBe(0);
        bench.Quote(Side.Buy, 60_000.5m, 0.1m);
        (await bench.OrderAsync(mine)).Get("orderStatus").ShouldBe("Filled");
        behind.Executed.ShouldBe(0m);

        var second = (await bench.LimitAsync("Sell", "0.1", "60000.5")).OrderId;
        (await Amend(bench, second, "\"price\":\"59999\"")).ShouldBe(0);
        var order = await bench.OrderAsync(second);
        (order.Get("orderStatus"), order.Get("avgPrice"), order.Get("price")).ShouldBe(("Filled", "59999", "59999"));
    }

    [Fact]
    public async Task S22_29_linear_amend_that_grows_goes_to_the_back_and_needs_margin()
    {
        await using var bench = await LinearBench.StartAsync();
        var mine = (await bench.LimitAsync("Sell", "0.1", "60000.5")).OrderId;
        var behind = bench.Quote(Side.Sell, 60_000.5m, 0.1m);
        (await Amend(bench, mine, "\"qty\":\"0.2\"")).ShouldBe(0);
        bench.Quote(Side.Buy, 60_000.5m, 0.1m);
        behind.IsOpen.ShouldBeFalse();
        (await bench.OrderAsync(mine)).Get("cumExecQty").ShouldBe("0");
        (await Amend(bench, mine, "\"qty\":\"300\"")).ShouldBe(110007);
        (await bench.OrderAsync(mine)).Get("qty").ShouldBe("0.2");
    }

    [Theory]
    [InlineData("CancelMaker", "Cancelled", "Filled")]
    [InlineData("CancelTaker", "New", "Cancelled")]
    [InlineData("CancelBoth", "Cancelled", "Cancelled")]
    public async Task S22_30_linear_self_match_ends_as_the_taker_says(string type, string maker, string taker)
    {
        await using var bench = await LinearBench.StartAsync();
        var resting = (await bench.LimitAsync("Sell", "0.1", "60000.5")).OrderId;
        var taking = (await bench.LimitAsync("Buy", "0.1", "60001", $",\"smpType\":\"{type}\"")).OrderId;
        var (first, second) = (await bench.OrderAsync(resting), await bench.OrderAsync(taking));
        (first.Get("orderStatus"), second.Get("orderStatus")).ShouldBe((maker, taker));
        if (maker == "Cancelled")
        {
            (first.Get("cancelType"), first.Get("smpOrderId")).ShouldBe(("CancelBySmp", taking));
        }
    }

    [Fact]
    public async Task Linear_order_takes_its_price_from_the_book_when_asked_to()
    {
        await using var bench = await LinearBench.StartAsync();
        var queue = await bench.CreateAsync("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.1\",\"bboSideType\":\"Queue\",\"bboLevel\":\"1\"");
        (await bench.OrderAsync(queue.OrderId)).Get("price").ShouldBe("59999");
        var counter = await bench.CreateAsync("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.1\",\"bboSideType\":\"Counterparty\",\"bboLevel\":\"1\"");
        (await bench.OrderAsync(counter.OrderId)).Get("orderStatus").ShouldBe("Filled");
    }

    [Fact]
    public async Task S22_22_linear_takes_500_active_orders_of_a_symbol_and_10_conditional_ones()
    {
        await using var bench = await LinearBench.StartAsync(new() { Name = "bybit", Dialect = "bybit", RateLimits = false });
        bench.Linear.Execute(engine => Enumerable.Range(0, 500).Count(_ => engine.Place(bench.Margin.Account, new NewOrder
        {
            Symbol = "BTCUSDT", Side = Side.Buy, Type = OrderType.Limit, Price = 59_000m, Quantity = 0.001m,
            Tag = new Simulator.Bybit.Linear.LinearTag { TimeInForce = "GTC", LastPrice = 0 },
        }).Ok)).ShouldBe(500);
        (await bench.LimitAsync("Buy", "0.001", "59000")).Code.ShouldBe(110020);
        for (var i = 0; i < 10; i++)
        {
            (await bench.MarketAsync("Buy", "0.001", ",\"triggerPrice\":\"61000\",\"triggerDirection\":1")).Code.ShouldBe(0);
        }

        (await bench.MarketAsync("Buy", "0.001", ",\"triggerPrice\":\"61000\",\"triggerDirection\":1")).Code.ShouldBe(110009);
    }

    private static async Task<int> Amend(LinearBench bench, string id, string members) =>
        (await bench.PostAsync("/v5/order/amend", $"\"orderId\":\"{id}\",{members}")).Code;
}
