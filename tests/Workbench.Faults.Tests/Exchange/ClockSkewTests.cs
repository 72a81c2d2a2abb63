using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class ClockSkewTests
{
    private static readonly RigOptions Alone = new() { OneVenue = true, Yaml = "connections: { binance: { stale_after: 2s } }" };

    [Theory]
    [InlineData("400ms")]
    [InlineData("-400ms")]
    public async Task E07_Clocks_that_differ_by_less_than_half_a_second_stop_nothing(string offset)
    {
        await using var rig = await FaultRig.StartAsync(Alone);

        await rig.InjectAsync(FaultRig.Binance, "clock-skew", Off("offset", offset));
        await rig.UntilAsync(() => Math.Abs(rig.Status(FaultRig.Binance).ClockOffset!.Value.TotalMilliseconds) > 300, "the offset is known");
        var order = await rig.BuyAsync();
        (order.Status, order.Connection).ShouldBe((OrderStatus.Filled, FaultRig.Binance));
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("1100ms", "ahead of")]
    [InlineData("-1100ms", "behind")]
    [InlineData("6s", "ahead of")]
    [InlineData("-6s", "behind")]
    public async Task E07_Clocks_that_differ_by_more_keep_orders_back_with_the_reason_while_data_goes_on(string offset, string direction)
    {
        await using var rig = await FaultRig.StartAsync(Alone);

        await rig.InjectAsync(FaultRig.Binance, "clock-skew", Off("offset", offset));
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance) is { TradingUp: false } s && s.Reason.Contains("clock is ", StringComparison.Ordinal) && !s.Reason.Contains("being asked", StringComparison.Ordinal), "orders are kept back");
        var status = rig.Status(FaultRig.Binance);
        (status.State, status.DataUp).ShouldBe((ConnectionState.Degraded, true));
        status.Reason.ShouldStartWith("no trading: the venue's clock is ");
        status.Reason.ShouldContain(direction);
        var requests = rig.Venues[FaultRig.Binance].OrderRequests;
        (await rig.BuyAsync()).Knowledge.ShouldBe(OrderKnowledge.NotSent);
        rig.Venues[FaultRig.Binance].OrderRequests.ShouldBe(requests);

        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilReadyAsync();
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E07_Order_whose_time_is_refused_is_refused_for_good_and_the_clock_is_asked()
    {
        await using var rig = await FaultRig.StartAsync(Alone with { Yaml = "connections: { binance: { stale_after: 6s } }" });

        // The probes are three seconds apart: the order is sent by what was true before the jump.
        await rig.InjectAsync(FaultRig.Binance, "clock-jump", Off("by", "30s"));
        var order = await rig.BuyAsync();
        order.Status.ShouldNotBe(OrderStatus.Filled);
        order.Knowledge.ShouldNotBe(OrderKnowledge.Unknown);
        rig.Venues[FaultRig.Binance].Orders.ShouldBeEmpty();
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance).Reason.Contains("the venue's clock is", StringComparison.Ordinal), "the new skew is known");
        rig.Venues[FaultRig.Binance].Orders.ShouldBeEmpty();

        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilReadyAsync();
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E07_Orders_go_to_the_secondary_while_the_primarys_clock_is_off()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");

        await rig.InjectAsync(FaultRig.Binance, "clock-skew", Off("offset", "2s"));
        await rig.UntilAsync(() => rig.Route.Trading == FaultRig.Bybit, "trading is at bybit");
        rig.Route.Data.ShouldBe(FaultRig.Binance);
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);
        await rig.AssertBooksAgreeAsync();
    }

    private static FaultSettings Off(string option, string value) => new() { Options = new Dictionary<string, string> { [option] = value } };
}
