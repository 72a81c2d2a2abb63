using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Network;

public sealed class LostAndDoubledMessageTests
{
    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task N19_Fill_whose_message_was_lost_on_a_healthy_stream_is_found_by_reading_the_account(string venue)
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { Pace = 10, Yaml = "connections: { all: { stale_after: 20s, connect_timeout: 10s, request_timeout: 20s } }" });
        var connection = new ConnectionId(venue);

        // The venue tells nothing of orders any more; everything else goes on. The market comes to the order by itself.
        await rig.InjectAsync(connection, "drop-events", new FaultSettings { Channel = "orders,fills,balances" });
        var limit = rig.Workbench.Market.LatestQuote(FaultRig.Btc)!.Bid!.Value;
        var handle = rig.Workbench.Orders.Submit(OrderRequest.Limit(FaultRig.Btc, Side.Buy, new Quantity(0.001m), limit) with { Connection = connection });
        (await rig.WithinAsync(handle.Answered, "the order is accepted")).Knowledge.ShouldBe(OrderKnowledge.Known);

        (await rig.WithinAsync(handle.Done, "the fill is found")).Status.ShouldBe(OrderStatus.Filled);
        rig.Venues[connection].Strikes("drop-events").ShouldBeGreaterThan(0);
        await rig.AssertBooksAgreeAsync();
    }

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
