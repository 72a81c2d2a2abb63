using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit.Linear;

public sealed class LinearOrderTests
{
    [Fact]
    public async Task S21_1_linear_limit_that_rests_tells_order_position_and_wallet()
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ListenAsync("order", "execution", "position", "wallet");
        var reply = await bench.LimitAsync("Buy", "0.1", "59000", ",\"orderLinkId\":\"mine-1\"");
        reply.Code.ShouldBe(0);
        reply.Result.EnumerateObject().Select(m => m.Name).ShouldBe(["orderId", "orderLinkId"]);
        Guid.TryParseExact(reply.OrderId, "D", out _).ShouldBeTrue();

        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["order New", "position", "wallet"]);
        var order = pushes[0].First();
        order.Get("category").ShouldBe("linear");
        order.Get("orderId").ShouldBe(reply.OrderId);
        order.Get("orderLinkId").ShouldBe("mine-1");
        order.Get("leavesQty").ShouldBe("0.1");
        order.Get("avgPrice").ShouldBe("");
    }

    [Fact]
    public async Task S21_1_linear_limit_that_crosses_fully_tells_fills_order_position_wallet()
    {
        await using var bench = await LinearBench.StartAsync();
        bench.Quote(Side.Sell, 60_002m, 1m);
        using var socket = await bench.Client.ListenAsync("order", "execution", "position", "wallet");
        await bench.LimitAsync("Buy", "5.5", "60002");
        var pushes = await socket.DrainAsync();
        pushes.Script().ShouldBe(["execution", "order Filled", "position", "wallet"]);
        pushes[0].GetProperty("data").EnumerateArray().Select(f => $"{f.Get("execQty")}@{f.Get("execPrice")} left {f.Get("leavesQty")}")
            .ShouldBe(["5@60001 left 0.5", "0.5@60002 left 0"]);
        var position = pushes[2].First();
        (position.Get("side"), position.Get("size"), position.Get("entryPrice")).ShouldBe(("Buy", "5.5", "60001.09090909"));
    }
}
