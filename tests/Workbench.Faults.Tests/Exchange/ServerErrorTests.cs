using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class ServerErrorTests
{
    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E04_Server_error_after_execution_leaves_the_order_unknown_until_it_is_found_and_sends_nothing_again(string venue)
    {
        await using var rig = await FaultRig.StartAsync();
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "error-5xx", new FaultSettings { Count = 1, BeforeExecution = false, Requests = "orders" });
        await rig.InjectAsync(connection, "drop-events", new FaultSettings { Channel = "orders,fills" });

        var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.001m)) with { Connection = connection });
        var answered = await rig.WithinAsync(handle.Answered, "the order is answered");
        answered.Knowledge.ShouldBe(OrderKnowledge.Unknown);
        var done = await rig.WithinAsync(handle.Done, "the resolver has found the order");

        (done.Status, done.FilledQuantity.Value).ShouldBe((OrderStatus.Filled, 0.001m));
        rig.Venues[connection].OrderRequests.ShouldBe(1);
        rig.Venues[connection].Orders.Count.ShouldBe(1);
        await rig.AssertBooksAgreeAsync();
    }
}
