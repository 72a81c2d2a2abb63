using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Tests.Binance.Orders;

public sealed class QueryTests
{
    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_28_orders_are_found_by_either_id_and_strangers_are_not(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var id = (await bench.LimitAsync("BUY", 0.01m, 30_000m, "newClientOrderId=mine")).Ok().Body.Num("orderId");

        (await QueryAsync(bench, $"orderId={id}")).Ok().Body.Str("clientOrderId").ShouldBe("mine");
        (await QueryAsync(bench, "origClientOrderId=mine")).Ok().Body.Num("orderId").ShouldBe(id);
        (await QueryAsync(bench, $"orderId={id}&origClientOrderId=mine")).Ok();
        (await QueryAsync(bench, "origClientOrderId=yours")).ShouldRefuse(-2013, "Order does not exist.");
        (await QueryAsync(bench, "orderId=99999999")).ShouldRefuse(-2013, "Order does not exist.");
        (await QueryAsync(bench, $"orderId={id}&origClientOrderId=yours")).ShouldRefuse(-2039, "Client order ID is not correct for this order ID.");
        (await QueryAsync(bench, "")).Code.ShouldBe(-1102);
        (await bench.CallAsync("order.status", $"symbol=ETHUSDT&orderId={id}")).Code.ShouldBe(-2013);
        (await bench.CallAsync("myAllocations", $"symbol={OrderBench.Symbol}")).Ok().Body.GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_28_a_fresh_order_is_invisible_for_a_while_and_longer_in_lists(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        await bench.Venue.Faults.InjectAsync(FaultNames.QueryLag, new FaultOptions { Delay = TimeSpan.FromMilliseconds(500) });
        (await bench.LimitAsync("BUY", 0.01m, 30_000m, "newClientOrderId=fresh")).Ok();

        (await QueryAsync(bench, "origClientOrderId=fresh")).ShouldRefuse(-2013, "Order does not exist.");
        bench.Time.Advance(TimeSpan.FromMilliseconds(499));
        (await QueryAsync(bench, "origClientOrderId=fresh")).Code.ShouldBe(-2013);
        bench.Time.Advance(TimeSpan.FromMilliseconds(1));
        (await QueryAsync(bench, "origClientOrderId=fresh")).Ok();
        (await bench.CallAsync("openOrders.status", $"symbol={OrderBench.Symbol}")).Body.GetArrayLength().ShouldBe(1);
        (await bench.CallAsync("allOrders", $"symbol={OrderBench.Symbol}")).Body.GetArrayLength().ShouldBe(0);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        (await bench.CallAsync("allOrders", $"symbol={OrderBench.Symbol}")).Body.GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_28_all_orders_pages_by_id_time_and_limit(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var ids = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            ids.Add((await bench.LimitAsync("BUY", 0.001m, 30_000m)).Ok().Body.Num("orderId"));
            bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        (await IdsAsync(bench, "")).ShouldBe(ids);
        (await IdsAsync(bench, "limit=2")).ShouldBe(ids[2..]);
        (await IdsAsync(bench, $"orderId={ids[1]}&limit=2")).ShouldBe(ids[1..3]);
        (await IdsAsync(bench, $"startTime={bench.Now - 3000}&endTime={bench.Now - 2000}")).ShouldBe(ids[1..3]);
        (await bench.CallAsync("allOrders", $"symbol={OrderBench.Symbol}&startTime=1&endTime=86400002")).ShouldRefuse(-1127, "More than 24 hours between startTime and endTime.");
        (await bench.CallAsync("allOrders", "")).Code.ShouldBe(-1102);
    }

    [Fact]
    public async Task S20_28_what_ended_unfilled_is_archived_after_ninety_days()
    {
        await using var bench = await OrderBench.StartAsync(change: o => o with { Binance = o.Binance with { ChecksTimestamps = false } });
        (await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=idle")).Ok();
        (await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=open")).Ok();
        (await bench.CallAsync("order.cancel", $"symbol={OrderBench.Symbol}&origClientOrderId=idle")).Ok();

        bench.Venue.Venue.Clock.Offset = TimeSpan.FromDays(90);
        (await QueryAsync(bench, "origClientOrderId=idle")).Ok();
        bench.Venue.Venue.Clock.Offset += TimeSpan.FromMilliseconds(1);

        (await QueryAsync(bench, "origClientOrderId=idle")).ShouldRefuse(-2026, "Order was canceled or expired with no executed qty over 90 days ago and has been archived.");
        (await QueryAsync(bench, "origClientOrderId=open")).Ok();
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_28_fills_are_found_by_order_by_first_trade_and_by_time(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var orders = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            orders.Add((await bench.PlaceAsync("side=BUY&type=MARKET&quoteOrderQty=10")).Ok().Body.Num("orderId"));
            bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var all = await TradesAsync(bench, "");
        all.Select(t => t.Num("orderId")).Distinct().ShouldBe(orders);
        all.Select(t => t.Num("id")).ShouldBeInOrder();
        (await TradesAsync(bench, $"orderId={orders[1]}")).ShouldAllBe(t => t.Num("orderId") == orders[1]);
        (await TradesAsync(bench, $"fromId={all[^1].Num("id")}")).ShouldHaveSingleItem().Num("id").ShouldBe(all[^1].Num("id"));
        (await TradesAsync(bench, $"startTime={bench.Now - 1000}")).ShouldAllBe(t => t.Num("orderId") == orders[2]);
        (await TradesAsync(bench, "limit=1")).ShouldHaveSingleItem().Num("id").ShouldBe(all[^1].Num("id"));
        (await bench.CallAsync("myTrades", $"symbol={OrderBench.Symbol}&fromId=1&startTime=1")).ShouldRefuse(-1128, "Combination of optional parameters invalid.");
    }

    private static async Task<List<System.Text.Json.JsonElement>> TradesAsync(OrderBench bench, string query) =>
        (await bench.CallAsync("myTrades", $"symbol={OrderBench.Symbol}&{query}")).Ok().Body.EnumerateArray().ToList();

    private static Task<OrderReply> QueryAsync(OrderBench bench, string query) => bench.CallAsync("order.status", $"symbol={OrderBench.Symbol}&{query}");

    private static async Task<List<long>> IdsAsync(OrderBench bench, string query) =>
        (await bench.CallAsync("allOrders", $"symbol={OrderBench.Symbol}&{query}")).Ok().Body.EnumerateArray().Select(o => o.Num("orderId")).ToList();
}
