using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Network;

public sealed class RefusedConnectionTests
{
    [Fact]
    public async Task N01_Refused_primary_is_told_with_the_reason_and_its_route_moves_and_comes_back()
    {
        await using var rig = await FaultRig.StartAsync();

        await rig.InjectAsync(FaultRig.Binance, "refuse");
        await rig.UntilRoutedToAsync(FaultRig.Bybit);
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance).Reason.Contains("refused", StringComparison.OrdinalIgnoreCase), "the reason says refused");
        rig.Status(FaultRig.Binance).State.ShouldBe(ConnectionState.Down);
        var order = await rig.BuyAsync();
        (order.Status, order.Connection, order.IsBackup).ShouldBe((OrderStatus.Filled, FaultRig.Bybit, true));

        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }
}
