using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Binance.Orders;

public sealed class OrderCountWireTests
{
    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_14_placements_count_the_first_fill_gives_back_and_a_cancel_nothing(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var price = bench.Bid + 0.01m;

        Headers(await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=rest")).ShouldBe(("1", "1"));
        Headers(await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.001")).ShouldBe(("1", "1"));
        (await bench.CallAsync("order.cancel", $"symbol={OrderBench.Symbol}&origClientOrderId=rest")).Ok();
        (await bench.CountsAsync()).ShouldBe((1, 1));
        (await bench.LimitAsync("BUY", 100m, 30_000m)).Code.ShouldBe(-2010);
        (await bench.CountsAsync()).ShouldBe((1, 1));
        for (var i = 0; i < 9; i++)
        {
            (await bench.LimitAsync("BUY", 0.001m, 30_000m)).Ok();
        }

        (await bench.LimitAsync("BUY", 0.002m, price)).Ok();
        (await bench.CountsAsync()).ShouldBe((11, 11));
        bench.Other(Side.Sell, 0.001m, price);
        (await bench.CountsAsync()).ShouldBe((6, 6));
        bench.Other(Side.Sell, 0.001m, price);
        (await bench.CountsAsync()).ShouldBe((6, 6));
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_14_over_the_limit_is_429_until_the_window_turns_and_lists_count_their_legs(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        (await bench.CallAsync("orderList.place.oco", OrderListTests.Oco)).Ok();
        (await bench.CountsAsync()).ShouldBe((2, 2));
        for (var i = 0; i < 97; i++)
        {
            (await bench.LimitAsync("BUY", 0.001m, 30_000m)).Ok();
        }

        const string Text = "Too many new orders; current limit is 100 orders per 10 SECOND.";
        (await bench.CallAsync("orderList.place.oco", OrderListTests.Oco)).ShouldRefuse(-1015, Text, 429);
        (await bench.LimitAsync("BUY", 0.001m, 30_000m)).Ok();
        var refused = await bench.LimitAsync("BUY", 0.001m, 30_000m);
        refused.ShouldRefuse(-1015, Text, 429);
        if (wire == Wire.Rest)
        {
            refused.Headers["Retry-After"].ShouldBe("9");
        }
        else
        {
            (refused.Body.GetProperty("data").Num("retryAfter") - bench.Now).ShouldBe(9000);
        }

        (await bench.CallAsync("order.test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001")).Ok();
        bench.Time.Advance(TimeSpan.FromSeconds(8.999));
        (await bench.LimitAsync("BUY", 0.001m, 30_000m)).Status.ShouldBe(429);
        bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        Headers(await bench.LimitAsync("BUY", 0.001m, 30_000m)).ShouldBe(("1", "101"));
    }

    private static (string, string) Headers(OrderReply reply)
    {
        reply.Ok();
        return (reply.Headers["X-MBX-ORDER-COUNT-10S"], reply.Headers["X-MBX-ORDER-COUNT-1D"]);
    }
}
