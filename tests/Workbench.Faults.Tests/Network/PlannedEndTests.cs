using System.Globalization;
using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Network;

public sealed class PlannedEndTests
{
    [Fact]
    public async Task N20_Announced_shutdown_is_met_by_a_second_socket_and_readers_miss_nothing_and_get_nothing_twice()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        using var stop = new CancellationTokenSource();
        var trades = new Recording<Trade>(rig.Workbench.Market.Trades(FaultRig.Btc, via: FaultRig.Binance, cancellationToken: stop.Token));
        var books = new Recording<OrderBook>(rig.Workbench.Market.Books(FaultRig.Btc, Delivery.EveryEvent, FaultRig.Binance, stop.Token));
        await rig.UntilAsync(() => trades.Count > 3 && books.Count > 3, "trades and books come");
        var (session, seen) = (books.Items[^1].Stamp.Session, rig.Events.Count);

        await rig.InjectAsync(FaultRig.Binance, "planned-shutdown");
        await rig.UntilAsync(() => trades.Items[^1].Stamp.Session > session && books.Items[^1].Stamp.Session > session, "the next session delivers");
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Binance);
        await rig.UntilAsync(() => rig.Log.Any(l => l.Contains("goes on with session", StringComparison.Ordinal) && l.Contains("user stream", StringComparison.Ordinal)), "the user stream is renewed, too");
        var (moreTrades, moreBooks) = (trades.Count + 5, books.Count + 20);
        await rig.UntilAsync(() => trades.Count > moreTrades && books.Count > moreBooks, "it goes on");

        var ids = trades.Items.Select(t => long.Parse(t.Id.Value, CultureInfo.InvariantCulture)).ToArray();
        ids.ShouldBe(Enumerable.Range(0, ids.Length).Select(i => ids[0] + i), "every trade once, in order");
        books.Items.ShouldAllBe(b => b.IsValid);
        books.Items.Select(b => b.Stamp.Sequence).ShouldBeInOrder();
        rig.Events.Items.Skip(seen).ShouldNotContain(e => e.Kind == ConnectionEventKind.Failover || e.Kind == ConnectionEventKind.StateChanged);
        await rig.AssertBooksAgreeAsync();
        await stop.CancelAsync();
    }
}
