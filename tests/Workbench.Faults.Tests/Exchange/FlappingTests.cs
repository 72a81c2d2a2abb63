using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class FlappingTests
{
    [Fact]
    public async Task E41_Primary_that_fails_again_after_each_return_is_held_down_for_longer_and_its_books_agree()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }\nroutes: { default: { data: { failback_after: 300ms }, trading: { failback_after: 300ms } } }");
        var held = new List<TimeSpan>();
        for (var i = 0; i < 4; i++)
        {
            await rig.InjectAsync(FaultRig.Binance, "refuse");
            await rig.UntilRoutedToAsync(FaultRig.Bybit);
            await rig.ClearAsync(FaultRig.Binance);
            TimeSpan? hold = null;
            await rig.UntilAsync(
                () =>
                {
                    hold ??= rig.Route.DataHalf?.HoldDownUntil is { } until ? until.ToDateTimeOffset() - rig.Now : null;
                    return rig.Route is { DataIsBackup: false, TradingIsBackup: false };
                },
                "the route is back at the primary");
            held.Add(hold ?? TimeSpan.Zero);
            (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Binance);
        }

        held[3].ShouldBeGreaterThan(held[1]);
        rig.Events.Items.Count(e => e.Kind == ConnectionEventKind.Failback).ShouldBeGreaterThanOrEqualTo(8);
        await rig.AssertBooksAgreeAsync();
    }
}
