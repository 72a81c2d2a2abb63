using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit.Linear;

public sealed class LinearPositionTests
{
    private const string Hedge = "{\"category\":\"linear\",\"coin\":\"USDT\",\"mode\":3}";

    [Fact]
    public async Task S22_25_linear_position_index_must_fit_the_mode()
    {
        await using var bench = await LinearBench.StartAsync();
        (await bench.LimitAsync("Buy", "0.1", "59000", ",\"positionIdx\":0")).Code.ShouldBe(0);
        foreach (var index in (string[])["1", "2"])
        {
            var refused = await bench.LimitAsync("Buy", "0.1", "59000", $",\"positionIdx\":{index}");
            refused.Code.ShouldBe(10001);
            refused.Json.Get("retMsg").ShouldContain("position mode");
        }

        await CancelAll(bench);
        (await bench.Client.PostAsync("/v5/position/switch-mode", Hedge)).Code.ShouldBe(0);
        (await bench.LimitAsync("Buy", "0.1", "59000")).Code.ShouldBe(10001);
        (await bench.LimitAsync("Buy", "0.1", "59000", ",\"positionIdx\":0")).Code.ShouldBe(10001);
        (await bench.LimitAsync("Buy", "0.1", "59000", ",\"positionIdx\":3")).Code.ShouldBe(10001);
        (await bench.LimitAsync("Buy", "0.1", "59000", ",\"positionIdx\":1")).Code.ShouldBe(0);
        (await bench.LimitAsync("Sell", "0.1", "61000", ",\"positionIdx\":2")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task S22_25_linear_hedge_mode_keeps_both_legs_apart_and_the_other_side_only_closes()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.Client.PostAsync("/v5/position/switch-mode", Hedge);
        (await bench.MarketAsync("Buy", "0.3", ",\"positionIdx\":1")).Code.ShouldBe(0);
        (await bench.MarketAsync("Sell", "0.2", ",\"positionIdx\":2")).Code.ShouldBe(0);
        Text(await bench.PositionAsync(1)).ShouldBe("Buy 0.3");
        Text(await bench.PositionAsync(2)).ShouldBe("Sell 0.2");

        // A sell of the long leg closes it, at most to nothing.
        (await bench.MarketAsync("Sell", "0.5", ",\"positionIdx\":1")).Code.ShouldBe(0);
        Text(await bench.PositionAsync(1)).ShouldBe(" 0");
        Text(await bench.PositionAsync(2)).ShouldBe("Sell 0.2");
        (await bench.MarketAsync("Sell", "0.1", ",\"positionIdx\":1")).Code.ShouldBe(110017);
    }

    [Fact]
    public async Task S22_25_linear_reduce_only_needs_a_position_of_the_other_side_and_never_turns_it()
    {
        await using var bench = await LinearBench.StartAsync();
        (await bench.LimitAsync("Sell", "0.1", "61000", ",\"reduceOnly\":true")).Code.ShouldBe(110017);
        await bench.MarketAsync("Buy", "0.3");
        (await bench.LimitAsync("Buy", "0.1", "59000", ",\"reduceOnly\":true")).Code.ShouldBe(110017);
        (await bench.MarketAsync("Sell", "1", ",\"reduceOnly\":true")).Code.ShouldBe(0);
        Text(await bench.PositionAsync()).ShouldBe(" 0");
    }

    [Fact]
    public async Task S22_25_linear_reduce_only_order_shrinks_to_the_position_and_ends_with_it()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Buy", "0.3");
        var resting = await bench.LimitAsync("Sell", "1", "61000", ",\"reduceOnly\":true");
        (await bench.OrderAsync(resting.OrderId)).Get("qty").ShouldBe("0.3");
        using var socket = await bench.Client.ListenAsync("order");
        await bench.MarketAsync("Sell", "0.3");
        var orders = (await socket.DrainAsync()).ConvertAll(p => p.First());
        var ended = orders.Single(o => o.Get("orderId") == resting.OrderId);
        (ended.Get("orderStatus"), ended.Get("cancelType"), ended.Get("leavesQty")).ShouldBe(("Cancelled", "CancelByReduceOnly", "0"));
    }

