using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Network;

public sealed class LostAndDoubledMessageTests
{
    [Theory]
    [InlineData("binance", "duplicate-events")]
    [InlineData("binance", "reorder-events")]
    [InlineData("bybit", "duplicate-events")]
    [InlineData("bybit", "reorder-events")]
    public async Task N23_Messages_that_come_twice_or_in_another_order_fill_once_and_stop_nothing(string venue, string fault)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, fault);
        for (var i = 0; i < 5; i++)
        {
            var side = i % 2 == 0 ? Side.Buy : Side.Sell;
            var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, side, new Quantity(0.001m)) with { Connection = connection });
            (await rig.WithinAsync(handle.Done, "the order is done")).Status.ShouldBe(OrderStatus.Filled);
        }

        var seen = rig.Quotes.Count;
        await rig.UntilAsync(() => rig.Quotes.Count >= seen + 5, "quotes go on");
        rig.Venues[connection].Strikes(fault).ShouldBeGreaterThan(0);
        await rig.AssertBooksAgreeAsync();
    }
}
