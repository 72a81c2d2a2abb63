using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

/// <summary>Amendments as the real connectors send them, over real sockets to both dialects. The orders are the connector's own, so the host sees strangers.</summary>
public sealed class AmendTests
{
    public static TheoryData<string> Venues => ["binance", "bybit"];

    [Theory, MemberData(nameof(Venues))]
    public async Task Amendment_makes_an_order_smaller_and_it_stays_the_same_order(string venue)
    {
        await using var wire = await AmendWire.StartAsync(venue);
        var order = wire.Resting(0.004m);
        await wire.PlaceAsync(order);

        (await wire.Trading.AmendAsync(wire.Change(order, 0.003m, order.LimitPrice), Token)).ShouldBeOfType<OrderOutcome.Accepted>();

        var report = await wire.QueryAsync(order.ClientOrderId);
        (report.Status, report.Quantity, report.ClientOrderId).ShouldBe((OrderStatus.New, new Quantity(0.003m), order.ClientOrderId));
        wire.Orders.Count.ShouldBe(1);
    }

    [Fact]
    public async Task E23_Dearer_and_larger_replaces_the_order_at_binance_and_links_two_ids()
    {
        await using var wire = await AmendWire.StartAsync("binance");
        var order = wire.Resting(0.004m);
        await wire.PlaceAsync(order);
        var change = wire.Change(order, 0.005m, new Price(order.LimitPrice!.Value.Value + 10));

        var replaced = (await wire.Trading.AmendAsync(change, Token)).ShouldBeOfType<OrderOutcome.Replaced>();

        replaced.Cancel.ShouldBeOfType<OrderOutcome.Accepted>().Report.Status.ShouldBe(OrderStatus.Cancelled);
        var placed = replaced.Placement.ShouldBeOfType<OrderOutcome.Accepted>().Report;
        (placed.ClientOrderId, placed.Quantity, placed.LimitPrice, placed.Status).ShouldBe((change.ReplacementId, new Quantity(0.005m), change.LimitPrice, OrderStatus.New));
        (await wire.QueryAsync(order.ClientOrderId)).Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public async Task Dearer_and_larger_changes_the_order_itself_at_bybit()
    {
        await using var wire = await AmendWire.StartAsync("bybit");
        var order = wire.Resting(0.004m);
        await wire.PlaceAsync(order);
        var change = wire.Change(order, 0.005m, new Price(order.LimitPrice!.Value.Value + 10));

        (await wire.Trading.AmendAsync(change, Token)).ShouldBeOfType<OrderOutcome.Accepted>().Report.Status.ShouldBe(OrderStatus.Pending, "queued is not done");

        var report = await wire.QueryAsync(order.ClientOrderId);
        (report.Quantity, report.LimitPrice, report.Status).ShouldBe((new Quantity(0.005m), change.LimitPrice, OrderStatus.New));
    }

    [Fact]
    public async Task E21_Partial_fill_that_nobody_has_heard_of_stops_the_replacement_and_nothing_is_armed_anew()
    {
        await using var wire = await AmendWire.StartAsync("binance");
        var order = wire.Resting(0.004m);
        await wire.PlaceAsync(order);
        wire.FillInPart(0.001m); // While the change is on its way: it still says that nothing is filled.

        var replaced = (await wire.Trading.AmendAsync(wire.Change(order, 0.004m, new Price(order.LimitPrice!.Value.Value + 10)), Token)).ShouldBeOfType<OrderOutcome.Replaced>();

        replaced.Cancel.ShouldBeOfType<OrderOutcome.Rejected>();
        replaced.Placement.ShouldBeOfType<OrderOutcome.Rejected>();
        var only = wire.Orders.ShouldHaveSingleItem();
        (only.Quantity, only.Executed, only.Status).ShouldBe((0.004m, 0.001m, "PartiallyFilled"));
        var report = await wire.QueryAsync(order.ClientOrderId);
        (report.Status, report.FilledQuantity, report.LimitPrice).ShouldBe((OrderStatus.PartiallyFilled, new Quantity(0.001m), order.LimitPrice));
    }

    [Theory, MemberData(nameof(Venues))]
    public async Task E21_Reduction_counts_what_is_filled_as_part_of_the_whole(string venue)
    {
        await using var wire = await AmendWire.StartAsync(venue);
        var order = wire.Resting(0.004m);
        await wire.PlaceAsync(order);
        wire.FillInPart(0.001m);

        (await wire.Trading.AmendAsync(wire.Change(order, 0.003m, order.LimitPrice, filled: 0.001m), Token)).ShouldBeOfType<OrderOutcome.Accepted>();
        (await wire.Trading.AmendAsync(wire.Change(order with { Quantity = new Quantity(0.003m) }, 0.001m, order.LimitPrice), Token)).ShouldBeOfType<OrderOutcome.Rejected>("not more than is filled");

        var only = wire.Orders.ShouldHaveSingleItem();
        (only.Quantity, only.Executed).ShouldBe((0.003m, 0.001m));
    }

    [Theory, MemberData(nameof(Venues))]
    public async Task Amendment_of_an_order_that_is_not_open_is_refused_and_places_nothing(string venue)
    {
        await using var wire = await AmendWire.StartAsync(venue);
        var order = wire.Resting(0.004m);
        await wire.PlaceAsync(order);
        (await wire.Trading.CancelAsync(new OrderReference(order.Instrument, order.ClientOrderId, null), Token)).ShouldBeOfType<OrderOutcome.Accepted>();

        (await wire.Trading.AmendAsync(wire.Change(order, 0.003m, order.LimitPrice), Token)).ShouldBeOfType<OrderOutcome.Rejected>().Error.Kind.ShouldBe(VenueErrorKind.NotFound);
        var dearer = await wire.Trading.AmendAsync(wire.Change(order, 0.004m, new Price(order.LimitPrice!.Value.Value + 10)), Token);
        (dearer is OrderOutcome.Rejected or OrderOutcome.Replaced { Cancel: OrderOutcome.Rejected, Placement: OrderOutcome.Rejected }).ShouldBeTrue(dearer.ToString());
        wire.Orders.Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Venues))]
    public async Task Cancel_all_takes_waiting_stops_too(string venue)
    {
        await using var wire = await AmendWire.StartAsync(venue);
        await wire.PlaceAsync(wire.Resting(0.004m));
        var stop = new Price(Math.Ceiling(wire.Ask) + 600);
        await wire.PlaceAsync(wire.Resting(0.004m) with { Type = OrderType.Stop, StopPrice = stop, LimitPrice = null });

        (await wire.Trading.CancelAllAsync(wire.Instrument, Token)).ShouldBeNull();
        (await wire.Trading.CancelAllAsync(wire.Instrument, Token)).ShouldBeNull("nothing is open any more");

        wire.Orders.Count.ShouldBe(2);
        wire.Orders.ShouldAllBe(o => !o.IsOpen);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The real connector of one venue in a running host, used directly.</summary>
    private sealed class AmendWire(FaultRig rig, ConnectionId venue, Instrument instrument) : IAsyncDisposable
    {
        private int _ids;

        public ITradingConnector Trading => rig.Host.Engine.Connection(venue)!.Connector!.Trading!;

        public Instrument Instrument => instrument;

        public IReadOnlyList<VenueOrder> Orders => rig.Venues[venue].Orders;

        public decimal Ask => rig.Venues[venue].Top("BTCUSDT").Ask;

        public static async Task<AmendWire> StartAsync(string venue)
        {
            var rig = await FaultRig.StartAsync();
            var id = new ConnectionId(venue);
            var instruments = await rig.Host.Engine.Connection(id)!.Connector!.GetInstrumentsAsync(Token);
            return new AmendWire(rig, id, instruments.Value.First(i => i.Symbol == FaultRig.Btc));
        }

        /// <summary>A buy well below the market.</summary>
        public NewOrder Resting(decimal quantity) => new()
        {
            ClientOrderId = NextId(),
            Instrument = instrument,
            Side = Side.Buy,
            Type = OrderType.Limit,
            Quantity = new Quantity(quantity),
            LimitPrice = new Price(Math.Floor(Ask * 0.97m)),
        };

        public AmendOrder Change(NewOrder order, decimal quantity, Price? limit, decimal filled = 0) => new()
        {
            Current = order,
            Filled = new Quantity(filled),
            Quantity = new Quantity(quantity),
            LimitPrice = limit,
            StopPrice = order.StopPrice,
            ReplacementId = NextId(),
        };

        public async Task PlaceAsync(NewOrder order) => (await Trading.SubmitAsync(order, Token)).ShouldBeOfType<OrderOutcome.Accepted>();

        public async Task<OrderReport> QueryAsync(ClientOrderId id) =>
            (await Trading.QueryOrderAsync(new OrderReference(instrument, id, null), Token)).Value.ShouldNotBeNull();

        /// <summary>Somebody sells through the book down to the order.</summary>
        public void FillInPart(decimal quantity) => rig.Venues[venue].Handle.Venue.Execute(engine =>
        {
            var book = rig.Venues[venue].Handle.Venue.Market("BTCUSDT")!.Book;
            var seller = engine.Accounts.Values.First(a => a.IsHouse);
            engine.Deposit(seller, "BTC", 10_000m);
            var order = rig.Venues[venue].Handle.Venue.Credentials[rig.Venues[venue].Handle.ApiKey].Account.OpenOrders.Single();
            while (book.Bids.BestTradable is { } best && best.Price > order.Price)
            {
                engine.Place(seller, Sale(best.Price, best.Tradable));
            }

            engine.Place(seller, Sale(order.Price, quantity));
            return true;
        });

        public ValueTask DisposeAsync() => rig.DisposeAsync();

        private static Simulator.Matching.NewOrder Sale(decimal price, decimal quantity) => new()
        {
            Symbol = "BTCUSDT",
            Side = Simulator.Matching.Side.Sell,
            Type = Simulator.Matching.OrderType.Limit,
            TimeInForce = Simulator.Matching.TimeInForce.Ioc,
            Price = price,
            Quantity = quantity,
        };

        private ClientOrderId NextId() => new($"wire-{++_ids}");
    }
}
