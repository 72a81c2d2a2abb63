using System.Text.Json;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Binance.Orders;

/// <summary>Each row of the cancel-replace table, and what it leaves behind.</summary>
public sealed class CancelReplaceTests
{
    private const string Stop = "cancelReplaceMode=STOP_ON_FAILURE&";
    private const string Allow = "cancelReplaceMode=ALLOW_FAILURE&";
    private const string CancelOnly = "orderRateLimitExceededMode=CANCEL_ONLY&";
    private const string Good = "side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=31000&newClientOrderId=new";
    private const string TooDear = "side=BUY&type=LIMIT&timeInForce=GTC&quantity=100&price=31000&newClientOrderId=new";

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_26_both_succeed(Wire wire)
    {
        await using var bench = await BenchAsync(wire);
        await bench.ListenAsync();

        var reply = (await ReplaceAsync(bench, Stop + "cancelOrigClientOrderId=old&cancelNewClientOrderId=gone&" + Good)).Ok().Body;

        Results(reply).ShouldBe(("SUCCESS", "SUCCESS"));
        var cancelled = reply.GetProperty("cancelResponse");
        (cancelled.Str("origClientOrderId"), cancelled.Str("clientOrderId"), cancelled.Str("status")).ShouldBe(("old", "gone", "CANCELED"));
        var placed = reply.GetProperty("newOrderResponse");
        (placed.Str("clientOrderId"), placed.Str("status")).ShouldBe(("new", "NEW"));
        placed.Num("orderId").ShouldBeGreaterThan(cancelled.Num("orderId"));
        var events = await bench.StepAsync();
        events.SkipLast(1).Select(e => (e.Str("x"), e.Str("c"), e.Str("C"))).ShouldBe([("CANCELED", "gone", "old"), ("NEW", "new", "")]);
        events[^1].GetProperty("B").EnumerateArray().Single(b => b.Str("a") == "USDT").Dec("l").ShouldBe(31m);
        (await bench.CountsAsync()).ShouldBe((2, 2));
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_26_stop_on_failure_places_nothing_when_the_cancel_fails_but_counts(Wire wire)
    {
        await using var bench = await BenchAsync(wire);

        var reply = await ReplaceAsync(bench, Stop + "cancelOrigClientOrderId=unknown&" + Good);

        reply.ShouldRefuse(-2022, "Order cancel-replace failed.");
        var data = reply.Body.GetProperty("data");
        Results(data).ShouldBe(("FAILURE", "NOT_ATTEMPTED"));
        data.GetProperty("cancelResponse").Num("code").ShouldBe(-2011);
        data.GetProperty("newOrderResponse").ValueKind.ShouldBe(JsonValueKind.Null);
        (await bench.OrderAsync("new")).Num("code").ShouldBe(-2013);
        (await bench.CountsAsync()).ShouldBe((2, 2));
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_26_both_fail(Wire wire)
    {
        await using var bench = await BenchAsync(wire);

        var reply = await ReplaceAsync(bench, Allow + "cancelOrigClientOrderId=unknown&" + TooDear);

        reply.ShouldRefuse(-2022, "Order cancel-replace failed.");
        var data = reply.Body.GetProperty("data");
        Results(data).ShouldBe(("FAILURE", "FAILURE"));
        (data.GetProperty("cancelResponse").Num("code"), data.GetProperty("newOrderResponse").Num("code")).ShouldBe((-2011, -2010));
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_26_cancelled_but_the_new_order_refused_is_409_and_leaves_nothing(Wire wire)
    {
        await using var bench = await BenchAsync(wire);
        await bench.ListenAsync();

        var reply = await ReplaceAsync(bench, Stop + "cancelOrigClientOrderId=old&" + TooDear);

        reply.ShouldRefuse(-2021, "Order cancel-replace partially failed.", 409);
        var data = reply.Body.GetProperty("data");
        Results(data).ShouldBe(("SUCCESS", "FAILURE"));
        data.GetProperty("cancelResponse").Str("status").ShouldBe("CANCELED");
        data.GetProperty("newOrderResponse").Str("msg").ShouldBe("Account has insufficient balance for requested action.");
        (await bench.CallAsync("openOrders.status", $"symbol={OrderBench.Symbol}")).Body.GetArrayLength().ShouldBe(0);
        var events = await bench.StepAsync();
        events.SkipLast(1).Select(e => (e.Str("x"), e.Str("X"), e.Str("r")))
            .ShouldBe([("CANCELED", "CANCELED", "NONE"), ("REJECTED", "REJECTED", "INSUFFICIENT_BALANCES")]);
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_26_allow_failure_places_although_the_cancel_failed(Wire wire)
    {
        await using var bench = await BenchAsync(wire);

        var reply = await ReplaceAsync(bench, Allow + "cancelOrigClientOrderId=unknown&" + Good);

        reply.ShouldRefuse(-2021, "Order cancel-replace partially failed.", 409);
        var data = reply.Body.GetProperty("data");
        Results(data).ShouldBe(("FAILURE", "SUCCESS"));
        data.GetProperty("newOrderResponse").Str("clientOrderId").ShouldBe("new");
        (await bench.OrderAsync("new")).Str("status").ShouldBe("NEW");
        (await bench.OrderAsync("old")).Str("status").ShouldBe("NEW");
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_26_too_many_orders_with_do_nothing_does_nothing(Wire wire)
    {
        await using var bench = await FullAsync(wire);

        var reply = await ReplaceAsync(bench, Stop + "cancelOrigClientOrderId=old&" + Good);

        reply.ShouldRefuse(-1015, "Too many new orders; current limit is 100 orders per 10 SECOND.", 429);
        (await bench.OrderAsync("old")).Str("status").ShouldBe("NEW");
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_26_too_many_orders_with_cancel_only_cancels_although_it_says_429(Wire wire)
    {
        await using var bench = await FullAsync(wire);

        var reply = await ReplaceAsync(bench, Stop + CancelOnly + "cancelOrigClientOrderId=old&" + Good);

        reply.ShouldRefuse(-2021, "Order cancel-replace partially failed.", 429);
        var data = reply.Body.GetProperty("data");
        Results(data).ShouldBe(("SUCCESS", "FAILURE"));
        data.GetProperty("newOrderResponse").Num("code").ShouldBe(-1015);
        (await bench.OrderAsync("old")).Str("status").ShouldBe("CANCELED");
        (await bench.CountsAsync()).TenSeconds.ShouldBe(100);
    }

    [Theory]
    [InlineData(Wire.Rest)]
    [InlineData(Wire.WebSocket)]
    public async Task S20_26_too_many_orders_with_cancel_only_and_a_failing_cancel(Wire wire)
    {
        await using var bench = await FullAsync(wire);

        var reply = await ReplaceAsync(bench, Stop + CancelOnly + "cancelOrigClientOrderId=unknown&" + Good);

        reply.ShouldRefuse(-2022, "Order cancel-replace failed.", 429);
        Results(reply.Body.GetProperty("data")).ShouldBe(("FAILURE", "NOT_ATTEMPTED"));
    }

    [Theory]
    [InlineData(Wire.Rest, "old", 409, -2021, "SUCCESS")]
    [InlineData(Wire.WebSocket, "old", 409, -2021, "SUCCESS")]
    [InlineData(Wire.Rest, "unknown", 400, -2022, "FAILURE")]
    [InlineData(Wire.WebSocket, "unknown", 400, -2022, "FAILURE")]
    public async Task S20_26_too_many_orders_with_cancel_only_and_allow_failure(Wire wire, string old, int status, int code, string cancelResult)
    {
        await using var bench = await FullAsync(wire);

        var reply = await ReplaceAsync(bench, $"{Allow}{CancelOnly}cancelOrigClientOrderId={old}&{Good}");

        (reply.Status, reply.Code).ShouldBe((status, code), reply.Raw);
        Results(reply.Body.GetProperty("data")).ShouldBe((cancelResult, "FAILURE"));
        reply.Body.GetProperty("data").GetProperty("newOrderResponse").Num("code").ShouldBe(-1015);
    }

    [Fact]
    public async Task S20_26_filters_are_looked_at_before_anything_is_cancelled()
    {
        await using var bench = await BenchAsync(Wire.Rest);

        (await ReplaceAsync(bench, Stop + "cancelOrigClientOrderId=old&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price=31000.001"))
            .ShouldRefuse(-1013, "Filter failure: PRICE_FILTER");
        (await ReplaceAsync(bench, Stop + Good)).Code.ShouldBe(-1102);
        (await ReplaceAsync(bench, "cancelReplaceMode=SOMETIMES&cancelOrigClientOrderId=old&" + Good)).Code.ShouldBe(-1130);
        (await ReplaceAsync(bench, Stop + "cancelOrigClientOrderId=old&cancelRestrictions=ONLY_PARTIALLY_FILLED&" + Good))
            .Body.GetProperty("data").GetProperty("cancelResponse").Str("msg").ShouldBe("Order was not canceled due to cancel restrictions.");
        (await bench.OrderAsync("old")).Str("status").ShouldBe("NEW");
    }

    [Fact]
    public async Task S20_26_new_order_may_take_over_the_client_id_and_goes_to_the_back_of_the_queue()
    {
        await using var bench = await BenchAsync(Wire.Rest);
        var price = bench.Bid + 0.01m;
        (await bench.LimitAsync("BUY", 0.001m, price, "newClientOrderId=mine")).Ok();
        bench.Other(Side.Buy, 0.001m, price);

        (await ReplaceAsync(bench, OrderBench.Text($"{Stop}cancelOrigClientOrderId=mine&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.001&price={price}&newClientOrderId=mine"))).Ok();
        bench.Other(Side.Sell, 0.001m, price, who: 1);

        (await bench.OrderAsync("mine")).Str("status").ShouldBe("NEW");
    }

    private static Task<OrderReply> ReplaceAsync(OrderBench bench, string query) =>
        bench.CallAsync("order.cancelReplace", $"symbol={OrderBench.Symbol}&{query}");

    private static async Task<OrderBench> BenchAsync(Wire wire)
    {
        var bench = await OrderBench.StartAsync(wire);
        (await bench.LimitAsync("BUY", 0.001m, 30_000m, "newClientOrderId=old")).Ok();
        return bench;
    }

    // An account whose ten seconds are used up.
    private static async Task<OrderBench> FullAsync(Wire wire)
    {
        var bench = await BenchAsync(wire);
        while ((await bench.CountsAsync()).TenSeconds < 100)
        {
            (await ReplaceAsync(bench, Stop + "cancelOrigClientOrderId=unknown&" + Good)).Code.ShouldBe(-2022);
        }

        return bench;
    }

    private static (string?, string?) Results(JsonElement json) => (json.Str("cancelResult"), json.Str("newOrderResult"));
}
