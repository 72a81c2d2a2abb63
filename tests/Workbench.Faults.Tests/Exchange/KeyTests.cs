using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;
using Workbench.Simulator.Faults;

namespace Workbench.Faults.Tests.Exchange;

public sealed class KeyTests
{
    [Theory]
    [InlineData("binance", "bad-signature")]
    [InlineData("binance", "expired-key")]
    [InlineData("binance", "ip-not-allowed")]
    [InlineData("binance", "permission-lost")]
    [InlineData("bybit", "bad-signature")]
    [InlineData("bybit", "expired-key")]
    [InlineData("bybit", "ip-not-allowed")]
    [InlineData("bybit", "permission-lost")]
    public async Task E08_Key_that_is_refused_fails_its_order_once_and_leaves_the_other_venue_alone(string venue, string fault)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        var connection = new ConnectionId(venue);
        var other = connection == FaultRig.Binance ? FaultRig.Bybit : FaultRig.Binance;
        await rig.InjectAsync(connection, fault);

        var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = connection });
        var refused = await rig.WithinAsync(handle.Done, "the order is refused");
        refused.FilledQuantity.IsZero.ShouldBeTrue();
        refused.Reason.ShouldNotBeNullOrEmpty();
        rig.Venues[connection].Orders.ShouldBeEmpty();
        rig.Venues[connection].OrderRequests.ShouldBeLessThanOrEqualTo(1);

        var elsewhere = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = other });
        (await rig.WithinAsync(elsewhere.Done, "the other venue fills")).Status.ShouldBe(OrderStatus.Filled);
        rig.Status(other).TradingUp.ShouldBeTrue();
        rig.Status(connection).DataUp.ShouldBeTrue();
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E09_Orders_that_are_signed_at_the_same_time_are_each_taken_once()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 5s } }");
        var handles = Enumerable.Range(0, 40).AsParallel().WithDegreeOfParallelism(8)
            .Select(i => rig.Workbench.Orders.Submit(
                OrderRequest.Market(FaultRig.Btc, i % 2 == 0 ? Side.Buy : Side.Sell, new Quantity(0.0005m)) with { Connection = i < 20 ? FaultRig.Binance : FaultRig.Bybit }))
            .ToArray();
        foreach (var handle in handles)
        {
            (await rig.WithinAsync(handle.Done, "an order is done")).Status.ShouldBe(OrderStatus.Filled, handle.State.Reason);
        }

        rig.Venues.Values.ShouldAllBe(v => v.OrderRequests == 20);
        rig.Venues.Values.Sum(v => v.Wire.Count(RequestKinds.Orders)).ShouldBe(40);
        await rig.AssertBooksAgreeAsync();
    }
}
