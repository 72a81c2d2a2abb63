using Workbench.Faults.Tests.Rigging;

namespace Workbench.Faults.Tests.Exchange;

public sealed class PolicyTests
{
    [Fact]
    public async Task E40_Balanced_orders_go_to_both_venues_then_to_the_one_that_is_left_then_nowhere()
    {
        await using var rig = await FaultRig.StartAsync("""
            routes: { default: { trading: { policy: load-balanced, primary: null, secondary: null, connections: [{ name: binance }, { name: bybit }] } } }
            """);
        for (var i = 0; i < 6; i++)
        {
            await rig.BuyAsync();
        }

        (rig.Venues[FaultRig.Binance].OrderRequests, rig.Venues[FaultRig.Bybit].OrderRequests).ShouldBe((3, 3));
        await rig.InjectAsync(FaultRig.Bybit, "refuse");
        await rig.UntilAsync(() => !rig.Status(FaultRig.Bybit).TradingUp, "one venue is gone");
        for (var i = 0; i < 3; i++)
        {
            (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Binance);
        }

        await rig.InjectAsync(FaultRig.Binance, "refuse");
        await rig.UntilAsync(() => rig.Route.Trading is null, "both venues are gone");
        (await rig.BuyAsync()).Reason!.ShouldStartWith("no_venue: NO VENUE: ");
        (rig.Venues[FaultRig.Binance].OrderRequests, rig.Venues[FaultRig.Bybit].OrderRequests).ShouldBe((6, 3));
        await rig.ClearAsync(FaultRig.Binance);
        await rig.ClearAsync(FaultRig.Bybit);
        await rig.UntilReadyAsync();
        await rig.AssertBooksAgreeAsync();
    }
}
