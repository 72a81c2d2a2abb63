using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Binance.Orders;

public sealed class AmendTests
{
    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_27_amend_shrinks_keeps_id_and_place_and_tells_so(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var price = bench.Bid + 0.01m;
        var placed = (await bench.LimitAsync("BUY", 0.003m, price, "newClientOrderId=before")).Ok().Body;
        bench.Other(Side.Buy, 0.001m, price);
        await bench.ListenAsync();

        var reply = (await AmendAsync(bench, "origClientOrderId=before&newClientOrderId=after&newQty=0.002")).Ok().Body;

        var amended = reply.GetProperty("amendedOrder");
        (amended.Num("orderId"), amended.Str("origClientOrderId"), amended.Str("clientOrderId"), amended.Dec("qty")).ShouldBe((placed.Num("orderId"), "before", "after", 0.002m));
        (amended.Dec("executedQty"), amended.Dec("preventedQty"), amended.Dec("cumulativeQuoteQty"), amended.Has("cummulativeQuoteQty")).ShouldBe((0m, 0m, 0m, false));
        var report = (await bench.StepAsync())[0];
        (report.Str("x"), report.Str("X"), report.Str("c"), report.Str("C"), report.Dec("q"), report.Num("I")).ShouldBe(("REPLACED", "NEW", "after", "before", 0.002m, reply.Num("executionId")));
        (await bench.BalanceAsync("USDT")).Locked.ShouldBe(0.002m * price);
        (await bench.CallAsync("order.cancel", $"symbol={OrderBench.Symbol}&origClientOrderId=before")).ShouldRefuse(-2011, "Unknown order sent.");
        (await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=before")).Ok();
        (await AmendAsync(bench, "origClientOrderId=before&newClientOrderId=after&newQty=0.0005")).ShouldRefuse(-2038, "Duplicate order sent.");
        bench.Other(Side.Sell, 0.002m, price, who: 1);
        (await bench.OrderAsync("after")).Str("status").ShouldBe("FILLED");
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_27_what_does_not_shrink_an_open_order_is_refused(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var price = bench.Bid + 0.01m;
        (await bench.LimitAsync("BUY", 0.003m, price, "newClientOrderId=mine")).Ok();
        bench.Other(Side.Sell, 0.001m, price);
        const string NoChange = "The requested action would change no state; rejecting.";

        (await AmendAsync(bench, "origClientOrderId=mine&newQty=0.004")).ShouldRefuse(-2038, "Order amend (quantity increase) is not supported.");
        (await AmendAsync(bench, "origClientOrderId=mine&newQty=0.003")).ShouldRefuse(-2038, NoChange);
        (await AmendAsync(bench, "origClientOrderId=mine&newQty=0.001")).ShouldRefuse(-2038, NoChange);
        (await AmendAsync(bench, "origClientOrderId=mine&newQty=0")).ShouldRefuse(-1013, "Filter failure: LOT_SIZE");
        (await AmendAsync(bench, "origClientOrderId=mine&newQty=0.0020001")).ShouldRefuse(-1013, "Filter failure: LOT_SIZE");
        (await AmendAsync(bench, "origClientOrderId=mine")).ShouldRefuse(-1102, "Mandatory parameter 'newQty' was not sent, was empty/null, or malformed.");
        (await AmendAsync(bench, "newQty=0.002")).Code.ShouldBe(-1102);
        (await AmendAsync(bench, "origClientOrderId=nobody&newQty=0.002")).ShouldRefuse(-2038, "Unknown order sent.");
        var kept = (await AmendAsync(bench, "origClientOrderId=mine&newClientOrderId=mine&newQty=0.002")).Ok().Body.GetProperty("amendedOrder");
        (kept.Str("clientOrderId"), kept.Str("status")).ShouldBe(("mine", "PARTIALLY_FILLED"));
        var fresh = (await AmendAsync(bench, "origClientOrderId=mine&newQty=0.0015")).Ok().Body.GetProperty("amendedOrder");
        fresh.Str("clientOrderId").ShouldNotBe("mine");
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_27_the_eleventh_amendment_is_refused_and_ten_are_listed(Wire wire)
    {
        await using var bench = await OrderBench.StartAsync(wire);
        var id = (await bench.LimitAsync("BUY", 0.02m, 30_000m, "newClientOrderId=a0")).Ok().Body.Num("orderId");
        for (var i = 1; i <= 10; i++)
        {
            (await AmendAsync(bench, OrderBench.Text($"orderId={id}&newClientOrderId=a{i}&newQty={0.02m - (i * 0.001m)}"))).Ok();
        }

        (await AmendAsync(bench, $"orderId={id}&newQty=0.001")).ShouldRefuse(-1013, "Filter failure: MAX_NUM_ORDER_AMENDS");
        var history = (await bench.CallAsync("order.amendments", $"symbol={OrderBench.Symbol}&orderId={id}")).Ok().Body.EnumerateArray().ToList();

        history.Count.ShouldBe(10);
        (history[0].Str("origClientOrderId"), history[0].Str("newClientOrderId"), history[0].Dec("origQty"), history[0].Dec("newQty")).ShouldBe(("a0", "a1", 0.02m, 0.019m));
        history.Select(h => h.Num("executionId")).ShouldBeInOrder();
        (await bench.CallAsync("order.amendments", $"symbol={OrderBench.Symbol}&orderId={id}&fromExecutionId={history[8].Num("executionId")}")).Body.GetArrayLength().ShouldBe(2);
        (await bench.CountsAsync()).ShouldBe((1, 1));
    }

    [Fact]
    public async Task S20_27_amending_costs_its_weight_even_when_it_succeeds()
    {
        await using var bench = await OrderBench.StartAsync();
        var before = Weight(await bench.LimitAsync("BUY", 0.02m, 30_000m, "newClientOrderId=mine"));

        Weight(await AmendAsync(bench, "origClientOrderId=mine&newQty=0.01&newClientOrderId=mine")).ShouldBe(before + 4);
        Weight(await AmendAsync(bench, "origClientOrderId=mine&newQty=0.01")).ShouldBe(before + 8);
        Weight(await bench.CallAsync("order.cancel", $"symbol={OrderBench.Symbol}&origClientOrderId=mine")).ShouldBe(before + 8);
    }

    private static int Weight(OrderReply reply) => int.Parse(reply.Headers["X-MBX-USED-WEIGHT-1M"], System.Globalization.CultureInfo.InvariantCulture);

    private static Task<OrderReply> AmendAsync(OrderBench bench, string query) =>
        bench.CallAsync("order.amend.keepPriority", $"symbol={OrderBench.Symbol}&{query}");
}
