using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class LimitTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("date")]
    [InlineData("none")]
    [InlineData("0")]
    [InlineData("-7")]
    [InlineData("soon")]
    public async Task E01_Order_that_is_refused_with_429_is_refused_and_not_unknown_and_trading_goes_on_after_the_pause(string retryAfter)
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { Pace = 4, Yaml = "connections: { all: { stale_after: 8s, connect_timeout: 10s, request_timeout: 20s } }" });
        await rig.InjectAsync(FaultRig.Binance, "too-many-requests", new FaultSettings { Count = 1, Requests = "orders", Options = new Dictionary<string, string> { ["retry-after"] = retryAfter } });
        var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = FaultRig.Binance });
        var refused = await rig.WithinAsync(handle.Done, "the order is refused");

        (refused.FilledQuantity.IsZero, refused.Knowledge == OrderKnowledge.Unknown).ShouldBe((true, false));
        rig.Venues[FaultRig.Binance].OrderRequests.ShouldBe(1);
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        await rig.UntilReadyAsync();
        var next = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = FaultRig.Binance });
        await rig.WithinAsync(next.Done, "the next order is done");
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E02_Banned_address_is_left_alone_until_the_ban_is_over_also_by_a_host_that_was_started_again()
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions
        {
            Pace = 10,
            OneVenue = true,
            WaitUntilReady = false,
            Yaml = "connections: { all: { stale_after: 20s, connect_timeout: 10s, request_timeout: 20s } }",
        });
        await rig.UntilReadyAsync();
        await rig.InjectAsync(FaultRig.Binance, "banned", new FaultSettings { Count = 1, Options = new Dictionary<string, string> { ["retry-after"] = "40" } });
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance).Reason.Contains("BANNED", StringComparison.OrdinalIgnoreCase), "the ban is shown");
        var end = rig.Now + TimeSpan.FromSeconds(30);

        await rig.RestartHostAsync();
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance).Reason.Contains("BANNED", StringComparison.OrdinalIgnoreCase), "the restarted host says that it is banned");
        var requests = rig.Venues[FaultRig.Binance].Wire.Requests.Count;
        await rig.UntilAsync(() => rig.Now >= end || rig.Venues[FaultRig.Binance].Wire.Requests.Count > requests, "the ban is nearly over");
        rig.Venues[FaultRig.Binance].Wire.Requests.Skip(requests).ShouldBeEmpty();

        await rig.UntilReadyAsync();
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled);
        await rig.AssertBooksAgreeAsync();
    }
}
