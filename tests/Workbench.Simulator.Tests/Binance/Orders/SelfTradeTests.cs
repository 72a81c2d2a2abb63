using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Binance.Orders;

/// <summary>The taker's mode decides what happens to two orders of one account that meet.</summary>
public sealed class SelfTradeTests
{
    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_24_expire_taker_ends_the_taker_and_leaves_the_maker(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var (maker, taker, events) = await MeetAsync(bench, "EXPIRE_TAKER", 0.002m);

        (taker.Str("status"), taker.Dec("executedQty"), taker.Str("selfTradePreventionMode")).ShouldBe(("EXPIRED_IN_MATCH", 0m, "EXPIRE_TAKER"));
        taker.Dec("preventedQuantity").ShouldBe(0.002m);
        maker.Str("status").ShouldBe("NEW");
        events.Select(e => (e.Str("c"), e.Str("x"), e.Str("X"))).ShouldBe([("taker", "NEW", "NEW"), ("taker", "TRADE_PREVENTION", "EXPIRED_IN_MATCH")]);
        var last = events[^1];
        (last.Num("v"), last.Dec("A"), last.Dec("B"), last.Num("U")).ShouldBe((taker.Num("preventedMatchId"), 0.002m, 0.002m, maker.Num("orderId")));
    }

    [Fact]
    public async Task S20_24_expire_maker_ends_the_maker_and_lets_the_taker_rest()
    {
        await using var bench = await OrderBench.StartAsync();
        var (maker, taker, events) = await MeetAsync(bench, "EXPIRE_MAKER", 0.002m);

        (maker.Str("status"), maker.Dec("preventedQuantity")).ShouldBe(("EXPIRED_IN_MATCH", 0.001m));
        (taker.Str("status"), taker.Dec("executedQty")).ShouldBe(("NEW", 0m));
        events.Select(e => (e.Str("c"), e.Str("x"), e.Str("X"))).ShouldBe([("taker", "NEW", "NEW"), ("maker", "TRADE_PREVENTION", "EXPIRED_IN_MATCH")]);
    }

    [Fact]
    public async Task S20_24_expire_both_ends_both()
    {
        await using var bench = await OrderBench.StartAsync();
        var (maker, taker, _) = await MeetAsync(bench, "EXPIRE_BOTH", 0.002m);

        (maker.Str("status"), taker.Str("status")).ShouldBe(("EXPIRED_IN_MATCH", "EXPIRED_IN_MATCH"));
        var matches = (await bench.CallAsync("myPreventedMatches", $"symbol={OrderBench.Symbol}&orderId={maker.Num("orderId")}")).Ok().Body;
        var match = matches.EnumerateArray().ShouldHaveSingleItem();
        (match.Num("takerOrderId"), match.Num("makerOrderId"), match.Str("selfTradePreventionMode")).ShouldBe((taker.Num("orderId"), maker.Num("orderId"), "EXPIRE_BOTH"));
        (match.Dec("makerPreventedQuantity"), match.Dec("takerPreventedQuantity")).ShouldBe((0.001m, 0.002m));
        (await bench.CallAsync("myPreventedMatches", $"symbol={OrderBench.Symbol}&preventedMatchId={match.Num("preventedMatchId")}")).Ok().Body.GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("DECREMENT")]
    [InlineData("TRANSFER")]
    public async Task S20_24_decrement_takes_the_smaller_from_both_and_transfer_within_one_account_does_the_same(string mode)
    {
        await using var bench = await OrderBench.StartAsync();
        var (maker, taker, events) = await MeetAsync(bench, mode, 0.003m);

        (maker.Str("status"), maker.Dec("executedQty"), maker.Dec("preventedQuantity")).ShouldBe(("EXPIRED_IN_MATCH", 0m, 0.001m));
        (taker.Str("status"), taker.Dec("preventedQuantity"), taker.Str("selfTradePreventionMode")).ShouldBe(("NEW", 0.001m, mode));
        events.Select(e => (e.Str("c"), e.Str("x"), e.Str("X"))).ShouldBe(
            [("taker", "NEW", "NEW"), ("maker", "TRADE_PREVENTION", "EXPIRED_IN_MATCH"), ("taker", "TRADE_PREVENTION", "NEW")]);
        (await bench.BalanceAsync("BTC")).Locked.ShouldBe(0.002m);
    }

