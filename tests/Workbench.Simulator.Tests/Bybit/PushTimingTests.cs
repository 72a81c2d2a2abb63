using Workbench.Simulator.Bybit;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class PushTimingTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task S22_18_pushes_can_come_before_the_answer()
    {
        var options = BybitBench.With(new BybitOptions { Pushes = PushTiming.BeforeAnswer, PushDelay = Long });
        await using var bench = await BybitBench.StartAsync(options: options);
        using var socket = await bench.Client.ListenAsync("order");
        var answer = bench.Client.LimitAsync("Buy", "0.01", "59000");
        (await socket.ReceiveAsync()).First().Get("orderStatus").ShouldBe("New");
        answer.IsCompleted.ShouldBeFalse("the answer waits for 30 s of the venue's clock");
        await bench.AdvanceUntilAsync(Long, answer);
        (await answer).Code.ShouldBe(0);
    }

    [Fact]
    public async Task S22_18_pushes_can_come_before_the_answer_on_the_trade_stream()
    {
        var options = BybitBench.With(new BybitOptions { Pushes = PushTiming.BeforeAnswer, PushDelay = Long });
        await using var bench = await BybitBench.StartAsync(options: options);
        using var socket = await bench.Client.ListenAsync("order");
        using var trade = await bench.Client.LoginAsync("trade");
        var answer = trade.AskAsync(bench.Client.TradeMessage(
            "order.create", BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"")));
        (await socket.ReceiveAsync()).First().Get("orderStatus").ShouldBe("New");
        answer.IsCompleted.ShouldBeFalse();
        await bench.AdvanceUntilAsync(Long, answer);
        (await answer).Get("retCode").ShouldBe("0");
    }

    [Fact]
    public async Task S22_18_pushes_can_come_long_after_the_answer()
    {
        var options = BybitBench.With(new BybitOptions { Pushes = PushTiming.AfterAnswer, PushDelay = Long });
        await using var bench = await BybitBench.StartAsync(options: options);
        using var socket = await bench.Client.ListenAsync("order", "execution", "wallet");
        using var trade = await bench.Client.LoginAsync("trade");
        (await bench.Client.LimitAsync("Buy", "0.1", "60001")).Code.ShouldBe(0);
        (await trade.AskAsync(bench.Client.TradeMessage(
            "order.create", BybitTestClient.Spot("\"side\":\"Buy\",\"orderType\":\"Limit\",\"qty\":\"0.01\",\"price\":\"59000\"")))).Get("retCode").ShouldBe("0");
        (await bench.Client.PrivateGetAsync("/v5/execution/list", "category=spot")).List.GetArrayLength().ShouldBe(1);
        (await socket.DrainAsync()).ShouldBeEmpty();
        var first = socket.ReceiveAsync();
        await bench.AdvanceUntilAsync(Long, first);
        (await first).Get("topic").ShouldBe("execution");
        (await socket.ReceiveAsync()).First().Get("orderStatus").ShouldBe("Filled");
    }

    [Fact]
    public async Task S22_18_pushes_can_stay_out_and_queries_show_what_happened()
    {
        await using var bench = await BybitBench.StartAsync(options: BybitBench.With(new BybitOptions { Pushes = PushTiming.Never }));
        using var socket = await bench.Client.ListenAsync("order", "execution", "wallet");
        var id = (await bench.Client.LimitAsync("Buy", "0.1", "60001")).OrderId;
        bench.Advance(Long);
        (await socket.DrainAsync()).ShouldBeEmpty();
        var order = (await bench.Client.PrivateGetAsync("/v5/order/realtime", "category=spot&orderId=" + id)).List[0];
        order.Get("orderStatus").ShouldBe("Filled");
    }

    [Fact]
    public async Task S22_18_what_the_market_does_is_pushed_at_once_whatever_the_timing()
    {
        var options = BybitBench.With(new BybitOptions { Pushes = PushTiming.AfterAnswer, PushDelay = TimeSpan.Zero });
        await using var bench = await BybitBench.StartAsync(options: options);
        using var socket = await bench.Client.ListenAsync("order");
        await bench.Client.LimitAsync("Buy", "0.1", "60000");
        (await socket.ReceiveAsync()).First().Get("orderStatus").ShouldBe("New");
        bench.Quote(Side.Sell, 60_000m, 0.1m);
        (await socket.DrainAsync()).Script().ShouldBe(["order Filled"]);
    }
}
