using System.Collections.Concurrent;
using System.Globalization;
using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Routing;

/// <summary>Random failovers while orders are on their way, unknown, resting and being cancelled: what was sent to a venue stays its own.</summary>
[Collection(nameof(EngineTests))]
public sealed class PinnedOrderTests
{
    private const int Seeds = 4;
    private const int Steps = 60;
    private static readonly VenueError Lost = new(VenueErrorKind.Network, "connection reset");

    [Fact]
    public async Task E42_Unsettled_orders_stay_with_their_venue_through_random_failovers_and_nothing_is_sent_twice()
    {
        var from = Environment.GetEnvironmentVariable("WORKBENCH_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Environment.ProcessId * 1000;
        TestContext.Current.TestOutputHelper?.WriteLine($"WORKBENCH_SEED={from} repeats it");
        var moves = 0;
        for (var seed = from; seed < from + Seeds; seed++)
        {
            moves += await PlayAsync(seed);
        }

        moves.ShouldBeGreaterThan(Seeds * 3, "the schedules must move the route");
    }

    [Fact]
    public async Task E42_Order_whose_connection_is_drained_finishes_there_and_can_be_cancelled_there()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var venue = new Venue(rig.Primary, new Random(1)) { RestsAlways = true };
        var resting = rig.Workbench.Orders.Buy("BTC/USDT", new Quantity(0.1m), new Price(90));
        await rig.UntilAsync(() => resting.State.Status == OrderStatus.New, "the order to rest");

        var drained = rig.Workbench.Connections.DrainAsync(new ConnectionId("binance"));
        await rig.UntilAsync(() => drained.IsCompleted, "the drain");
        (await drained).Message.ShouldBe("binance is drained: it takes no new orders, 1 open order finishes there");
        (await rig.DoneAsync(rig.Workbench.Orders.Buy("BTC/USDT", new Quantity(0.1m)))).Connection.ShouldBe(new ConnectionId("bybit"));
        var byName = OrderRequest.Market("BTC/USDT", Side.Buy, new Quantity(0.1m)) with { Connection = new ConnectionId("binance") };
        (await rig.DoneAsync(rig.Workbench.Orders.Submit(byName))).Reason.ShouldBe("no_venue: binance is drained by the operator");

        resting.Cancel().ShouldBeTrue();
        await rig.UntilAsync(() => rig.Primary.FakeTrading!.Cancelled.Count == 1, "the cancel at the drained venue");
        rig.Secondary.FakeTrading!.Cancelled.ShouldBeEmpty();
        venue.Sent.ShouldHaveSingleItem();

        rig.Workbench.Connections.Resume(new ConnectionId("binance")).ShouldBeTrue();
        await rig.UntilAsync(() => rig.Workbench.Connections.Route("BTC/USDT") is { TradingIsBackup: false, Trading: not null }, "the return");
        rig.Workbench.Connections.Resume(new ConnectionId("binance")).ShouldBeFalse();
    }

    [Fact]
    public async Task E42_Order_whose_connection_is_removed_stays_unknown_and_goes_nowhere_else()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        rig.Primary.FakeTrading!.OnSubmit = _ => new OrderOutcome.Unknown(Lost);
        rig.Primary.FakeTrading.OnQuery = _ => Lost;
        var handle = rig.Workbench.Orders.Buy("BTC/USDT", new Quantity(0.1m));
        await rig.UntilAsync(() => handle.State.Knowledge == OrderKnowledge.Unknown, "the order to be unknown");

