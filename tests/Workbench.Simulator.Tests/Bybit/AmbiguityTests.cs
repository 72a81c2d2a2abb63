using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class AmbiguityTests
{
    private const string Order = "\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"";

    [Theory]
    [InlineData("10000")]
    [InlineData("10016")]
    [InlineData("170007")]
    public async Task S22_31_an_order_can_be_executed_and_answered_with_a_code_that_leaves_it_open(string code)
    {
        await using var bench = await BybitBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Faults.InjectAsync("error-5xx", new Dictionary<string, string> { ["status"] = "200", ["code"] = code, ["count"] = "2" });
        var reply = await bench.Client.CreateAsync(Order + ",\"orderLinkId\":\"rest\"");
        (reply.Status, reply.Json.Get("retCode")).ShouldBe((200, code));
        reply.Json.EnumerateObject().Select(m => m.Name).ShouldBe(["retCode", "retMsg", "result", "retExtInfo", "time"]);
        var answer = await trade.AskAsync(bench.Client.TradeMessage("order.create", BybitTestClient.Spot(Order + ",\"orderLinkId\":\"socket\""), "q"));
        (answer.Get("retCode"), answer.Get("reqId"), answer.Get("op")).ShouldBe((code, "q", "order.create"));
        (await socket.DrainAsync()).ConvertAll(p => p.First().Get("orderLinkId")).ShouldBe(["rest", "socket"]);
        (await bench.Client.CreateAsync(Order + ",\"orderLinkId\":\"rest\"")).Code.ShouldBe(170141, "the first one arrived");
    }

    [Fact]
    public async Task S22_31_a_504_page_can_follow_an_execution()
    {
        await using var bench = await BybitBench.StartAsync();
        await bench.Faults.InjectAsync("error-5xx", new Dictionary<string, string> { ["status"] = "504", ["body"] = "html", ["count"] = "1" });
        var reply = await bench.Client.CreateAsync(Order);
        (reply.Status, reply.Text[0]).ShouldBe((504, '<'));
        bench.Account.OpenOrders.Count.ShouldBe(1);
    }

    [Fact]
    public async Task S22_31_the_answer_can_be_late_on_both_ways_while_the_push_is_not()
    {
        await using var bench = await BybitBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Faults.InjectAsync("answer-late", new Dictionary<string, string> { ["delay"] = "1m", ["count"] = "2" });
        Task rest = bench.Client.CreateAsync(Order);
        (await socket.ReceiveAsync()).First().Get("orderStatus").ShouldBe("New");
        var answer = trade.AskAsync(bench.Client.TradeMessage("order.create", BybitTestClient.Spot(Order)));
        (await socket.ReceiveAsync()).First().Get("orderStatus").ShouldBe("New");
        (rest.IsCompleted, answer.IsCompleted).ShouldBe((false, false));
        await bench.AdvanceUntilAsync(TimeSpan.FromMinutes(1), Task.WhenAll(rest, answer));
        (await answer).Get("retCode").ShouldBe("0");
    }

    [Fact]
    public async Task S22_31_an_answer_can_be_dropped_without_a_word_on_both_ways()
    {
        await using var bench = await BybitBench.StartAsync();
        using var trade = await bench.Client.LoginAsync("trade");
        await bench.Faults.InjectAsync("answer-withheld", new FaultOptions { Count = 2 });
        await trade.SendAsync(bench.Client.TradeMessage("order.create", BybitTestClient.Spot(Order)));
        (await trade.DrainAsync()).ShouldBeEmpty();
        bench.Account.OpenOrders.Count.ShouldBe(1);
        var rest = bench.Client.CreateAsync(Order);
        await bench.UntilAsync(() => bench.Account.OpenOrders.Count == 2);
        rest.IsCompleted.ShouldBeFalse();
        await bench.Faults.ClearAllAsync();
        await Should.ThrowAsync<HttpRequestException>(() => rest);
        (await trade.AskAsync(bench.Client.TradeMessage("order.create", BybitTestClient.Spot(Order)))).Get("retCode").ShouldBe("0");
    }

    [Fact]
    public async Task S22_31_a_cancel_can_be_as_ambiguous_as_an_order()
    {
        await using var bench = await BybitBench.StartAsync();
        var id = (await bench.Client.CreateAsync(Order)).OrderId;
        await bench.Faults.InjectAsync("error-5xx", new Dictionary<string, string> { ["status"] = "200", ["code"] = "10016", ["count"] = "1", ["requests"] = "cancels" });
        (await bench.Client.PostAsync("/v5/order/cancel", BybitTestClient.Spot($"\"orderId\":\"{id}\""))).Code.ShouldBe(10016);
        bench.Account.OpenOrders.ShouldBeEmpty();
    }
}
