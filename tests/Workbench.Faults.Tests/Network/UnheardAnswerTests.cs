using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Network;

public sealed class UnheardAnswerTests
{
    [Fact]
    public async Task N03_E42_Order_that_is_never_answered_stays_with_its_venue_while_new_ones_move_and_is_found()
    {
        await using var rig = await FaultRig.StartAsync();
        await rig.InjectAsync(FaultRig.Binance, "answer-withheld", new FaultSettings { Count = 1, Requests = "orders" });
        await rig.InjectAsync(FaultRig.Binance, "drop-events", new FaultSettings { Channel = "orders,fills" });
        var unheard = rig.Workbench.Orders.Buy(FaultRig.Btc, new Quantity(0.001m));
        await rig.UntilAsync(() => rig.Venues[FaultRig.Binance].OrderRequests == 1, "the order is on the wire");

        await rig.InjectAsync(FaultRig.Binance, "silence");
        await rig.UntilRoutedToAsync(FaultRig.Bybit);
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);
        (await rig.WithinAsync(unheard.Answered, "the deadline")).Knowledge.ShouldBe(OrderKnowledge.Unknown);
        (unheard.State.Connection, unheard.State.IsDone).ShouldBe((FaultRig.Binance, false));

        await rig.ClearAsync(FaultRig.Binance);
        (await rig.WithinAsync(unheard.Done, "the order is found")).Status.ShouldBe(OrderStatus.Filled);
        unheard.State.Connection.ShouldBe(FaultRig.Binance);
        rig.Venues[FaultRig.Binance].OrderRequests.ShouldBe(1);
        rig.Venues[FaultRig.Bybit].OrderRequests.ShouldBe(1);
        await rig.AssertBooksAgreeAsync();
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task N25_Venue_that_hears_us_and_is_not_heard_executes_each_order_once_and_they_are_found_when_it_is_heard_again(string venue)
    {
        await using var rig = await FaultRig.StartAsync();
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "asymmetric-loss");
        var handles = Enumerable.Range(0, 3)
            .Select(_ => rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = connection }))
            .ToArray();
        await rig.UntilAsync(() => rig.Venues[connection].Orders.Count == 3, "the venue has executed them");
        await rig.UntilAsync(() => !rig.Status(connection).DataUp && !rig.Status(connection).TradingUp, "the silence is noticed");
        handles.ShouldAllBe(h => !h.State.IsDone);

        await rig.ClearAsync(connection);
        foreach (var handle in handles)
        {
            (await rig.WithinAsync(handle.Done, "an order is found")).Status.ShouldBe(OrderStatus.Filled);
        }

        rig.Venues.Values.Sum(v => v.OrderRequests).ShouldBe(3);
        await rig.UntilReadyAsync();
        await rig.AssertBooksAgreeAsync();
    }
}
