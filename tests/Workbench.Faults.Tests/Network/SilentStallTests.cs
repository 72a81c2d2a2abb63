using Workbench.Faults.Tests.Rigging;

namespace Workbench.Faults.Tests.Network;

public sealed class SilentStallTests
{
    [Fact]
    public async Task N18_Silent_stall_with_pings_alive_is_shown_and_readers_get_the_backups_quotes()
    {
        await using var rig = await FaultRig.StartAsync();

        await rig.InjectAsync(FaultRig.Binance, "stall-streams");
        await rig.UntilRoutedToAsync(FaultRig.Bybit);
        var seen = rig.Quotes.Count;
        await rig.UntilAsync(() => rig.Quotes.Since(seen).Any(q => q.Stamp.Connection == FaultRig.Bybit), "a quote of the backup is read");
        rig.Quotes.Last!.Stamp.IsBackup.ShouldBeTrue();
        rig.Status(FaultRig.Binance).TradingUp.ShouldBeFalse();
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);

        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }
}
