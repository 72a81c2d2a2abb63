using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;
using Workbench.Simulator.Faults;

namespace Workbench.Faults.Tests.Exchange;

public sealed class MaintenanceTests
{
    [Fact]
    public async Task E32_Maintenance_is_shown_as_such_the_secondary_takes_over_and_no_breaker_flaps()
    {
        await using var rig = await FaultRig.StartAsync();

        await rig.InjectAsync(FaultRig.Binance, "maintenance");
        await rig.UntilRoutedToAsync(FaultRig.Bybit);
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance).Reason.StartsWith("MAINTENANCE since ", StringComparison.Ordinal), "the reason says maintenance");
        var status = rig.Status(FaultRig.Binance);
        status.Reason.ShouldEndWith("System is under maintenance.");
        status.State.ShouldBe(ConnectionState.Down);
        status.Capabilities.Select(c => c.State).ShouldAllBe(s => s == CapabilityState.Maintenance);
        var events = rig.Events.Count;
        var wire = rig.Venues[FaultRig.Binance].Wire;
        var asked = wire.Count(RequestKinds.MarketData);
        await rig.UntilAsync(() => wire.Count(RequestKinds.MarketData) > asked + 10, "the host has asked ten times more");
        rig.Events.Since(events).ShouldBeEmpty("nothing flaps while the venue is closed");
        (rig.Status(FaultRig.Binance).TradingBreaker, rig.Status(FaultRig.Binance).ReadBreaker).ShouldBe((BreakerState.Closed, BreakerState.Closed));
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);

        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        rig.Status(FaultRig.Binance).Reason.ShouldBe("ok");
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E32_Bybit_in_maintenance_says_so_too()
    {
        await using var rig = await FaultRig.StartAsync("connections: { binance: { stale_after: 5s } }");

        await rig.InjectAsync(FaultRig.Bybit, "maintenance");
        await rig.UntilAsync(() => rig.Status(FaultRig.Bybit).Reason.StartsWith("MAINTENANCE since ", StringComparison.Ordinal), "the reason says maintenance");
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Binance);
        await rig.ClearAsync(FaultRig.Bybit);
        await rig.UntilReadyAsync();
        await rig.AssertBooksAgreeAsync();
    }
}
