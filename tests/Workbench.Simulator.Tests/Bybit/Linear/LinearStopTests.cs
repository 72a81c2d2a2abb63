using System.Text.Json;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit.Linear;

public sealed class LinearStopTests
{
    [Fact]
    public async Task Linear_conditional_order_waits_untriggered_and_keeps_its_id_when_it_fires()
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order", "wallet");
        var reply = await bench.LimitAsync("Buy", "0.1", "60500", ",\"triggerPrice\":\"60001\",\"triggerDirection\":1,\"triggerBy\":\"LastPrice\"");
        reply.Code.ShouldBe(0);
        var order = (await socket.DrainAsync())[0].First();
        (order.Get("orderStatus"), order.Get("stopOrderType"), order.Get("triggerPrice"), order.Get("triggerDirection"), order.Get("triggerBy"))
            .ShouldBe(("Untriggered", "Stop", "60001", "1", "LastPrice"));

        // No margin is bound while it waits.
        (await bench.WalletAsync()).GetProperty("coin")[0].Get("totalOrderIM").ShouldBe("0");
        bench.Quote(Side.Buy, 60_001m, 0.5m);
        var fired = (await socket.DrainAsync()).First(p => p.Get("topic") == "order").First();
        (fired.Get("orderId"), fired.Get("orderStatus"), fired.Get("cumExecQty")).ShouldBe((reply.OrderId, "Filled", "0.1"));
    }

    [Theory]
    [InlineData("MarkPrice")]
    [InlineData("IndexPrice")]
    public async Task Linear_conditional_order_may_watch_mark_or_index(string by)
    {
        await using var bench = await LinearBench.StartAsync();
        var falls = await bench.MarketAsync("Sell", "0.1", $",\"triggerPrice\":\"59500\",\"triggerDirection\":2,\"triggerBy\":\"{by}\"");
        bench.MoveTo(59_600m);
        (await bench.OrderAsync(falls.OrderId)).Get("orderStatus").ShouldBe("Untriggered");
        bench.MoveTo(59_400m);
        (await bench.OrderAsync(falls.OrderId)).Get("orderStatus").ShouldBe("Filled");
        (await bench.PositionAsync()).Get("side").ShouldBe("Sell");
    }

    [Theory]
    [InlineData("\"triggerPrice\":\"59000\",\"triggerDirection\":1,\"triggerBy\":\"MarkPrice\"", 110092)]
    [InlineData("\"triggerPrice\":\"61000\",\"triggerDirection\":2,\"triggerBy\":\"MarkPrice\"", 110093)]
    [InlineData("\"triggerPrice\":\"61000\"", 10001)]
    [InlineData("\"triggerPrice\":\"61000\",\"triggerDirection\":3", 10001)]
    [InlineData("\"triggerPrice\":\"61000\",\"triggerDirection\":1,\"triggerBy\":\"Moon\"", 10001)]
    public async Task Linear_trigger_that_is_already_reached_or_malformed_is_refused(string trigger, int code)
    {
        await using var bench = await LinearBench.StartAsync();
        bench.MoveTo(60_000m);
        (await bench.MarketAsync("Buy", "0.1", "," + trigger)).Code.ShouldBe(code);
    }

    [Fact]
    public async Task Linear_conditional_order_can_be_amended_and_cancelled_while_it_waits()
    {
        await using var bench = await LinearBench.StartAsync();
        var id = (await bench.MarketAsync("Sell", "0.1", ",\"triggerPrice\":\"59500\",\"triggerDirection\":2,\"triggerBy\":\"MarkPrice\"")).OrderId;
        (await bench.PostAsync("/v5/order/amend", $"\"orderId\":\"{id}\",\"triggerPrice\":\"59000\",\"qty\":\"0.2\"")).Code.ShouldBe(0);
        var order = await bench.OrderAsync(id);
        (order.Get("triggerPrice"), order.Get("qty")).ShouldBe(("59000", "0.2"));
        bench.MoveTo(59_400m);
        (await bench.OrderAsync(id)).Get("orderStatus").ShouldBe("Untriggered");
        (await bench.PostAsync("/v5/order/cancel", $"\"orderId\":\"{id}\"")).Code.ShouldBe(0);
        (await bench.OrderAsync(id)).Get("orderStatus").ShouldBe("Deactivated");
    }

    [Fact]
    public async Task Linear_conditional_order_without_margin_when_it_fires_is_rejected()
    {
        await using var bench = await LinearBench.StartAsync();
        bench.Quote(Side.Sell, 60_001m, 300m);
        var id = (await bench.LimitAsync("Buy", "200", "60500", ",\"triggerPrice\":\"60002\",\"triggerDirection\":1")).OrderId;
        using var socket = await bench.Client.ListenAsync("order");
        bench.Quote(Side.Sell, 60_002m, 1m);
        bench.Quote(Side.Buy, 60_002m, 305.1m);
        var order = (await socket.DrainAsync()).Single().First();
        (order.Get("orderId"), order.Get("orderStatus")).ShouldBe((id, "Rejected"));
    }

    [Fact]
    public async Task Linear_take_profit_closes_the_whole_position_and_takes_the_stop_loss_with_it()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Buy", "0.3");
        (await bench.PostAsync("/v5/position/trading-stop", "\"takeProfit\":\"61000\",\"stopLoss\":\"59000\",\"tpTriggerBy\":\"MarkPrice\"")).Code.ShouldBe(0);
        await bench.MarketAsync("Buy", "0.2");
        (await Open(bench)).EnumerateArray().Select(o => $"{o.Get("stopOrderType")} {o.Get("side")} {o.Get("qty")} {o.Get("reduceOnly")}")
            .ShouldBe(["StopLoss Sell 0.5 True", "TakeProfit Sell 0.5 True"], "they grow with the position");
        bench.MoveTo(61_100m);
        (await bench.PositionAsync()).Get("size").ShouldBe("0");
        (await Open(bench)).GetArrayLength().ShouldBe(0);
        var ended = (await bench.Client.PrivateGetAsync("/v5/order/history", "category=linear&symbol=BTCUSDT")).List.EnumerateArray().ToList();
        ended.Single(o => o.Get("stopOrderType") == "TakeProfit").Get("orderStatus").ShouldBe("Filled");
        var loss = ended.Single(o => o.Get("stopOrderType") == "StopLoss");
        (loss.Get("orderStatus"), loss.Get("cancelType")).ShouldBe(("Deactivated", "CancelByTpSlTsClear"));
    }

    [Fact]
    public async Task Linear_stop_loss_of_a_short_fires_when_the_price_rises()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Sell", "0.3");
        (await bench.PostAsync("/v5/position/trading-stop", "\"stopLoss\":\"59000\",\"slTriggerBy\":\"MarkPrice\"")).Code.ShouldBe(10001);
        (await bench.PostAsync("/v5/position/trading-stop", "\"takeProfit\":\"61000\"")).Code.ShouldBe(10001);
        (await bench.PostAsync("/v5/position/trading-stop", "\"stopLoss\":\"60800\",\"slTriggerBy\":\"MarkPrice\"")).Code.ShouldBe(0);
        bench.MoveTo(60_900m);
        (await bench.PositionAsync()).Get("size").ShouldBe("0");
    }

    [Fact]
    public async Task Linear_order_brings_its_stops_which_the_position_gets_when_it_fills()
    {
        await using var bench = await LinearBench.StartAsync();
        (await bench.LimitAsync("Buy", "0.1", "59500", ",\"takeProfit\":\"59400\"")).Code.ShouldBe(10001);
        (await bench.LimitAsync("Buy", "0.1", "59500", ",\"takeProfit\":\"61000\",\"reduceOnly\":true")).Code.ShouldBe(10001);
        var id = (await bench.LimitAsync("Buy", "0.1", "59999.5", ",\"takeProfit\":\"61000\",\"stopLoss\":\"59000\"")).OrderId;
        var order = await bench.OrderAsync(id);
        (order.Get("takeProfit"), order.Get("stopLoss"), order.Get("tpslMode")).ShouldBe(("61000", "59000", "Full"));
        (await bench.PositionAsync()).Get("takeProfit").ShouldBe("");
        (await bench.PostAsync("/v5/order/amend", $"\"orderId\":\"{id}\",\"takeProfit\":\"62000\",\"stopLoss\":\"0\"")).Code.ShouldBe(0);
        bench.Quote(Side.Sell, 59_999.5m, 0.1m);
        var position = await bench.PositionAsync();
        (position.Get("size"), position.Get("takeProfit"), position.Get("stopLoss")).ShouldBe(("0.1", "62000", ""));
    }

    [Fact]
    public async Task Linear_stop_that_the_price_has_reached_before_it_was_set_acts_at_once()
    {
        await using var bench = await LinearBench.StartAsync();
        (await bench.LimitAsync("Buy", "0.1", "59999.5", ",\"stopLoss\":\"59950\",\"slTriggerBy\":\"MarkPrice\"")).Code.ShouldBe(0);
        bench.Bench.Venue.Execute(engine => engine.CancelMany(bench.Bench.Maker, static _ => true));
        bench.Bench.Quote(Side.Buy, 59_899m, 1m);
        bench.Bench.Quote(Side.Sell, 59_901m, 1m);
        bench.Bench.Advance(TimeSpan.FromSeconds(1));
        bench.Linear.Mark("BTCUSDT").ShouldBeLessThan(59_950m);
        bench.Quote(Side.Sell, 59_999.5m, 0.1m);
        (await bench.PositionAsync()).Get("size").ShouldBe("0");
        var last = (await bench.Client.PrivateGetAsync("/v5/order/history", "category=linear&symbol=BTCUSDT")).List[0];
        (last.Get("stopOrderType"), last.Get("orderStatus"), last.Get("side")).ShouldBe(("StopLoss", "Filled", "Sell"));
    }

    [Fact]
    public async Task Linear_partial_stops_stand_for_their_own_size()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Buy", "0.5");
        (await bench.PostAsync("/v5/position/trading-stop",
            "\"tpslMode\":\"Partial\",\"takeProfit\":\"60800\",\"tpSize\":\"0.2\",\"tpTriggerBy\":\"MarkPrice\",\"tpOrderType\":\"Limit\",\"tpLimitPrice\":\"60850\"")).Code.ShouldBe(0);
        (await Open(bench))[0].Get("stopOrderType").ShouldBe("PartialTakeProfit");
        bench.MoveTo(60_900m);
        (await bench.PositionAsync()).Get("size").ShouldBe("0.3");
    }

    [Fact]
    public async Task Linear_trailing_stop_follows_the_best_price_and_fires_at_its_distance()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Buy", "0.1");
        (await bench.PostAsync("/v5/position/trading-stop", "\"trailingStop\":\"500\"")).Code.ShouldBe(0);
        Trade(bench, 60_600m);
        Trade(bench, 60_150m);
        (await bench.PositionAsync()).Get("size").ShouldBe("0.1");
        bench.MoveTo(60_000m);
        Trade(bench, 60_090m);
        (await bench.PositionAsync()).Get("size").ShouldBe("0");
    }

    private static void Trade(LinearBench bench, decimal price)
    {
        bench.Linear.Execute(engine => engine.CancelMany(bench.Linear.Join(bench.Bench.Maker).Account, static _ => true));
        bench.Quote(Side.Buy, price - 10, 1m);
        bench.Quote(Side.Sell, price, 0.1m);
        bench.Quote(Side.Buy, price, 0.1m);
    }

    private static async Task<JsonElement> Open(LinearBench bench) =>
        (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=linear&symbol=BTCUSDT")).List;
}