    [Fact]
    public async Task S22_25_linear_two_resting_orders_hit_at_once_cannot_turn_the_position_through_the_reduce_only_one()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Buy", "0.3");
        await bench.LimitAsync("Sell", "0.3", "60000.5");
        await bench.LimitAsync("Sell", "0.3", "60000.6", ",\"reduceOnly\":true");
        bench.Quote(Side.Buy, 60_000.8m, 0.6m);
        Text(await bench.PositionAsync()).ShouldBe(" 0");
    }

    [Fact]
    public async Task S22_25_linear_plain_order_turns_the_position()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Buy", "0.3");
        await bench.MarketAsync("Sell", "0.5");
        var position = await bench.PositionAsync();
        (Text(position), position.Get("avgPrice")).ShouldBe(("Sell 0.2", "59999"));
    }

    [Fact]
    public async Task S22_25_linear_quantity_zero_closes_the_whole_position()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Buy", "0.3");
        (await bench.MarketAsync("Sell", "0")).Code.ShouldBe(10001);
        (await bench.MarketAsync("Sell", "0", ",\"reduceOnly\":true,\"closeOnTrigger\":true")).Code.ShouldBe(0);
        Text(await bench.PositionAsync()).ShouldBe(" 0");
    }

    [Fact]
    public async Task S22_25_linear_reduce_only_larger_than_one_order_is_split()
    {
        await using var bench = await LinearBench.StartAsync(new() { Name = "bybit", Dialect = "bybit" });
        bench.Bench.Venue.Execute(engine => engine.Deposit(bench.Bench.Account, "USDT", 100_000_000m));
        bench.Linear.Execute(engine => engine.Place(bench.Linear.Join(bench.Bench.Maker).Account, Big(Side.Sell, 1_500m)));
        bench.Linear.Execute(engine => engine.Place(bench.Margin.Account, Big(Side.Buy, 1_500m)));
        Text(await bench.PositionAsync()).ShouldBe("Buy 1500");
        using var socket = await bench.Client.ListenAsync("order");
        (await bench.LimitAsync("Sell", "1500", "61000", ",\"reduceOnly\":true,\"orderLinkId\":\"big\"")).Code.ShouldBe(0);
        var orders = (await socket.DrainAsync()).ConvertAll(p => p.First());
        orders.ConvertAll(o => o.Get("qty") + o.Get("orderLinkId")).ShouldBe(["1190big", "310"]);

        static NewOrder Big(Side side, decimal quantity) => new()
        {
            Symbol = "BTCUSDT", Side = side, Type = OrderType.Limit, Price = 60_000m, Quantity = quantity,
            Tag = new Simulator.Bybit.Linear.LinearTag { TimeInForce = "GTC", LastPrice = 0 },
        };
    }

    [Fact]
    public async Task S22_33_linear_executions_carry_fee_closed_size_and_profit()
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("execution", "execution.fast");
        await bench.MarketAsync("Buy", "0.3");
        await bench.LimitAsync("Sell", "0.5", "60000.5", ",\"orderLinkId\":\"m\"");
        bench.Quote(Side.Buy, 60_000.5m, 0.5m);
        var pushes = await socket.DrainAsync();
        var fills = pushes.Where(p => p.Get("topic") == "execution").Select(p => p.First()).ToList();

        // 0.3 × 60001 × 0.055 %; then as maker 0.5 × 60000.5 × 0.02 %.
        fills.ConvertAll(f => $"{f.Get("execFee")} {f.Get("feeRate")} {f.Get("feeCurrency")} {f.Get("isMaker")} {f.Get("closedSize")} {f.Get("execPnl")} {f.Get("execType")}")
            .ShouldBe(["9.900165 0.00055 USDT False 0 0 Trade", "6.00005 0.0002 USDT True 0.3 -0.15 Trade"]);
        fills[1].Get("category").ShouldBe("linear");
        fills.ConvertAll(f => f.Get("execId")).Distinct().Count().ShouldBe(2);
        var fast = pushes.Where(p => p.Get("topic") == "execution.fast").Select(p => p.First()).ToList();
        (fast[1].Get("orderLinkId"), fast[1].TryGetProperty("execFee", out _)).ShouldBe(("", false));

        var listed = (await bench.Client.PrivateGetAsync("/v5/execution/list", "category=linear&symbol=BTCUSDT")).List;
        listed.EnumerateArray().Select(x => x.Get("execId")).ShouldBe(fills.Select(f => f.Get("execId")).Reverse());
        (await bench.Client.PrivateGetAsync("/v5/execution/list", "category=spot")).List.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task S22_33_linear_executions_are_paged_newest_first_and_limited_to_seven_days()
    {
        await using var bench = await LinearBench.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await bench.MarketAsync("Buy", "0.1");
        }

        var seen = new List<string>();
        var cursor = "";
        for (var page = 0; page < 3; page++)
        {
            var reply = await bench.Client.PrivateGetAsync("/v5/execution/list", $"category=linear&limit=2{(cursor.Length > 0 ? "&cursor=" + cursor : "")}");
            seen.AddRange(reply.List.EnumerateArray().Select(x => x.Get("execId")));
            cursor = reply.Result.Get("nextPageCursor");
        }

        (seen.Count, seen.Distinct().Count(), cursor).ShouldBe((5, 5, ""));
        (await bench.Client.PrivateGetAsync("/v5/execution/list", "category=linear&startTime=1&endTime=604800002")).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task S22_33_linear_closed_profit_is_listed_per_closing_order_after_fees()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Buy", "0.4");
        bench.MoveTo(61_000m);
        var close = await bench.MarketAsync("Sell", "0.1");
        var row = (await bench.Client.PrivateGetAsync("/v5/position/closed-pnl", "category=linear&symbol=BTCUSDT")).List[0];

        // Entry 60001, exit 60999: 99.8 less 0.1 × (60001 + 60999) × 0.055 %.
        (row.Get("orderId"), row.Get("side"), row.Get("closedSize"), row.Get("avgEntryPrice"), row.Get("avgExitPrice"))
            .ShouldBe((close.OrderId, "Sell", "0.1", "60001", "60999"));
        row.Get("closedPnl").ShouldBe("93.145");
        (row.Get("openFee"), row.Get("closeFee")).ShouldBe(("3.300055", "3.354945"));
    }

    [Fact]
    public async Task S22_34_linear_orders_and_positions_bind_margin_of_the_one_wallet()
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("wallet");
        await bench.LimitAsync("Buy", "1", "59000");
        var wallet = (await socket.DrainAsync()).Single().First();
        wallet.GetProperty("coin").GetArrayLength().ShouldBe(1);
        var coin = wallet.GetProperty("coin")[0];

        // 59000 / 10 and twice the taker fee.
        (coin.Get("coin"), coin.Get("totalOrderIM"), coin.Get("totalPositionIM"), coin.Get("locked"), coin.Get("availableToWithdraw"))
            .ShouldBe(("USDT", "5964.9", "0", "0", ""));
        wallet.Get("totalInitialMargin").ShouldBe("5964.9");

        await CancelAll(bench);
        await bench.MarketAsync("Buy", "1");
        coin = (await bench.WalletAsync()).GetProperty("coin")[0];
        (coin.Get("totalOrderIM"), coin.Get("totalPositionIM"), coin.Get("totalPositionMM"), coin.Get("unrealisedPnl"))
            .ShouldBe(("0", "6000", "300", "-1"));

        // The fee of 33.00055 has left the wallet, the loss so far only the equity.
        (coin.Get("walletBalance"), coin.Get("equity"), coin.Get("cumRealisedPnl")).ShouldBe(("999966.99945", "999965.99945", "-33.00055"));
        (await bench.WalletAsync()).Get("totalPerpUPL").ShouldBe("-1");
    }

    [Fact]
    public async Task S22_34_linear_margin_cannot_be_spent_on_spot_nor_spot_locks_on_margin()
    {
        await using var bench = await LinearBench.StartAsync();

        // 160 × 60000 / 10 and fees: 970 560 of a million are bound.
        (await bench.LimitAsync("Buy", "160", "60000")).Code.ShouldBe(0);
        (await bench.Client.LimitAsync("Buy", "1", "59000")).Code.ShouldBe(170131);
        (await bench.Client.LimitAsync("Buy", "0.4", "59000")).Code.ShouldBe(0);
        (await bench.LimitAsync("Buy", "1", "59000")).Code.ShouldBe(110007);
        await CancelAll(bench);
        (await bench.Client.LimitAsync("Buy", "1", "59000")).Code.ShouldBe(0);
        (await bench.LimitAsync("Buy", "160", "60000")).Code.ShouldBe(110007);
    }

    [Fact]
    public async Task S22_34_linear_unrealised_loss_reduces_what_is_available()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Buy", "5");
        bench.Quote(Side.Sell, 60_001m, 100m);
        (await bench.LimitAsync("Buy", "95", "60001")).Code.ShouldBe(0);
        bench.MoveTo(57_000m);
        var wallet = await bench.WalletAsync();
        var coin = wallet.GetProperty("coin")[0];

        // 100 × (57000 − 60001); margin follows the mark.
        (coin.Get("unrealisedPnl"), coin.Get("totalPositionIM")).ShouldBe(("-300100", "570000"));
        var free = decimal.Parse(coin.Get("walletBalance"), CultureInfo.InvariantCulture) - 300_100m - 570_000m;
        bench.Margin.Available(bench.Linear.Mark).ShouldBe(free);
        (await bench.LimitAsync("Buy", "25", "56999")).Code.ShouldBe(110007);
        (await bench.LimitAsync("Sell", "100", "57001")).Code.ShouldBe(0, "what closes binds nothing");
    }

    [Fact]
    public async Task S22_35_linear_position_is_pushed_on_every_order_action_and_its_seq_rises_on_fills_only()
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("position");
        var resting = (await bench.LimitAsync("Buy", "0.1", "59000")).OrderId;
        await bench.PostAsync("/v5/order/amend", $"\"orderId\":\"{resting}\",\"qty\":\"0.2\"");
        await bench.MarketAsync("Buy", "0.3");
        await bench.PostAsync("/v5/order/cancel", $"\"orderId\":\"{resting}\"");
        await bench.MarketAsync("Sell", "0.3");
        await bench.LimitAsync("Buy", "0.1", "59000");
        var positions = (await socket.DrainAsync()).ConvertAll(p => p.First());
        positions.ConvertAll(Text).ShouldBe([" 0", " 0", "Buy 0.3", "Buy 0.3", " 0", " 0"]);
        var seq = positions.ConvertAll(p => p.GetProperty("seq").GetInt64());
        seq[1].ShouldBe(seq[0]);
        seq[2].ShouldBeGreaterThan(seq[1]);
        seq[3].ShouldBe(seq[2]);
        seq[4].ShouldBeGreaterThan(seq[3]);
        seq[5].ShouldBe(seq[4]);
        positions[2].Get("category").ShouldBe("linear");
        positions[2].TryGetProperty("avgPrice", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task S22_35_linear_realised_profit_of_the_position_restarts_and_the_sum_goes_on()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Buy", "0.1");
        await bench.MarketAsync("Sell", "0.1");
        var flat = await bench.PositionAsync();

        // −2 × 0.1 and two fees.
        (flat.Get("side"), flat.Get("size"), flat.Get("avgPrice"), flat.Get("cumRealisedPnl")).ShouldBe(("", "0", "0", "-6.8"));
        await bench.MarketAsync("Buy", "0.1");
        var next = await bench.PositionAsync();
        (next.Get("curRealisedPnl"), next.Get("cumRealisedPnl")).ShouldBe(("-3.300055", "-10.100055"));
    }

    [Fact]
    public async Task Linear_position_list_has_a_flat_row_by_symbol_and_only_held_ones_by_coin()
    {
        await using var bench = await LinearBench.StartAsync();
        (await bench.Client.PrivateGetAsync("/v5/position/list", "category=linear&symbol=ETHUSDT")).List.GetArrayLength().ShouldBe(1);
        (await bench.Client.PrivateGetAsync("/v5/position/list", "category=linear&settleCoin=USDT")).List.GetArrayLength().ShouldBe(0);
        (await bench.Client.PrivateGetAsync("/v5/position/list", "category=linear")).Code.ShouldBe(10001);
        (await bench.Client.PrivateGetAsync("/v5/position/list", "category=linear&symbol=NOPE")).Code.ShouldBe(10001);
        await bench.MarketAsync("Sell", "2");
        var row = (await bench.Client.PrivateGetAsync("/v5/position/list", "category=linear&settleCoin=USDT")).List[0];
        (Text(row), row.Get("leverage"), row.Get("positionValue"), row.Get("positionIM"), row.Get("unrealisedPnl"), row.Get("markPrice"))
            .ShouldBe(("Sell 2", "10", "119998", "12000", "-2", "60000"));
        decimal.Parse(row.Get("liqPrice"), CultureInfo.InvariantCulture).ShouldBeGreaterThan(500_000m);
    }

    [Fact]
    public async Task S22_36_linear_leverage_unchanged_is_110043_and_changes_what_orders_bind()
    {
        await using var bench = await LinearBench.StartAsync();
        (await Leverage(bench, "10", "10")).ShouldBe(110043);
        (await Leverage(bench, "20", "10")).ShouldBe(10001);
        (await Leverage(bench, "101", "101")).ShouldBe(10001);
        (await Leverage(bench, "0.5", "0.5")).ShouldBe(10001);
        await bench.LimitAsync("Buy", "1", "60000");
        (await Leverage(bench, "20", "20")).ShouldBe(0);
        (await bench.PositionAsync()).Get("leverage").ShouldBe("20");
        (await bench.WalletAsync()).GetProperty("coin")[0].Get("totalOrderIM").ShouldBe("3066");
        (await Leverage(bench, "20", "20")).ShouldBe(110043);
        (await bench.LimitAsync("Buy", "300", "60000")).Code.ShouldBe(0);
        (await Leverage(bench, "1", "1")).ShouldBe(110044);
    }

    [Fact]
    public async Task S22_36_linear_mode_unchanged_is_110025_and_stays_while_there_is_anything_open()
    {
        await using var bench = await LinearBench.StartAsync();
        (await Mode(bench, 0)).ShouldBe(110025);
        await bench.LimitAsync("Buy", "1", "59000");
        (await Mode(bench, 3)).ShouldBe(110028);
        await CancelAll(bench);
        await bench.MarketAsync("Buy", "1");
        (await Mode(bench, 3)).ShouldBe(110024);
        await bench.MarketAsync("Sell", "1");
        (await Mode(bench, 3)).ShouldBe(0);
        (await Mode(bench, 3)).ShouldBe(110025);
        (await Mode(bench, 1)).ShouldBe(10001);
        (await bench.Client.PrivateGetAsync("/v5/position/list", "category=linear&symbol=BTCUSDT")).List
            .EnumerateArray().Select(p => p.Get("positionIdx")).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task S22_36_linear_trading_stop_unchanged_is_34040()
    {
        await using var bench = await LinearBench.StartAsync();
        (await bench.PostAsync("/v5/position/trading-stop", "\"takeProfit\":\"65000\",\"positionIdx\":0")).Code.ShouldBe(10001);
        await bench.MarketAsync("Buy", "1");
        (await Stop(bench, "\"takeProfit\":\"65000\",\"stopLoss\":\"55000\"")).ShouldBe(0);
        (await Stop(bench, "\"takeProfit\":\"65000\",\"stopLoss\":\"55000\"")).ShouldBe(34040);
        (await Stop(bench, "\"takeProfit\":\"65000\"")).ShouldBe(34040);
        (await Stop(bench, "\"takeProfit\":\"64000\"")).ShouldBe(0);
        var position = await bench.PositionAsync();
        (position.Get("takeProfit"), position.Get("stopLoss")).ShouldBe(("64000", "55000"));
        (await Stop(bench, "\"takeProfit\":\"0\"")).ShouldBe(0);
        (await Stop(bench, "\"takeProfit\":\"0\"")).ShouldBe(34040);
        (await bench.PositionAsync()).Get("takeProfit").ShouldBe("");
        (await Stop(bench, "\"trailingStop\":\"500\"")).ShouldBe(0);
        (await Stop(bench, "\"trailingStop\":\"500\"")).ShouldBe(34040);
        (await bench.PositionAsync()).Get("trailingStop").ShouldBe("500");
    }

    private static Task<int> Stop(LinearBench bench, string members) => Code(bench.PostAsync("/v5/position/trading-stop", members));

    private static Task<int> Leverage(LinearBench bench, string buy, string sell) =>
        Code(bench.PostAsync("/v5/position/set-leverage", $"\"buyLeverage\":\"{buy}\",\"sellLeverage\":\"{sell}\""));

    private static Task<int> Mode(LinearBench bench, int mode) => Code(bench.PostAsync("/v5/position/switch-mode", $"\"mode\":{mode}"));

    private static async Task<int> Code(Task<BybitReply> reply) => (await reply).Code;

    private static Task<BybitReply> CancelAll(LinearBench bench) => bench.PostAsync("/v5/order/cancel-all", "\"settleCoin\":\"USDT\"");

    private static string Text(JsonElement position) => $"{position.Get("side")} {position.Get("size")}";
}
