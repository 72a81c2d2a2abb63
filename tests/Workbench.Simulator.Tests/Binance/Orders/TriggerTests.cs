using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Binance.Orders;

/// <summary>Orders that wait for a price.</summary>
public sealed class TriggerTests
{
    [Theory]
    [InlineData(Wire.Rest, "BUY", "STOP_LOSS", 1)]
    [InlineData(Wire.WebSocket, "BUY", "STOP_LOSS", 1)]
    [InlineData(Wire.Rest, "SELL", "STOP_LOSS", -1)]
    [InlineData(Wire.Rest, "BUY", "TAKE_PROFIT", -1)]
    [InlineData(Wire.WebSocket, "SELL", "TAKE_PROFIT", 1)]
    public async Task S20_19_market_trigger_waits_unworking_and_fills_when_reached(Wire wire, string side, string type, int direction)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        bench.TradeAt(62_000m);
        var trigger = 62_000m + (direction * 500m);
        await bench.ListenAsync();

        (await bench.PlaceAsync(OrderBench.Text($"side={side}&type={type}&quantity=0.001&stopPrice={62_000m - (direction * 500m)}")))
            .ShouldRefuse(-2010, "Order would trigger immediately.");
        (await bench.PlaceAsync(OrderBench.Text($"side={side}&type={type}&quantity=0.001&stopPrice={trigger}&newClientOrderId=stop"))).Ok();

        var waiting = await bench.OrderAsync("stop");
        (waiting.Str("status"), waiting.GetProperty("isWorking").GetBoolean(), waiting.Num("workingTime"), waiting.Dec("stopPrice")).ShouldBe(("NEW", false, -1, trigger));
        var placed = (await bench.StepAsync())[0];
        (placed.Str("x"), placed.Str("X"), placed.GetProperty("w").GetBoolean(), placed.Dec("P"), placed.Has("W")).ShouldBe(("NEW", "NEW", false, trigger, false));
        bench.TradeAt(62_000m + (direction * 499m));
        (await bench.OrderAsync("stop")).Str("status").ShouldBe("NEW");
        bench.Other(direction > 0 ? Side.Sell : Side.Buy, 1, 62_000m + (direction * 600m));
        bench.Other(direction > 0 ? Side.Buy : Side.Sell, 1, 62_000m - (direction * 600m));
        bench.TradeAt(trigger);

        (await bench.OrderAsync("stop")).Str("status").ShouldBe("FILLED");
        var fired = await bench.StepAsync();
        fired.SkipLast(1).Select(e => (e.Str("x"), e.Str("X"))).ShouldBe([("NEW", "NEW"), ("TRADE", "FILLED")]);
        fired[0].Has("W").ShouldBeTrue();
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_19_stop_limit_rests_at_its_price_after_it_was_triggered(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        bench.TradeAt(62_000m);
        var before = await bench.BalanceAsync("USDT");
        await bench.ListenAsync();

        (await bench.PlaceAsync("side=BUY&type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=0.01&price=62300&stopPrice=62500&newClientOrderId=stop")).Ok();
        (await bench.BalanceAsync("USDT")).ShouldBe((before.Free - 623m, 623m));
        await bench.StepAsync();
        bench.TradeAt(62_500m);

        var order = await bench.OrderAsync("stop");
        (order.Str("status"), order.GetProperty("isWorking").GetBoolean(), order.Num("workingTime")).ShouldBe(("NEW", true, bench.Now));
        bench.Other(Side.Sell, 0.01m, 62_300m);
        (await bench.OrderAsync("stop")).Str("status").ShouldBe("FILLED");
        (await bench.BalanceAsync("USDT")).ShouldBe((before.Free - 623m, 0m));
    }

    [Fact]
    public async Task S20_19_trailing_stop_follows_the_market_and_fires_on_the_way_back()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.TradeAt(62_000m);

        (await bench.PlaceAsync("side=SELL&type=STOP_LOSS&quantity=0.001&trailingDelta=100&newClientOrderId=trail")).Ok();
        var placed = await bench.OrderAsync("trail");
        (placed.Num("trailingDelta"), placed.Num("trailingTime")).ShouldBe((100, bench.Now));
        bench.TradeAt(63_000m);
        bench.TradeAt(62_371m);
        (await bench.OrderAsync("trail")).Str("status").ShouldBe("NEW");
        bench.Other(Side.Buy, 1, 62_000m);
        bench.TradeAt(62_370m);

        (await bench.OrderAsync("trail")).Str("status").ShouldBe("FILLED");
    }

    [Fact]
    public async Task S20_25_waiting_stop_can_be_cancelled_and_unlocks()
    {
        await using var bench = await OrderBench.StartAsync();
        var before = await bench.BalanceAsync("BTC");

        (await bench.PlaceAsync("side=SELL&type=STOP_LOSS_LIMIT&timeInForce=GTC&quantity=0.1&price=40000&stopPrice=41000&newClientOrderId=stop")).Ok();
        (await bench.BalanceAsync("BTC")).Locked.ShouldBe(0.1m);
        var cancelled = (await bench.CallAsync("order.cancel", $"symbol={OrderBench.Symbol}&origClientOrderId=stop&cancelRestrictions=ONLY_NEW")).Ok().Body;

        (cancelled.Str("type"), cancelled.Dec("stopPrice")).ShouldBe(("STOP_LOSS_LIMIT", 41_000m));
        (await bench.BalanceAsync("BTC")).ShouldBe(before);
    }
}
