using Workbench.Simulator.Bybit;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class OrderLifeTests
{
    [Fact]
    public async Task S22_19_in_the_second_mode_a_post_only_that_would_take_is_refused_at_once()
    {
        await using var bench = await BybitBench.StartAsync(options: BybitBench.With(new BybitOptions { RefusesTakingPostOnly = true }));
        using var socket = await bench.Client.ListenAsync("order");
        (await bench.Client.LimitAsync("Buy", "0.01", "60001", ",\"timeInForce\":\"PostOnly\"")).Code.ShouldBe(170218);
        (await bench.Client.LimitAsync("Sell", "0.01", "59999", ",\"timeInForce\":\"PostOnly\"")).Code.ShouldBe(170218);
        (await socket.DrainAsync()).ShouldBeEmpty();
        (await bench.Client.LimitAsync("Buy", "0.01", "60000.9", ",\"timeInForce\":\"PostOnly\"")).Code.ShouldBe(0);
        (await socket.DrainAsync()).Script().ShouldBe(["order New"]);
    }

    [Fact]
    public async Task S22_21_a_market_order_stops_at_its_slippage_tolerance()
    {
        await using var bench = await BybitBench.StartAsync();
        bench.Quote(Side.Sell, 60_010m, 0.5m);
        using var socket = await bench.Client.ListenAsync("order");
        const string Order = "\"side\":\"Buy\",\"orderType\":\"Market\",\"qty\":\"0.7\",\"marketUnit\":\"baseCoin\"";
        await bench.Client.CreateAsync(Order + ",\"slippageToleranceType\":\"TickSize\",\"slippageTolerance\":\"80\"");
        var order = (await socket.DrainAsync()).Single().First();
        (order.Get("orderStatus"), order.Get("cumExecQty"), order.Get("rejectReason")).ShouldBe(("PartiallyFilledCanceled", "0.5", "EC_ReachMarketPriceLimit"));
        (order.Get("slippageToleranceType"), order.Get("slippageTolerance")).ShouldBe(("TickSize", "80"));
        foreach (var (type, value) in new[] { ("TickSize", "0"), ("TickSize", "10001"), ("Percent", "0.001"), ("Percent", "10.1"), ("Points", "5") })
        {
            (await bench.Client.CreateAsync(Order + $",\"slippageToleranceType\":\"{type}\",\"slippageTolerance\":\"{value}\"")).Code.ShouldBe(10001);
        }
    }

    [Fact]
    public async Task S22_21_a_market_order_does_not_trade_beyond_the_price_limit()
    {
        await using var bench = await BybitBench.StartAsync();
        bench.Quote(Side.Sell, 62_000m, 1m);
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.CreateAsync("\"side\":\"Buy\",\"orderType\":\"Market\",\"qty\":\"0.7\",\"marketUnit\":\"baseCoin\"");
        (await socket.DrainAsync()).Single().First().Get("cumExecQty").ShouldBe("0.5");
    }

    [Fact]
    public async Task S22_23_an_account_chooses_whether_prices_are_refused_or_moved()
    {
        await using var bench = await BybitBench.StartAsync();
        var other = bench.Venue.OpenAccount("other", 0, 0, [KeyValuePair.Create("USDT", 100_000m)]);
        bench.Venue.SetCredential(bench.Venue.Credentials[BybitBench.Key] with { Key = "other", Account = other });
        using var client = new BybitTestClient(bench.Handle, "other", BybitBench.Secret);
        using var socket = await bench.Client.ListenAsync("order");
        (await bench.Client.LimitAsync("Sell", "0.001", "58000")).Code.ShouldBe(170194);
        (await SetAsync(bench.Client, "true")).ShouldBe(0);
        (await bench.Client.PrivateGetAsync("/v5/account/user-setting-config")).Result.Get("lpaSpot").ShouldBe("False");
        foreach (var quote in bench.Maker.OpenOrders.ToList())
        {
            bench.Withdraw(quote);
        }

        (await bench.Client.LimitAsync("Sell", "0.001", "58000")).Code.ShouldBe(0);
        var moved = (await socket.DrainAsync()).Single().First();
        (moved.Get("orderStatus"), moved.Get("price")).ShouldBe(("New", "58200"));
        (await client.LimitAsync("Buy", "0.001", "61800.1")).Code.ShouldBe(170193, "the other account did not choose it");
        (await SetAsync(bench.Client, "false")).ShouldBe(0);
        (await bench.Client.LimitAsync("Buy", "0.001", "61800.1")).Code.ShouldBe(170193);
        (await SetAsync(bench.Client, "\"true\"")).ShouldBe(10001);

        static async Task<int> SetAsync(BybitTestClient client, string enable) =>
            (await client.PostAsync("/v5/account/set-limit-px-action", "{\"category\":\"spot\",\"modifyEnable\":" + enable + "}")).Code;
    }

    [Fact]
    public async Task S22_23_the_settings_of_the_venue_say_what_an_account_begins_with()
    {
        await using var bench = await BybitBench.StartAsync(options: BybitBench.With(new BybitOptions { MovesSpotPrices = true }));
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.LimitAsync("Buy", "0.1", "70000");
        var order = (await socket.DrainAsync()).Single().First();
        (order.Get("price"), order.Get("avgPrice")).ShouldBe(("61800", "60001"));
    }

    [Fact]
    public async Task S22_24_an_id_is_taken_while_its_order_is_open_and_some_time_after()
    {
        await using var bench = await BybitBench.StartAsync(options: BybitBench.With(new BybitOptions { LinkIdReservation = TimeSpan.FromHours(1) }));
        async Task<int> PlaceAsync() => (await bench.Client.LimitAsync("Buy", "0.001", "59000", ",\"orderLinkId\":\"id\"")).Code;
        (await PlaceAsync()).ShouldBe(0);
        bench.Time.Advance(TimeSpan.FromDays(2));
        (await PlaceAsync()).ShouldBe(170141, "still open");
        await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot("\"orderLinkId\":\"id\""));
        bench.Time.Advance(TimeSpan.FromMinutes(59));
        (await PlaceAsync()).ShouldBe(170141, "ended recently");
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        (await PlaceAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("123456789012345678901234567890123456", 0)]
    [InlineData("1234567890123456789012345678901234567", 10001)]
    [InlineData("Az09-_", 0)]
    [InlineData("a.b", 10001)]
    [InlineData("ä", 10001)]
    public async Task S22_24_ids_have_36_letters_digits_dashes_or_underscores(string id, int code)
    {
        await using var bench = await BybitBench.StartAsync();
        (await bench.Client.LimitAsync("Buy", "0.001", "59000", $",\"orderLinkId\":\"{id}\"")).Code.ShouldBe(code);
    }

    [Fact]
    public async Task S22_26_a_late_cancel_can_be_taken_and_tells_filled_a_second_time()
    {
        var options = BybitBench.With(new BybitOptions { AcceptsLateCancels = true, LateCancelWindow = TimeSpan.FromSeconds(3) });
        await using var bench = await BybitBench.StartAsync(options: options);
        using var socket = await bench.Client.ListenAsync("order");
        var id = (await bench.Client.LimitAsync("Buy", "0.1", "60001")).OrderId;
        async Task<int> CancelAsync() => (await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot($"\"orderId\":\"{id}\""))).Code;
        (await CancelAsync()).ShouldBe(0);
        var orders = (await socket.DrainAsync()).ConvertAll(p => p.First());
        orders.ConvertAll(o => $"{o.Get("orderStatus")} {o.Get("cancelType")} {o.Get("rejectReason")}").ShouldBe(
            ["Filled UNKNOWN EC_NoError", "Filled CancelByUser EC_OrigClOrdIDDoesNotExist"]);
        orders[1].Get("cumExecQty").ShouldBe("0.1");
        (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=spot&orderId=" + id)).List[0].Get("rejectReason").ShouldBe("EC_NoError");
        bench.Time.Advance(TimeSpan.FromSeconds(3.1));
        (await CancelAsync()).ShouldBe(170213, "too late even for that");
    }

    [Fact]
    public async Task S22_28_amend_and_cancel_batches_mix_results_too()
    {
        await using var bench = await BybitBench.StartAsync();
        await bench.Client.LimitAsync("Buy", "0.001", "59000", ",\"orderLinkId\":\"a\"");
        var amend = await bench.Client.PostAsync("/v5/order/amend-batch", """
            {"category":"spot","request":[{"symbol":"BTCUSDT","orderLinkId":"gone","qty":"0.002"},{"symbol":"BTCUSDT","orderLinkId":"a","qty":"0.002"}]}
            """);
        amend.Code.ShouldBe(0);
        Codes(amend).ShouldBe([170213, 0]);
        amend.List.EnumerateArray().Select(o => o.Get("orderId").Length > 0).ShouldBe([false, true]);
        var cancel = await bench.Client.PostAsync("/v5/order/cancel-batch", """
            {"category":"spot","request":[{"symbol":"BTCUSDT","orderLinkId":"a"},{"symbol":"BTCUSDT","orderLinkId":"a"},{"symbol":"NOPE","orderLinkId":"a"}]}
            """);
        (cancel.Code, cancel.List.GetArrayLength()).ShouldBe((0, 3));
        Codes(cancel).ShouldBe([0, 170213, 170121]);

        static int[] Codes(BybitReply reply) =>
            [.. reply.Json.GetProperty("retExtInfo").GetProperty("list").EnumerateArray().Select(c => c.GetProperty("code").GetInt32())];
    }

    [Theory]
    [InlineData("\"qty\":\"0.05\"", true)]
    [InlineData("\"qty\":\"0.2\"", false)]
    [InlineData("\"price\":\"60000.1\"", true)]
    public async Task S22_29_a_smaller_quantity_keeps_the_place_in_the_queue_and_a_larger_one_loses_it(string change, bool isFirst)
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("execution");
        await bench.Client.LimitAsync("Buy", "0.1", "60000", ",\"orderLinkId\":\"mine\"");
        bench.Quote(Side.Buy, 60_000m, 0.1m);
        (await bench.Client.PostAsync("/v5/order/amend", BybitTestClient.Spot("\"orderLinkId\":\"mine\"," + change))).Code.ShouldBe(0);
        bench.Quote(Side.Sell, 60_000m, 0.05m);
        (await socket.DrainAsync()).Count.ShouldBe(isFirst ? 1 : 0);
    }

    [Fact]
    public async Task S22_29_a_price_that_was_changed_and_changed_back_stands_at_the_end()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("execution");
        await bench.Client.LimitAsync("Buy", "0.1", "60000", ",\"orderLinkId\":\"mine\"");
        bench.Quote(Side.Buy, 60_000m, 0.1m);
        foreach (var price in (string[])["59999", "60000"])
        {
            (await bench.Client.PostAsync("/v5/order/amend", BybitTestClient.Spot($"\"orderLinkId\":\"mine\",\"price\":\"{price}\""))).Code.ShouldBe(0);
        }

        bench.Quote(Side.Sell, 60_000m, 0.05m);
        (await socket.DrainAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CancelMaker", "CancelTaker", "Cancelled", "New")]
    [InlineData("CancelTaker", "CancelMaker", "New", "Cancelled")]
    [InlineData("CancelBoth", "None", "Cancelled", "Cancelled")]
    [InlineData("None", "CancelBoth", "Filled", "Filled")]
    public async Task S22_30_only_the_takers_type_matters(string taker, string maker, string makerEnd, string takerEnd)
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order");
        var first = (await bench.Client.LimitAsync("Sell", "0.1", "60000", $",\"smpType\":\"{maker}\"")).OrderId;
        await socket.DrainAsync();
        var second = (await bench.Client.LimitAsync("Buy", "0.1", "60000", $",\"smpType\":\"{taker}\"")).OrderId;
        var last = (await socket.DrainAsync()).ConvertAll(p => p.First()).GroupBy(o => o.Get("orderId")).ToDictionary(g => g.Key, g => g.Last());
        last[second].Get("orderStatus").ShouldBe(takerEnd);
        if (makerEnd != "New")
        {
            last[first].Get("orderStatus").ShouldBe(makerEnd);
        }

        foreach (var (id, other) in new[] { (first, second), (second, first) })
        {
            if (last.TryGetValue(id, out var order) && order.Get("orderStatus") == "Cancelled")
            {
                (order.Get("cancelType"), order.Get("smpOrderId")).ShouldBe(("CancelBySmp", other));
            }
        }
    }

    [Fact]
    public async Task S22_33_a_rebate_is_paid_in_the_coin_that_was_given_away()
    {
        await using var bench = await BybitBench.StartAsync();
        bench.Account.MakerRate = -0.0001m;
        using var socket = await bench.Client.ListenAsync("execution", "order");
        await bench.Client.LimitAsync("Buy", "0.1", "60000");
        bench.Quote(Side.Sell, 60_000m, 0.1m);
        await bench.Client.LimitAsync("Sell", "0.1", "60000.5");
        bench.Quote(Side.Buy, 60_000.5m, 0.1m);
        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        var pushes = await socket.DrainAsync();
        pushes.Where(p => p.Get("topic") == "execution").Select(p => p.First())
            .Select(f => $"{f.Get("side")} {f.Get("isMaker")} {f.Get("execFee")} {f.Get("feeCurrency")} {f.Get("feeRate")}").ShouldBe(
            ["Buy True -0.6 USDT -0.0001", "Sell True -0.00001 BTC -0.0001", "Buy False 0.0001 BTC 0.001"]);
        var orders = pushes.Where(p => p.Get("topic") == "order").Select(p => p.First()).Where(o => o.Get("orderStatus") == "Filled").ToList();
        orders.ConvertAll(o => $"{o.Get("feeCurrency")} {o.GetProperty("cumFeeDetail").GetRawText()}").ShouldBe(
            ["USDT {\"USDT\":\"-0.6\"}", "BTC {\"BTC\":\"-0.00001\"}", "BTC {\"BTC\":\"0.0001\"}"]);
    }

    [Fact]
    public async Task S22_33_the_seven_day_window_is_exact_and_counts_from_the_bound_that_is_given()
    {
        await using var bench = await BybitBench.StartAsync(nowMillis: 1_700_000_000_000);
        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        async Task<BybitReply> AskAsync(string more) => await bench.Client.PrivateGetAsync("/v5/execution/list", "category=spot" + more);
        (await AskAsync("&startTime=1699395200000&endTime=1700000000000")).List.GetArrayLength().ShouldBe(1);
        (await AskAsync("&startTime=1699395199999&endTime=1700000000000")).Code.ShouldBe(10001);
        (await AskAsync("&startTime=1700000000001&endTime=1700000000000")).Code.ShouldBe(10001);
        (await AskAsync("&startTime=1699395199999")).List.GetArrayLength().ShouldBe(0, "seven days from the start end before the fill");
        (await AskAsync("&endTime=1699999999999")).List.GetArrayLength().ShouldBe(0);
        bench.Time.Advance(TimeSpan.FromDays(8));
        (await AskAsync("")).List.GetArrayLength().ShouldBe(0);
        (await bench.Client.PrivateGetAsync("/v5/order/history", "category=spot&startTime=1699395199999&endTime=1700000000000")).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task S22_34_each_change_pushes_its_coins_and_a_fill_both()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("wallet");
        var id = (await bench.Client.LimitAsync("Sell", "0.1", "61000")).OrderId;
        await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot($"\"orderId\":\"{id}\""));
        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        var coins = (await socket.DrainAsync()).ConvertAll(p => p.First().GetProperty("coin").EnumerateArray().ToDictionary(c => c.Get("coin"), c => $"{c.Get("walletBalance")} {c.Get("locked")} {c.Get("availableToWithdraw")}"));
        coins.Count.ShouldBe(3);
        coins[0].ShouldBe(new Dictionary<string, string> { ["BTC"] = "20 0.1 " });
        coins[1].ShouldBe(new Dictionary<string, string> { ["BTC"] = "20 0 " });
        coins[2].ShouldBe(new Dictionary<string, string> { ["USDT"] = "993999.9 0 ", ["BTC"] = "20.0999 0 " }, ignoreOrder: true);
    }

    [Fact]
    public async Task The_transaction_log_explains_the_wallet()
    {
        await using var bench = await BybitBench.StartAsync();
        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        await bench.Client.LimitAsync("Sell", "0.05", "59999");
        var log = await bench.AllAsync("/v5/account/transaction-log", "category=spot&limit=3");
        log.ConvertAll(e => $"{e.Get("side")} {e.Get("currency")} {e.Get("change")} {e.Get("cashBalance")}").ShouldBe(
            ["Sell USDT 2996.95005 996996.85005", "Sell BTC -0.05 20.0499", "Buy USDT -6000.1 993999.9", "Buy BTC 0.0999 20.0999"]);
        var usdt = await bench.AllAsync("/v5/account/transaction-log", "category=spot&currency=USDT");
        usdt.Count.ShouldBe(2);
        (await bench.Client.PrivateGetAsync("/v5/account/transaction-log", "startTime=1&endTime=604800002")).Code.ShouldBe(10001);
    }
}
