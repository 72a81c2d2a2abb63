using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class VenueLossTests
{
    [Fact]
    public async Task E40_Both_venues_gone_nothing_is_accepted_or_kept_for_later_and_open_orders_are_listed_as_unreachable()
    {
        await using var rig = await FaultRig.StartAsync();
        var price = rig.Workbench.Market.LatestQuote(FaultRig.Btc)!.Bid!.Value.Value;
        var resting = rig.Workbench.Orders.Buy(FaultRig.Btc, new Quantity(0.001m), new Price(decimal.Round(price * 0.97m, 0)));
        await rig.UntilAsync(() => resting.State.Status == OrderStatus.New, "the order rests");

        await rig.InjectAsync(FaultRig.Binance, "refuse");
        await rig.InjectAsync(FaultRig.Bybit, "refuse");
        await rig.UntilAsync(() => rig.Route is { Data: null, Trading: null }, "no connection is left");
        var denied = await rig.BuyAsync();

        denied.Knowledge.ShouldBe(OrderKnowledge.NotSent);
        denied.Reason!.ShouldMatch("^no_venue: NO VENUE: binance: .+; bybit: .+");
        rig.Workbench.Orders.Unreachable.ShouldHaveSingleItem().Id.ShouldBe(resting.Id);
        rig.Events.Items.ShouldContain(e => e.Half == RouteHalf.Trading && e.To == null && e.Message.Contains("1 open order cannot be reached", StringComparison.Ordinal));
        var last = rig.Workbench.Market.LatestQuote(FaultRig.Btc);
        last.ShouldNotBeNull("the last price stays readable, with its time");

        await rig.ClearAsync(FaultRig.Binance);
        await rig.ClearAsync(FaultRig.Bybit);
        await rig.UntilReadyAsync();
        await rig.UntilAsync(() => rig.Workbench.Orders.Unreachable.Count == 0, "the order is in reach again");
        rig.Venues.Values.Sum(v => v.OrderRequests).ShouldBe(1);
        resting.Cancel();
        await rig.WithinAsync(resting.Done, "the order is cancelled");
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E41_Primary_that_flaps_is_held_down_longer_each_time()
    {
        await using var rig = await FaultRig.StartAsync("""
            routes: { default: { data: { failback_after: 300ms, flap_window: 5m }, trading: { failback_after: 300ms, flap_window: 5m } } }
            """);
        List<TimeSpan> held = [];
        for (var flap = 0; flap < 3; flap++)
        {
            await rig.InjectAsync(FaultRig.Binance, "refuse");
            await rig.UntilRoutedToAsync(FaultRig.Bybit);
            await rig.ClearAsync(FaultRig.Binance);
            await rig.UntilAsync(() => HeldUntil(rig) is not null || rig.Route.Trading == FaultRig.Binance, "the primary is well");
            var since = rig.Status(FaultRig.Binance).Since;
            held.AddRange(HeldUntil(rig) is { } until ? [until - since] : []);
            await rig.UntilRoutedToAsync(FaultRig.Binance);
        }

        var moves = rig.Events.Items.Where(e => e.Half == RouteHalf.Trading && e.Kind is ConnectionEventKind.Failover or ConnectionEventKind.Failback).ToArray();
        moves.Select(m => m.Kind).Distinct().Count().ShouldBe(2);
        held.Count.ShouldBeGreaterThan(1, "the hold-down was seen");
        held[^1].ShouldBeGreaterThan(held[0] * 1.3, "it grows");
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E42_Order_of_unknown_fate_stays_with_the_primary_while_new_orders_go_to_the_secondary()
    {
        await using var rig = await FaultRig.StartAsync();
        await rig.InjectAsync(FaultRig.Binance, "error-5xx", new FaultSettings { Count = 1, BeforeExecution = false, Requests = "orders" });
        await rig.InjectAsync(FaultRig.Binance, "drop-events", new FaultSettings { Channel = "orders,fills" });
        await rig.InjectAsync(FaultRig.Binance, "rest-down", new FaultSettings { Requests = "queries" });
        var unknown = rig.Workbench.Orders.Buy(FaultRig.Btc, new Quantity(0.001m));
        (await rig.WithinAsync(unknown.Answered, "the order is answered")).Knowledge.ShouldBe(OrderKnowledge.Unknown);

        await rig.InjectAsync(FaultRig.Binance, "refuse");
        await rig.UntilRoutedToAsync(FaultRig.Bybit);
        for (var i = 0; i < 3; i++)
        {
            (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);
        }

        (unknown.State.Knowledge, unknown.State.Connection, unknown.State.IsDone).ShouldBe((OrderKnowledge.Unknown, FaultRig.Binance, false));
        (rig.Venues[FaultRig.Binance].OrderRequests, rig.Venues[FaultRig.Bybit].OrderRequests).ShouldBe((1, 3));

        await rig.ClearAsync(FaultRig.Binance);
        var done = await rig.WithinAsync(unknown.Done, "the order is found where it was sent");
        (done.Status, done.Connection).ShouldBe((OrderStatus.Filled, FaultRig.Binance));
        (rig.Venues[FaultRig.Binance].OrderRequests, rig.Venues[FaultRig.Bybit].OrderRequests).ShouldBe((1, 3));
        await rig.AssertBooksAgreeAsync();
    }

    private static Timestamp? HeldUntil(FaultRig rig) => rig.Route.TradingHalf!.Candidates.First(c => c.Connection == FaultRig.Binance).HoldDownUntil;
}
