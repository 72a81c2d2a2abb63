using System.Text.Json;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Binance.Orders;

/// <summary>Which events go with which reply, in which order: the scripts of the protocol notes, section 19.1.</summary>
public sealed class EventScriptTests
{
    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_38_limit_that_rests_is_new_and_moves_the_amount_to_locked(Wire wire)
    {
        await using var bench = await ListeningAsync(wire);
        var before = (await bench.BalanceAsync("USDT")).Free;

        (await bench.LimitAsync("BUY", 0.01m, 30_000m)).Ok().Body.Str("status").ShouldBe("NEW");

        var events = await bench.StepAsync();
        Script(events).ShouldBe([("NEW", "NEW")]);
        (events[0].GetProperty("w").GetBoolean(), events[0].Num("W"), events[0].Num("t"), events[0].GetProperty("N").ValueKind).ShouldBe((true, bench.Now, -1, JsonValueKind.Null));
        Balance(events, "USDT").ShouldBe((before - 300m, 300m));
    }

    [Fact]
    public async Task S20_38_limit_that_crosses_tells_each_fill_and_is_off_the_book_with_the_last()
    {
        await using var bench = await ListeningAsync(Wire.Rest);
        var price = bench.Ask - 0.02m;
        bench.Other(Side.Sell, 0.01m, price);
        bench.Other(Side.Sell, 0.01m, price + 0.01m);

        var reply = (await bench.LimitAsync("BUY", 0.02m, price + 0.01m)).Ok().Body;

        reply.Str("status").ShouldBe("FILLED");
        var events = await bench.StepAsync();
        Script(events).ShouldBe([("NEW", "NEW"), ("TRADE", "PARTIALLY_FILLED"), ("TRADE", "FILLED")]);
        events.SkipLast(1).Select(e => e.GetProperty("w").GetBoolean()).ShouldBe([true, true, false]);
        events.Skip(1).SkipLast(1).Select(e => (e.Num("t"), e.Dec("l"), e.Dec("L"), e.Dec("n"), e.Str("N"))).ShouldBe(
            reply.GetProperty("fills").EnumerateArray().Select(f => (f.Num("tradeId"), f.Dec("qty"), f.Dec("price"), f.Dec("commission"), f.Str("commissionAsset"))));
        events.SkipLast(1).Select(e => e.Num("I")).ShouldBeInOrder();
        (events[^2].Dec("z"), events[^2].Dec("Z"), events[^2].Dec("Y")).ShouldBe((0.02m, reply.Dec("cummulativeQuoteQty"), 0.01m * (price + 0.01m)));
    }

    [Fact]
    public async Task S20_38_market_order_in_a_thin_book_ends_with_its_reason()
    {
        await using var bench = await ListeningAsync(Wire.Rest);
        bench.Other(Side.Buy, 5000, 900_000m, TimeInForce.Ioc);
        bench.Other(Side.Sell, 0.3m, 62_000m);

        (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.5")).Ok();

        var events = await bench.StepAsync();
        Script(events).ShouldBe([("NEW", "NEW"), ("TRADE", "PARTIALLY_FILLED"), ("EXPIRED", "EXPIRED")]);
        (events[^2].Str("eR"), events[0].Has("eR")).ShouldBe(("INSUFFICIENT_LIQUIDITY", false));
    }

    [Theory]
    [InlineData("IOC", "UNFILLED_IOC_QUANTITY_EXPIRED")]
    [InlineData("FOK", "UNFILLED_FOK_ORDER_EXPIRED")]
    public async Task S20_38_immediate_orders_without_a_match_are_new_and_expired(string tif, string reason)
    {
        await using var bench = await ListeningAsync(Wire.Rest);
        var before = await bench.BalanceAsync("USDT");

        (await bench.PlaceAsync($"side=BUY&type=LIMIT&timeInForce={tif}&quantity=0.01&price=30000")).Ok();

        var events = await bench.StepAsync();
        Script(events).ShouldBe([("NEW", "NEW"), ("EXPIRED", "EXPIRED")]);
        events[1].Str("eR").ShouldBe(reason);
        Balance(events, "USDT").ShouldBe(before);
    }

    [Fact]
    public async Task S20_38_resting_order_filled_later_is_the_maker()
    {
        await using var bench = await ListeningAsync(Wire.Rest);
        var price = bench.Bid + 0.01m;
        (await bench.LimitAsync("BUY", 0.01m, price)).Ok();
        await bench.StepAsync();

        bench.Other(Side.Sell, 0.004m, price);
        bench.Other(Side.Sell, 0.006m, price);

        var first = await bench.StepAsync();
        var second = await bench.StepAsync();
        (Script(first).Single(), Script(second).Single()).ShouldBe((("TRADE", "PARTIALLY_FILLED"), ("TRADE", "FILLED")));
        first.Concat(second).Where(e => e.Str("e") == "executionReport").ShouldAllBe(e => e.GetProperty("m").GetBoolean());
        first[^1].GetProperty("B").EnumerateArray().Select(b => b.Str("a")).ShouldBe(["BTC", "USDT"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_38_cancel_tells_both_ids_and_frees_the_amount(Wire wire)
    {
        await using var bench = await ListeningAsync(wire);
        var before = await bench.BalanceAsync("USDT");
        (await bench.LimitAsync("BUY", 0.01m, 30_000m, "newClientOrderId=mine")).Ok();
        await bench.StepAsync();

        (await bench.CallAsync("order.cancel", $"symbol={OrderBench.Symbol}&origClientOrderId=mine&newClientOrderId=bye")).Ok();

        var events = await bench.StepAsync();
        Script(events).ShouldBe([("CANCELED", "CANCELED")]);
        (events[0].Str("c"), events[0].Str("C")).ShouldBe(("bye", "mine"));
        Balance(events, "USDT").ShouldBe(before);
    }

    private static async Task<OrderBench> ListeningAsync(Wire wire)
    {
        var bench = await OrderBench.StartAsync(wire);
        await bench.ListenAsync();
        return bench;
    }

    private static List<(string?, string?)> Script(IEnumerable<JsonElement> events) =>
        [.. events.Where(e => e.Str("e") == "executionReport").Select(e => (e.Str("x"), e.Str("X")))];

    private static (decimal Free, decimal Locked) Balance(List<JsonElement> events, string asset)
    {
        var balance = events[^1].GetProperty("B").EnumerateArray().Single(b => b.Str("a") == asset);
        return (balance.Dec("f"), balance.Dec("l"));
    }
}
