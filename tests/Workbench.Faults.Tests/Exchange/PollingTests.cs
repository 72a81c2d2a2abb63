using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;
using Workbench.Simulator.Faults;

namespace Workbench.Faults.Tests.Exchange;

public sealed class PollingTests
{
    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E03_Thousand_polling_reads_at_once_are_throttled_before_the_venue_minds_and_every_cancel_goes_through(string venue)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 5s } }");
        var id = new ConnectionId(venue);
        var connection = rig.Host.Engine.Connection(id)!.Connector!;
        var price = new Price(Math.Round(rig.Quotes.Last!.Bid!.Value.Value * 0.9m));
        var handles = Enumerable.Range(0, 10)
            .Select(_ => rig.Workbench.Orders.Submit(OrderRequest.Limit(FaultRig.Btc, Side.Buy, new Quantity(0.001m), price) with { Connection = id }))
            .ToArray();
        await rig.UntilAsync(() => handles.All(h => h.State.Status == OrderStatus.New), "the orders rest");

        // Reads that cost 80 of 6,000 each at one venue, and one of 50 a second at the other.
        var polling = Enumerable.Range(0, 1000).Select(_ => connection.Trading!.GetOpenOrdersAsync(TestContext.Current.CancellationToken)).ToArray();
        foreach (var handle in handles)
        {
            handle.Cancel().ShouldBeTrue();
        }

        var reads = await Task.WhenAll(polling);
        foreach (var handle in handles)
        {
            (await rig.WithinAsync(handle.Done, "a cancel is done")).Status.ShouldBe(OrderStatus.Cancelled);
        }

        reads.Count(r => r.IsOk).ShouldBeGreaterThan(10);
        var refused = reads.Where(r => !r.IsOk).Select(r => r.Error!).ToArray();
        refused.Length.ShouldBeGreaterThan(500);
        refused.ShouldAllBe(e => e.Kind == VenueErrorKind.RateLimited && e.Code == null && e.RetryAfter > TimeSpan.Zero, "the budget refuses them, not the venue");
        rig.Venues[id].Wire.Count(RequestKinds.Cancels).ShouldBe(10);
        rig.Status(id).TradingUp.ShouldBeTrue();
        await rig.AssertBooksAgreeAsync();
    }
}
