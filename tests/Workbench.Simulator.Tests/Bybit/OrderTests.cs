using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class OrderTests
{
    [Fact]
    public async Task S22_18_create_answers_ids_only_and_the_result_is_pushed()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order", "execution", "wallet");
        var reply = await bench.Client.LimitAsync("Buy", "0.01", "59000", ",\"orderLinkId\":\"mine-1\"");
        reply.Code.ShouldBe(0);
        reply.Result.EnumerateObject().Select(m => m.Name).ShouldBe(["orderId", "orderLinkId"]);
        reply.OrderId.ShouldMatch("^[0-9]{19}$");

        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["order New", "wallet"]);
        var order = pushes[0].First();
        order.Get("orderId").ShouldBe(reply.OrderId);
        order.Get("orderLinkId").ShouldBe("mine-1");
        order.Get("category").ShouldBe("spot");
        order.Get("leavesQty").ShouldBe("0.01");
        order.Get("avgPrice").ShouldBe("");
        order.Get("rejectReason").ShouldBe("EC_NoError");
    }

    [Fact]
    public async Task S22_19_post_only_that_would_cross_is_accepted_then_cancelled()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order", "execution");
        var reply = await bench.Client.LimitAsync("Buy", "0.01", "60001", ",\"timeInForce\":\"PostOnly\"");
        reply.Code.ShouldBe(0);
        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["order Cancelled"]);
        var order = pushes[0].First();
        order.Get("rejectReason").ShouldBe("EC_PostOnlyWillTakeLiquidity");
        order.Get("cancelType").ShouldBe("UNKNOWN");
        order.Get("leavesQty").ShouldBe("0");
        order.Get("timeInForce").ShouldBe("PostOnly");
    }

    [Fact]
    public async Task S22_19_post_only_that_rests_stays()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.LimitAsync("Buy", "0.01", "60000.9", ",\"timeInForce\":\"PostOnly\"");
        (await socket.DrainAsync()).Script().ShouldBe(["order New"]);
    }

    [Theory]
    [InlineData("Buy", "\"qty\":\"600\"", "quoteCoin", "0.009999")]
    [InlineData("Buy", "\"qty\":\"600\",\"marketUnit\":\"quoteCoin\"", "quoteCoin", "0.009999")]
    [InlineData("Buy", "\"qty\":\"0.01\",\"marketUnit\":\"baseCoin\"", "baseCoin", "0.01")]
    [InlineData("Sell", "\"qty\":\"0.01\"", "baseCoin", "0.01")]
    [InlineData("Sell", "\"qty\":\"600\",\"marketUnit\":\"quoteCoin\"", "quoteCoin", "0.01")]
    public async Task S22_20_market_unit_decides_what_qty_means(string side, string qty, string unit, string executed)
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        (await bench.Client.CreateAsync($"\"side\":\"{side}\",\"orderType\":\"Market\",{qty}")).Code.ShouldBe(0);
        var order = (await socket.DrainAsync()).Single().First();
        order.Get("cumExecQty").ShouldBe(executed);
        order.Get("marketUnit").ShouldBe(unit);
        order.Get("timeInForce").ShouldBe("IOC");
    }

    [Theory]
    [InlineData("IOC", "0.01", "60000", "Cancelled", "EC_NoImmediateQtyToFill", "0")]
    [InlineData("IOC", "0.7", "60001", "PartiallyFilledCanceled", "EC_CancelForNoFullFill", "0.5")]
    [InlineData("IOC", "0.5", "60001", "Filled", "EC_NoError", "0.5")]
    [InlineData("FOK", "0.7", "60001", "Cancelled", "EC_NoEnoughQtyToFill", "0")]
    [InlineData("FOK", "0.5", "60001", "Filled", "EC_NoError", "0.5")]
    [InlineData("GTC", "0.7", "60001", "PartiallyFilled", "EC_NoError", "0.5")]
    public async Task S22_21_remainders_end_as_the_time_in_force_says(
        string tif, string qty, string price, string status, string reason, string executed)
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.LimitAsync("Buy", qty, price, $",\"timeInForce\":\"{tif}\"");
        var order = (await socket.DrainAsync()).Single().First();
        order.Get("orderStatus").ShouldBe(status);
        order.Get("rejectReason").ShouldBe(reason);
        order.Get("cumExecQty").ShouldBe(executed);
        order.Get("leavesQty").ShouldBe(status == "PartiallyFilled" ? "0.2" : "0");
    }

    [Fact]
    public async Task S22_21_market_order_leaves_dust_or_runs_dry_as_partially_filled_canceled()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.CreateAsync("\"side\":\"Buy\",\"orderType\":\"Market\",\"qty\":\"100\",\"marketUnit\":\"quoteCoin\"");
        await bench.Client.CreateAsync("\"side\":\"Sell\",\"orderType\":\"Market\",\"qty\":\"0.6\"");
        await bench.Client.CreateAsync("\"side\":\"Sell\",\"orderType\":\"Market\",\"qty\":\"0.6\"");
        var orders = (await socket.DrainAsync()).ConvertAll(p => p.First());
        orders.ConvertAll(o => o.Get("orderStatus")).ShouldBe(["PartiallyFilledCanceled", "PartiallyFilledCanceled", "Cancelled"]);
        orders[0].Get("qty").ShouldBe("100");
        orders[0].Get("leavesValue").ShouldBe("0.038334");
        orders[1].Get("cumExecQty").ShouldBe("0.5");
    }

    [Theory]
    [InlineData("Buy", "0.001", "59000.01", "", 170134)]
    [InlineData("Buy", "0.0000001", "59000", "", 170137)]
    [InlineData("Buy", "0.00008", "59000", "", 170140)]
    [InlineData("Buy", "231", "59000", "", 170135)]
    [InlineData("Buy", "200", "59000", "", 170124)]
    [InlineData("Buy", "1151", "59000", ",\"timeInForce\":\"PostOnly\"", 170135)]
    [InlineData("Buy", "20", "59000", "", 170131)]
    [InlineData("Sell", "21", "61000", "", 170131)]
    [InlineData("Buy", "0", "59000", "", 10001)]
    [InlineData("Buy", "1E-5", "59000", "", 10001)]
    [InlineData("Buy", "0.001", "-1", "", 10001)]
    [InlineData("Hold", "0.001", "59000", "", 170117)]
    [InlineData("Buy", "0.001", "59000", ",\"timeInForce\":\"DAY\"", 170115)]
    [InlineData("Buy", "0.001", "59000", ",\"triggerPrice\":\"58000\"", 10001)]
    [InlineData("Buy", "0.001", "59000", ",\"orderLinkId\":\"1234567890123456789012345678901234567\"", 10001)]
    [InlineData("Buy", "0.001", "59000", ",\"orderLinkId\":\"no blanks\"", 10001)]
    public async Task S22_22_filters_refuse_with_their_code(string side, string qty, string price, string more, int code)
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        var reply = await bench.Client.LimitAsync(side, qty, price, more);
        reply.Code.ShouldBe(code, reply.Text);
        reply.Result.EnumerateObject().ShouldBeEmpty();
        (await socket.DrainAsync()).ShouldBeEmpty();
        bench.Account.Orders.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"side\":\"Buy\",\"orderType\":\"Market\",\"qty\":\"4.99\"", 170140)]
    [InlineData("\"side\":\"Buy\",\"orderType\":\"Market\",\"qty\":\"10.00000001\"", 170148)]
    [InlineData("\"side\":\"Sell\",\"orderType\":\"Market\",\"qty\":\"121\"", 170135)]
    [InlineData("\"side\":\"Buy\",\"orderType\":\"Stop\",\"qty\":\"1\"", 170116)]
    [InlineData("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"1\"", 10001)]
    [InlineData("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":1,\"price\":\"59000\"", 10001)]
    public async Task S22_22_market_orders_and_malformed_ones_refuse_with_their_code(string members, int code)
    {
        await using var bench = await BybitBench.StartAsync();
        var reply = await bench.Client.CreateAsync(members);
        reply.Code.ShouldBe(code, reply.Text);
    }

    [Fact]
    public async Task S22_22_unknown_symbol_and_category_are_refused()
    {
        await using var bench = await BybitBench.StartAsync();
        const string Rest = "\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"1\",\"price\":\"1\"}";
        (await bench.Client.PostAsync("/v5/order/create", "{\"category\":\"spot\",\"symbol\":\"NOPEUSDT\"," + Rest)).Code.ShouldBe(170121);
        (await bench.Client.PostAsync("/v5/order/create", "{\"category\":\"bonds\",\"symbol\":\"BTCUSDT\"," + Rest)).Code.ShouldBe(10001);
        (await bench.Client.PostAsync("/v5/order/create", "{\"category\":\"inverse\",\"symbol\":\"BTCUSDT\"," + Rest)).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task S22_23_spot_refuses_prices_beyond_the_band()
    {
        await using var bench = await BybitBench.StartAsync();
        var limits = (await bench.Client.GetAsync("/v5/market/price-limit?category=spot&symbol=BTCUSDT")).Result;
        limits.Get("buyLmt").ShouldBe("61800");
        limits.Get("sellLmt").ShouldBe("58200");
        (await bench.Client.LimitAsync("Buy", "0.001", "61800.1")).Code.ShouldBe(170193);
        (await bench.Client.LimitAsync("Sell", "0.001", "58199.9")).Code.ShouldBe(170194);
        (await bench.Client.LimitAsync("Buy", "0.001", "61800")).Code.ShouldBe(0);
        (await bench.Client.LimitAsync("Buy", "0.001", "30000")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task S22_24_an_order_link_id_is_taken_once_open_or_closed_on_any_symbol()
    {
        await using var bench = await BybitBench.StartAsync();
        const string Link = ",\"orderLinkId\":\"once\"";
        (await bench.Client.LimitAsync("Buy", "0.001", "1")).Code.ShouldBe(170140);
        (await bench.Client.LimitAsync("Buy", "0.0000001", "59000", Link)).Code.ShouldBe(170137);
        (await bench.Client.LimitAsync("Buy", "0.001", "59000", Link)).Code.ShouldBe(0);
        (await bench.Client.LimitAsync("Buy", "0.001", "59000", Link)).Code.ShouldBe(170141);
        (await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot("\"orderLinkId\":\"once\""))).Code.ShouldBe(0);
        (await bench.Client.LimitAsync("Buy", "0.001", "59000", Link)).Code.ShouldBe(170141);
        var other = "{\"category\":\"spot\",\"symbol\":\"ETHUSDT\",\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.1\",\"price\":\"2999\"" + Link + "}";
        (await bench.Client.PostAsync("/v5/order/create", other)).Code.ShouldBe(170141);
    }

    [Fact]
    public async Task S22_26_cancel_finds_by_either_id_and_the_order_id_wins()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        var a = await bench.Client.LimitAsync("Buy", "0.001", "59000", ",\"orderLinkId\":\"a\"");
        await bench.Client.LimitAsync("Buy", "0.001", "59000", ",\"orderLinkId\":\"b\"");
        await socket.DrainAsync();
        var reply = await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot($"\"orderId\":\"{a.OrderId}\",\"orderLinkId\":\"b\""));
        reply.Result.Get("orderLinkId").ShouldBe("a");
        var order = (await socket.DrainAsync()).Single().First();
        (order.Get("orderLinkId"), order.Get("orderStatus"), order.Get("cancelType")).ShouldBe(("a", "Cancelled", "CancelByUser"));
        (await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot("\"orderLinkId\":\"b\""))).Code.ShouldBe(0);

        foreach (var gone in (string[])[$"\"orderId\":\"{a.OrderId}\"", "\"orderLinkId\":\"b\"", "\"orderLinkId\":\"never\"", "\"orderId\":\"12\""])
        {
            (await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot(gone))).Code.ShouldBe(170213);
        }

        (await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot("\"x\":1"))).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task Partly_filled_order_that_is_cancelled_ends_as_partially_filled_canceled()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order", "execution", "wallet");
        var reply = await bench.Client.LimitAsync("Buy", "0.7", "60001");
        await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot($"\"orderId\":\"{reply.OrderId}\""));
        (await socket.DrainAsync()).Script().ShouldBe(
            ["execution", "order PartiallyFilled", "wallet", "order PartiallyFilledCanceled", "wallet"]);
    }

    [Fact]
    public async Task S22_27_cancel_all_is_for_a_symbol_a_coin_or_everything()
    {
        await using var bench = await BybitBench.StartAsync();
        bench.Quote(Side.Sell, 3_001m, 1m, "ETHUSDT");
        async Task PlaceAsync(string symbol, string qty, string price) => (await bench.Client.PostAsync(
            "/v5/order/create",
            $"{{\"category\":\"spot\",\"symbol\":\"{symbol}\",\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"{qty}\",\"price\":\"{price}\"}}")).Code.ShouldBe(0);
        await PlaceAsync("BTCUSDT", "0.001", "59000");
        await PlaceAsync("BTCUSDT", "0.001", "59001");
        await PlaceAsync("ETHUSDT", "0.01", "2999");
        var one = await bench.Client.PostAsync("/v5/order/cancel-all", "{\"category\":\"spot\",\"symbol\":\"BTCUSDT\"}");
        one.Result.Get("success").ShouldBe("1");
        one.List.GetArrayLength().ShouldBe(2);
        await PlaceAsync("BTCUSDT", "0.001", "59000");
        (await bench.Client.PostAsync("/v5/order/cancel-all", "{\"category\":\"spot\",\"baseCoin\":\"ETH\"}")).List.GetArrayLength().ShouldBe(1);
        (await bench.Client.PostAsync("/v5/order/cancel-all", "{\"category\":\"spot\"}")).List.GetArrayLength().ShouldBe(1);
        bench.Account.OpenOrders.ShouldBeEmpty();
    }

    [Fact]
    public async Task S22_28_batches_answer_item_by_item_under_one_code()
    {
        await using var bench = await BybitBench.StartAsync();
        const string Good = "{\"symbol\":\"BTCUSDT\",\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.001\",\"price\":\"59000\",\"orderLinkId\":\"g\"}";
        var bad = Good.Replace("59000", "59000.01", StringComparison.Ordinal).Replace("\"g\"", "\"h\"", StringComparison.Ordinal);
        var reply = await bench.Client.PostAsync("/v5/order/create-batch", $"{{\"category\":\"spot\",\"request\":[{Good},{bad}]}}");
        reply.Code.ShouldBe(0);
        var codes = reply.Json.GetProperty("retExtInfo").GetProperty("list");
        codes.EnumerateArray().Select(c => c.GetProperty("code").GetInt32()).ShouldBe([0, 170134]);
        reply.List[0].Get("orderId").ShouldNotBe("");
        (reply.List[1].Get("orderId"), reply.List[1].Get("orderLinkId"), reply.List[1].Get("createAt")).ShouldBe(("", "h", ""));

        var cancel = await bench.Client.PostAsync(
            "/v5/order/cancel-batch", "{\"category\":\"spot\",\"request\":[{\"symbol\":\"BTCUSDT\",\"orderLinkId\":\"g\"}]}");
        cancel.Code.ShouldBe(0);
        bench.Account.OpenOrders.ShouldBeEmpty();

        var eleven = string.Join(',', Enumerable.Repeat(Good, 11));
        (await bench.Client.PostAsync("/v5/order/create-batch", $"{{\"category\":\"spot\",\"request\":[{eleven}]}}")).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task S22_29_amend_means_total_quantity_and_into_the_spread_it_takes()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        var id = (await bench.Client.LimitAsync("Buy", "0.7", "60001")).OrderId;
        async Task<int> AmendAsync(string members) =>
            (await bench.Client.PostAsync("/v5/order/amend", BybitTestClient.Spot($"\"orderId\":\"{id}\",{members}"))).Code;
        (await AmendAsync("\"qty\":\"0.5\"")).ShouldBe(170313);
        (await AmendAsync("\"qty\":\"0.7\"")).ShouldBe(10001);
        (await AmendAsync("\"price\":\"60000.05\"")).ShouldBe(170134);
        (await AmendAsync("\"qty\":\"0.6\",\"price\":\"59990\"")).ShouldBe(0);
        bench.Quote(Side.Sell, 60_002m, 0.05m);
        (await AmendAsync("\"price\":\"60002\"")).ShouldBe(0);
        var orders = (await socket.DrainAsync()).ConvertAll(p => p.First());
        orders.ConvertAll(o => $"{o.Get("qty")} {o.Get("price")} {o.Get("cumExecQty")} {o.Get("leavesQty")}").ShouldBe(
            ["0.7 60001 0.5 0.2", "0.6 59990 0.5 0.1", "0.6 60002 0.55 0.05"]);
    }

    [Fact]
    public async Task S22_30_self_match_follows_the_takers_type_and_names_the_other_order()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        var maker = await bench.Client.LimitAsync("Sell", "0.1", "60000");
        await socket.DrainAsync();
        var taker = await bench.Client.LimitAsync("Buy", "0.1", "60000", ",\"smpType\":\"CancelMaker\"");
        var orders = (await socket.DrainAsync()).ConvertAll(p => p.First());
        var cancelled = orders.Single(o => o.Get("orderId") == maker.OrderId);
        (cancelled.Get("orderStatus"), cancelled.Get("cancelType"), cancelled.Get("smpOrderId")).ShouldBe(("Cancelled", "CancelBySmp", taker.OrderId));
        orders.Single(o => o.Get("orderId") == taker.OrderId).Get("orderStatus").ShouldBe("New");
    }

    [Fact]
    public async Task S22_06_limit_headers_count_down_and_the_window_rolls()
    {
        await using var bench = await BybitBench.StartAsync();
        var first = await bench.Client.LimitAsync("Buy", "0.001", "59000");
        (first.Header("X-Bapi-Limit"), first.Header("X-Bapi-Limit-Status")).ShouldBe(("20", "19"));
        first.Header("X-Bapi-Limit-Reset-Timestamp").ShouldBe("1700000000000");
        bench.Time.Advance(TimeSpan.FromMilliseconds(400));
        for (var i = 0; i < 19; i++)
        {
            (await bench.Client.LimitAsync("Buy", "0.001", "59000")).Code.ShouldBe(0);
        }

        var refused = await bench.Client.LimitAsync("Buy", "0.001", "59000");
        (refused.Status, refused.Code, refused.Header("X-Bapi-Limit-Status")).ShouldBe((200, 10006, "0"));
        refused.Header("X-Bapi-Limit-Reset-Timestamp").ShouldBe("1700000001000");
        bench.Account.OpenOrders.Count.ShouldBe(20);

        (await bench.Client.PostAsync("/v5/order/cancel-all", "{\"category\":\"spot\"}")).Code.ShouldBe(0, "other endpoints have windows of their own");
        bench.Time.Advance(TimeSpan.FromMilliseconds(600));
        (await bench.Client.LimitAsync("Buy", "0.001", "59000")).Code.ShouldBe(0);
        (await bench.Client.LimitAsync("Buy", "0.001", "59000")).Code.ShouldBe(10006, "19 of the 20 are still in the window");
    }

    [Fact]
    public async Task S22_06_batch_items_count_and_the_overflow_fails_item_by_item()
    {
        await using var bench = await BybitBench.StartAsync();
        string Batch(int count) => "{\"category\":\"spot\",\"request\":[" + string.Join(',', Enumerable.Repeat(
            "{\"symbol\":\"BTCUSDT\",\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.001\",\"price\":\"59000\"}", count)) + "]}";
        await bench.Client.PostAsync("/v5/order/create-batch", Batch(10));
        (await bench.Client.PostAsync("/v5/order/create-batch", Batch(8))).Header("X-Bapi-Limit-Status").ShouldBe("2");
        var mixed = await bench.Client.PostAsync("/v5/order/create-batch", Batch(4));
        mixed.Code.ShouldBe(0);
        mixed.Json.GetProperty("retExtInfo").GetProperty("list").EnumerateArray()
            .Select(c => c.GetProperty("code").GetInt32()).ShouldBe([0, 0, 10006, 10006]);
        (await bench.Client.LimitAsync("Buy", "0.001", "59000")).Header("X-Bapi-Limit-Status").ShouldBe("19");
    }

    [Fact]
    public async Task S22_07_more_than_600_requests_in_5_seconds_ban_the_address()
    {
        await using var bench = await BybitBench.StartAsync();
        for (var i = 0; i < 600; i++)
        {
            (await bench.Client.Http.GetAsync("/v5/market/time")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        }

        var banned = await bench.Client.GetAsync("/v5/market/time");
        banned.Status.ShouldBe(403);
        banned.Text.ShouldContain("access too frequent");
        bench.Time.Advance(TimeSpan.FromMinutes(9));
        (await bench.Client.GetAsync("/v5/market/time")).Status.ShouldBe(403);
        bench.Time.Advance(TimeSpan.FromMinutes(2));
        (await bench.Client.GetAsync("/v5/market/time")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Order_pushes_carry_the_members_of_recorded_spot_orders()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order", "execution");
        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        var pushes = await socket.DrainAsync();
        foreach (var (push, recorded) in pushes.Zip((string[])["execution/push_04_nautilus.json", "order/push_12_nautilus.json"]))
        {
            var expected = Recorded.Read("WS-PRIVATE/" + recorded).GetProperty("data")[0];
            var missing = expected.EnumerateObject().Select(m => m.Name).Except(push.First().EnumerateObject().Select(m => m.Name)).ToList();
            missing.Remove("createType");
            missing.ShouldBeEmpty(recorded);
        }
    }
}
