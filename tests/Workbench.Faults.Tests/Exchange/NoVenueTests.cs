using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class NoVenueTests
{
    [Fact]
    public async Task E40_With_no_venue_left_the_last_quote_stays_orders_are_not_accepted_and_open_ones_stay_listed()
    {
        await using var rig = await FaultRig.StartAsync();
        var far = new Price(Math.Floor(rig.Workbench.Market.LatestQuote(FaultRig.Btc)!.Bid!.Value.Value * 0.97m));
        var resting = rig.Workbench.Orders.Buy(FaultRig.Btc, new Quantity(0.001m), far);
        (await rig.WithinAsync(resting.Answered, "the order rests")).Status.ShouldBe(OrderStatus.New);

        await rig.InjectAsync(FaultRig.Binance, "refuse");
        await rig.InjectAsync(FaultRig.Bybit, "refuse");
        await rig.UntilAsync(() => rig.Route is { Data: null, Trading: null }, "the route leads nowhere");
        var denied = await rig.BuyAsync();

        (denied.Knowledge, denied.Connection, denied.FilledQuantity.IsZero).ShouldBe((OrderKnowledge.NotSent, null, true));
        denied.Reason.ShouldNotBeNullOrEmpty();
        rig.Quotes.Last.ShouldNotBeNull();
        rig.Workbench.Orders.Open.ShouldContain(o => o.Id == resting.Id);
        rig.Workbench.Connections.All.ShouldAllBe(c => c.State != ConnectionState.Connected && c.Reason.Length > 0);

        await rig.ClearAsync(FaultRig.Binance);
        await rig.ClearAsync(FaultRig.Bybit);
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled);
        resting.Cancel().ShouldBeTrue();
        (await rig.WithinAsync(resting.Done, "the resting order is cancelled")).Status.ShouldBe(OrderStatus.Cancelled);
        await rig.AssertBooksAgreeAsync();
    }
}
