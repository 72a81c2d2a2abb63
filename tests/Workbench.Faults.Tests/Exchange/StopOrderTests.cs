using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

public sealed class StopOrderTests
{
    public static TheoryData<string> Venues => ["binance", "bybit"];

    [Theory, MemberData(nameof(Venues))]
    public async Task Stop_waits_at_its_venue_and_is_filled_once_a_trade_has_reached_its_price(string venue)
    {
        await using var rig = await FaultRig.StartAsync();
        var (id, stop) = (new ConnectionId(venue), StopAbove(rig, venue));
        var handle = rig.Workbench.Orders.Submit(OrderRequest.Stop(FaultRig.Btc, Side.Buy, new Quantity(0.001m), stop) with { Connection = id });
        await rig.UntilAsync(() => handle.State is { Status: OrderStatus.New, Knowledge: OrderKnowledge.Known }, "the stop waits");
        rig.Venues[id].Orders.ShouldHaveSingleItem().Status.ShouldBe("Untriggered");

        Print(rig, id, stop.Value);

        var done = await rig.WithinAsync(handle.Done, "the stop is done");
        (done.Status, done.FilledQuantity, done.Connection).ShouldBe((OrderStatus.Filled, new Quantity(0.001m), id));
        await rig.AssertBooksAgreeAsync();
    }

    [Theory, MemberData(nameof(Venues))]
    public async Task Stop_limit_is_cancelled_while_it_waits_and_after_it_was_started(string venue)
    {
        await using var rig = await FaultRig.StartAsync();
        var (id, stop) = (new ConnectionId(venue), StopAbove(rig, venue));
        var far = new Price(Math.Floor(rig.Venues[id].Top("BTCUSDT").Bid * 0.97m));
        var request = OrderRequest.StopLimit(FaultRig.Btc, Side.Buy, new Quantity(0.001m), stop, far) with { Connection = id };
        var (waiting, started) = (rig.Workbench.Orders.Submit(request), rig.Workbench.Orders.Submit(request with { StopPrice = new Price(stop.Value - 100) }));
        await rig.UntilAsync(() => waiting.State.Status == OrderStatus.New && started.State.Status == OrderStatus.New, "both wait");

        Print(rig, id, stop.Value - 50);
        await rig.UntilAsync(() => rig.Venues[id].Orders.Count(o => o.Status == "New") == 1, "one was started");
        waiting.Cancel();
        started.Cancel();

        (await rig.WithinAsync(waiting.Done, "the one that waits is cancelled")).Status.ShouldBe(OrderStatus.Cancelled);
        (await rig.WithinAsync(started.Done, "the one that works is cancelled")).Status.ShouldBe(OrderStatus.Cancelled);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task What_no_venue_takes_is_denied_before_it_is_sent()
    {
        await using var rig = await FaultRig.StartAsync();
        var (bid, _) = rig.Venues[FaultRig.Binance].Top("BTCUSDT");
        var limit = OrderRequest.Limit(FaultRig.Btc, Side.Buy, new Quantity(0.001m), new Price(Math.Floor(bid)));
        await DeniedAsync(limit with { ReduceOnly = true }, "unsupported_reduce_only");
        await DeniedAsync(OrderRequest.Stop(FaultRig.Btc, Side.Buy, new Quantity(0.001m), new Price(Math.Floor(bid) - 100)), "stop_price");
        rig.Venues.Values.Sum(v => v.OrderRequests).ShouldBe(0);

        async Task DeniedAsync(OrderRequest request, string code)
        {
            var handle = rig.Workbench.Orders.Submit(request);
            var order = await rig.WithinAsync(handle.Done, "it is denied");
            (order.Knowledge, order.Reason!.StartsWith(code + ": ", StringComparison.Ordinal)).ShouldBe((OrderKnowledge.NotSent, true), order.Reason);
        }
    }

    [Theory, MemberData(nameof(Venues))]
    public async Task E19_Overfill_is_applied_with_an_alarm_and_the_books_agree(string venue)
    {
        await using var rig = await FaultRig.StartAsync();
        var id = new ConnectionId(venue);
        await rig.InjectAsync(id, "overfill", new FaultSettings { Options = new Dictionary<string, string> { ["percent"] = "50" }, Count = 1 });

        var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(FaultRig.Btc, Side.Buy, new Quantity(0.002m)) with { Connection = id });

        await rig.UntilAsync(() => handle.State.FilledQuantity == new Quantity(0.003m), "the extra fill is applied");
        rig.Workbench.Portfolio.Position(FaultRig.Btc).Net.Value.ShouldBe(0.003m);
        rig.Workbench.Portfolio.Fills.Count(f => f.OrderId == handle.Id).ShouldBeGreaterThanOrEqualTo(2);
        await rig.UntilAsync(() => rig.Log.Any(l => l.Contains(handle.Id.Value, StringComparison.Ordinal) && l.Contains("overfill", StringComparison.OrdinalIgnoreCase)), "the alarm is logged");
        await rig.AssertBooksAgreeAsync();
    }

    // Far enough that the market does not come there by itself.
    private static Price StopAbove(FaultRig rig, string venue) => new(Math.Ceiling(rig.Venues[new ConnectionId(venue)].Top("BTCUSDT").Ask) + 600);

    private static void Print(FaultRig rig, ConnectionId venue, decimal price) => rig.Venues[venue].Handle.Venue.Execute(engine =>
    {
        engine.Print(rig.Venues[venue].Handle.Venue.Market("BTCUSDT")!.Book, price, 0.01m, Simulator.Matching.Side.Buy, firesTriggers: true);
        return true;
    });
}
