namespace Workbench.Simulator.Tests.Binance.Orders;

public sealed class CancelTests
{
    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_25_cancel_swaps_the_ids_and_finds_by_either(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var first = (await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=one")).Ok().Body.Num("orderId");
        (await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=two")).Ok();

        var byId = (await CancelAsync(bench, $"orderId={first}")).Ok().Body;
        var byClientId = (await CancelAsync(bench, "origClientOrderId=two&newClientOrderId=gone")).Ok().Body;

        (byId.Str("origClientOrderId"), byId.Str("status"), byId.Str("clientOrderId")!.Length).ShouldBe(("one", "CANCELED", 22));
        (byClientId.Str("origClientOrderId"), byClientId.Str("clientOrderId")).ShouldBe(("two", "gone"));
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_25_what_is_not_open_or_not_named_is_refused(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var filled = (await bench.PlaceAsync("side=BUY&type=MARKET&quantity=0.001")).Ok().Body.Num("orderId");
        var open = (await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=open")).Ok().Body.Num("orderId");

        (await CancelAsync(bench, $"orderId={filled}")).ShouldRefuse(-2011, "Unknown order sent.");
        (await CancelAsync(bench, "orderId=999999")).ShouldRefuse(-2011, "Unknown order sent.");
        (await CancelAsync(bench, "")).ShouldRefuse(-1102, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
        (await CancelAsync(bench, $"orderId={open}&origClientOrderId=other")).ShouldRefuse(-2011, "Unknown order sent.");
        (await CancelAsync(bench, $"orderId={open}&cancelRestrictions=ONLY_PARTIALLY_FILLED")).ShouldRefuse(-2011, "Order was not canceled due to cancel restrictions.");
        (await CancelAsync(bench, $"orderId={open}&cancelRestrictions=NEVER")).Code.ShouldBe(-1145);
        (await CancelAsync(bench, $"orderId={open}&cancelRestrictions=ONLY_NEW")).Ok();
        (await CancelAsync(bench, $"orderId={open}")).ShouldRefuse(-2011, "Unknown order sent.");
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_25_cancel_all_takes_orders_and_lists_of_one_symbol(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        (await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=plain")).Ok();
        (await bench.PlaceAsync("side=BUY&type=STOP_LOSS&quantity=0.001&stopPrice=80000&newClientOrderId=stop")).Ok();
        var list = (await bench.CallAsync("orderList.place.oco", OrderListTests.Oco)).Ok().Body.Num("orderListId");
        (await bench.CallAsync("order.place", "symbol=ETHUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=2000")).Ok();

        var cancelled = (await bench.CallAsync("openOrders.cancelAll", $"symbol={OrderBench.Symbol}")).Ok().Body.EnumerateArray().ToList();

        cancelled.Count.ShouldBe(3);
        cancelled.Take(2).Select(c => (c.Str("origClientOrderId"), c.Str("status"))).ShouldBe([("plain", "CANCELED"), ("stop", "CANCELED")]);
        (cancelled[2].Num("orderListId"), cancelled[2].Str("listOrderStatus")).ShouldBe((list, "ALL_DONE"));
        cancelled[2].GetProperty("orderReports").GetArrayLength().ShouldBe(2);
        (await bench.CallAsync("openOrders.status")).Body.EnumerateArray().ShouldHaveSingleItem().Str("symbol").ShouldBe("ETHUSDT");
        (await bench.CallAsync("openOrders.cancelAll", $"symbol={OrderBench.Symbol}")).ShouldRefuse(-2011, "Unknown order sent.");
    }

    private static Task<OrderReply> CancelAsync(OrderBench bench, string query) => bench.CallAsync("order.cancel", $"symbol={OrderBench.Symbol}&{query}");
}