    [Fact]
    public async Task S20_24_transfer_within_a_trade_group_moves_the_assets_without_a_trade()
    {
        await using var bench = await OrderBench.StartAsync();
        bench.Other(Side.Buy, 5000, 900_000m, TimeInForce.Ioc);
        bench.Other(Side.Sell, 5000, 10_000m, TimeInForce.Ioc);
        var maker = bench.Other(Side.Buy, 0.001m, 60_000m, who: 1, prevention: SelfTradePrevention.Transfer);
        bench.Venue.Venue.Execute(_ => bench.Account.TradeGroup = maker.Account.TradeGroup = 5);
        var before = (await bench.BalanceAsync("USDT")).Free;
        await bench.ListenAsync();

        var taker = (await bench.LimitAsync("SELL", 0.001m, 60_000m, "newClientOrderId=taker&selfTradePreventionMode=TRANSFER")).Ok().Body;

        (taker.Str("status"), taker.Dec("executedQty"), taker.Dec("preventedQuantity")).ShouldBe(("EXPIRED_IN_MATCH", 0m, 0.001m));
        (await bench.BalanceAsync("USDT")).Free.ShouldBe(before + 60m);
        (await bench.CallAsync("myTrades", $"symbol={OrderBench.Symbol}")).Body.GetArrayLength().ShouldBe(0);
        (await bench.StepAsync()).Single(e => e.Has("x") && e.Str("x") == "TRADE_PREVENTION").Num("u").ShouldBe(5);
        (await bench.CallAsync("account.status")).Body.Num("tradeGroupId").ShouldBe(5);
        (await bench.CallAsync("myPreventedMatches", $"symbol={OrderBench.Symbol}&orderId={taker.Num("orderId")}")).Body[0].Num("tradeGroupId").ShouldBe(5);
    }

    [Fact]
    public async Task S20_24_none_lets_the_account_trade_with_itself()
    {
        await using var bench = await OrderBench.StartAsync();
        var (maker, taker, _) = await MeetAsync(bench, "NONE", 0.001m);

        (maker.Str("status"), taker.Str("status")).ShouldBe(("FILLED", "FILLED"));
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_24_a_mode_the_symbol_does_not_allow_is_refused(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        bench.ChangeSpot(s => s with { SelfTradeModes = ["EXPIRE_TAKER"], DefaultSelfTradeMode = "EXPIRE_TAKER" });

        (await bench.LimitAsync("BUY", 0.001m, 30_000m, "selfTradePreventionMode=EXPIRE_MAKER"))
            .ShouldRefuse(-1013, "This symbol does not allow the specified self-trade prevention mode.");
        (await bench.LimitAsync("BUY", 0.001m, 30_000m)).Ok().Body.Str("selfTradePreventionMode").ShouldBe("EXPIRE_TAKER");
    }

    // A maker of 0.001 alone inside the spread, then a taker that reaches it.
    private static async Task<(System.Text.Json.JsonElement Maker, System.Text.Json.JsonElement Taker, List<System.Text.Json.JsonElement> Events)> MeetAsync(
        OrderBench bench, string mode, decimal takerQuantity)
    {
        bench.Other(Side.Buy, 5000, 900_000m, TimeInForce.Ioc);
        bench.Other(Side.Sell, 5000, 10_000m, TimeInForce.Ioc);
        (await bench.LimitAsync("BUY", 0.001m, 60_000m, "newClientOrderId=maker")).Ok();
        await bench.ListenAsync();
        (await bench.LimitAsync("SELL", takerQuantity, 60_000m, $"newClientOrderId=taker&selfTradePreventionMode={mode}")).Ok();
        return (await bench.OrderAsync("maker"), await bench.OrderAsync("taker"), (await bench.StepAsync()).SkipLast(1).ToList());
    }
}