        var removing = rig.Engine.RemoveAsync(new ConnectionId("binance"));
        await rig.UntilAsync(() => removing.IsCompleted, "the removal");
        var removed = rig.Now();
        await rig.UntilAsync(() => rig.Now() - removed > TimeSpan.FromMinutes(2), "two minutes");
        (handle.State.Knowledge, handle.State.IsDone, handle.State.Connection).ShouldBe((OrderKnowledge.Unknown, false, new ConnectionId("binance")));
        rig.Workbench.Orders.Unreachable.ShouldHaveSingleItem().Id.ShouldBe(handle.Id);
        (rig.Secondary.FakeTrading!.Submitted.Count, rig.Secondary.FakeTrading.LookedUp.Count).ShouldBe((0, 0));
    }

    private static async Task<int> PlayAsync(int seed)
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var random = new Random(seed);
        Venue[] venues = [new(rig.Primary, new Random(seed + 1)), new(rig.Secondary, new Random(seed + 2))];
        List<IOrderHandle> handles = [];
        for (var step = 0; step < Steps; step++)
        {
            var venue = venues[random.Next(2)];
            switch (random.Next(8))
            {
                case 0 or 1:
                    venue.Fail();
                    break;
                case 2 or 3:
                    venue.Connector.StreamError = null;
                    break;
                case 4 when handles.Count > 0:
                    handles[random.Next(handles.Count)].Cancel();
                    break;
                default:
                    handles.Add(rig.Workbench.Orders.Buy("BTC/USDT", new Quantity(0.1m), new Price(90)));
                    break;
            }

            var until = rig.Now() + TimeSpan.FromMilliseconds(random.Next(1, 40) * 50);
            await rig.UntilAsync(() => rig.Now() >= until, "time");
        }

        Check(venues, handles, $"WORKBENCH_SEED={seed}");
        return rig.Engine.Snapshot().Events.Count(e => e.Half == RouteHalf.Trading);
    }

    private static void Check(Venue[] venues, List<IOrderHandle> handles, string seed)
    {
        venues.SelectMany(v => v.Sent).ShouldBeUnique(seed);
        foreach (var venue in venues)
        {
            venue.Connector.FakeTrading!.LookedUp.ToArray().Select(o => o.ClientOrderId).Except(venue.Sent).ShouldBeEmpty($"looked up where they never were, {seed}");
            venue.Connector.FakeTrading.Cancelled.ToArray().Select(o => o.ClientOrderId).Except(venue.Sent).ShouldBeEmpty($"cancelled where they never were, {seed}");
        }

        foreach (var handle in handles.Where(h => h.State.Connection is not null))
        {
            var sentTo = venues.Where(v => v.Sent.Contains(handle.Id)).Select(v => v.Id).ToArray();
            sentTo.Except([handle.State.Connection!.Value]).ShouldBeEmpty(seed);
        }
    }

    /// <summary>What a venue knows of the orders that reached it, and how badly it answers.</summary>
    private sealed class Venue
    {
        private readonly ConcurrentDictionary<ClientOrderId, OrderReport> _orders = new();
        private readonly Random _random;

        public Venue(FakeConnector connector, Random random)
        {
            (Connector, _random) = (connector, random);
            connector.FakeTrading!.OnSubmit = Submit;
            connector.FakeTrading.OnQuery = o => Draw() < 0.3 ? Lost : ReadResult<OrderReport?>.Ok(_orders.GetValueOrDefault(o.ClientOrderId));
            connector.FakeTrading.OnCancel = Cancel;
        }

        public FakeConnector Connector { get; }

        public ConnectionId Id => new(Connector.Manifest.Venue.Value);

        public bool RestsAlways { get; init; }

        public ConcurrentQueue<ClientOrderId> Sent { get; } = new();

        public void Fail()
        {
            Connector.StreamError = Lost;
            Connector.Hang();
        }

        private OrderOutcome Submit(NewOrder order)
        {
            Sent.Enqueue(order.ClientOrderId);
            var draw = RestsAlways ? 1 : Draw();
            if (draw < 0.2)
            {
                // While the answer is on its way the connection is lost.
                Fail();
            }

            if (draw < 0.7)
            {
                _orders[order.ClientOrderId] = Report(order);
            }

            if (draw < 0.5)
            {
                return new OrderOutcome.Unknown(Lost);
            }

            return new OrderOutcome.Accepted(_orders.GetOrAdd(order.ClientOrderId, _ => Report(order)), []);
        }

        private OrderOutcome Cancel(OrderReference order)
        {
            if (Draw() < 0.4 || !_orders.TryGetValue(order.ClientOrderId, out var report))
            {
                return new OrderOutcome.Unknown(Lost);
            }

            var cancelled = report with { Status = OrderStatus.Cancelled, VenueTime = report.VenueTime + TimeSpan.FromSeconds(1) };
            _orders[order.ClientOrderId] = cancelled;
            return new OrderOutcome.Accepted(cancelled, []);
        }

        private static OrderReport Report(NewOrder order) => new()
        {
            Symbol = order.Instrument.Symbol, ClientOrderId = order.ClientOrderId, VenueOrderId = new VenueOrderId($"v-{order.ClientOrderId}"), Status = OrderStatus.New,
            Quantity = order.Quantity, FilledQuantity = Quantity.Zero, VenueTime = Some.Now,
        };

        private double Draw()
        {
            lock (_random)
            {
                return _random.NextDouble();
            }
        }
    }
}
