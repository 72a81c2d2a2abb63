using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Core.MarketData;
using Workbench.Core.Metrics;
using Workbench.Core.Pipeline;
using Workbench.Core.Routing;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Views;

public sealed class ViewsStageTests
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly Symbol Btc = "BTC/USDT";

    private readonly Boards _boards = new();
    private readonly Observer _observer = new();
    private readonly Collected _output = new();
    private readonly MarketHub _hub;
    private readonly ViewsStage _stage;

    public ViewsStageTests()
    {
        _hub = new MarketHub(new RouteTable([], TimeSpan.Zero), _ => null);
        _stage = new ViewsStage(_hub, _boards, new WorkbenchMetrics(TimeProvider.System), _observer, NullLogger.Instance);
    }

    [Fact]
    public void Change_of_state_is_an_event_and_a_new_reason_is_not()
    {
        Process(new TimePassed(Some.Now));
        Report(ConnectionState.Connecting, "starting");
        Report(ConnectionState.Connecting, "opening");
        Report(ConnectionState.Connected, "ok");
        _boards.RecentEvents.Select(e => (e.At, e.Kind, e.Message)).ShouldBe([
            (Some.Now, ConnectionEventKind.StateChanged, "binance is Connecting: starting"),
            (Some.Now, ConnectionEventKind.StateChanged, "binance is Connected: ok")]);
        _boards.Connection(Binance)!.Reason.ShouldBe("ok");
    }

    [Fact]
    public void Orders_and_fills_reach_the_boards_and_the_observer()
    {
        var order = new Order
        {
            Id = new ClientOrderId("a"), Request = OrderRequest.Market(Btc, Side.Buy, new Quantity(1)), Knowledge = OrderKnowledge.Known, CreatedAt = Some.Now, UpdatedAt = Some.Now,
        };
        var report = new FillReport { Symbol = Btc, TradeId = new TradeId("1"), VenueOrderId = new VenueOrderId("v"), Side = Side.Buy, Price = new Price(1), Quantity = new Quantity(1), VenueTime = Some.Now };
        var fill = new Fill { OrderId = order.Id, Connection = Binance, Report = report };
        Process(new OrderChanged(order));
        Process(new FillApplied(fill));
        Process(new AnomalyFound("overfilled"));
        (_boards.Orders.Single(), _boards.Fills.Single()).ShouldBe((order, fill));
        _observer.Seen.ShouldBe([order, fill, "overfilled"]);
    }

    [Fact]
    public void Positions_balances_notices_and_moves_reach_the_boards()
    {
        Process(new PositionChanged(new Position { Symbol = Btc, Net = new NetQuantity(1) }));
        Process(new BalancesReported(Binance, [new Balance(new Asset("BTC"), new Amount(1), Amount.Zero)]));
        Process(new ConnectionNoticed(new ConnectionEvent(Some.Now, ConnectionEventKind.InstrumentChanged, Binance, "a new tick"), IsAlarm: false));
        Process(new ConnectionNoticed(new ConnectionEvent(Some.Now, ConnectionEventKind.Halted, Binance, "halted"), IsAlarm: true));
        Process(new RouteMoved(new ConnectionEvent(Some.Now, ConnectionEventKind.Failover, null, "moved")));
        _boards.Positions.ShouldHaveSingleItem();
        _boards.Balances(Binance).ShouldHaveSingleItem();
        _boards.RecentEvents.Select(e => e.Kind).ShouldBe([ConnectionEventKind.InstrumentChanged, ConnectionEventKind.Halted, ConnectionEventKind.Failover]);
        _observer.Seen.ShouldBe(["halted"]);
    }

    [Fact]
    public async Task Market_data_reaches_its_readers_by_kind_and_route()
    {
        using var stop = new CancellationTokenSource();
        HashSet<MarketChannel> all = [.. Enum.GetValues<MarketChannel>()];
        var routed = _hub.ReadAsync(Btc, all, null, Delivery.EveryEvent, stop.Token).GetAsyncEnumerator();
        var next = routed.MoveNextAsync();
        MarketEvent[] events =
        [
            Some.Quote("binance", 1, 2),
            new Trade(Btc, new TradeId("1"), new Price(1), new Quantity(1), Side.Buy, Some.Stamp()),
            new Candle(Btc, TimeSpan.FromMinutes(1), Some.Now, new Price(1), new Price(1), new Price(1), new Price(1), new Quantity(1), true, Some.Stamp()),
            new OrderBook(Btc, [], [], Some.Stamp()),
        ];
        foreach (var e in events)
        {
            Process(e is OrderBook hidden ? new BookChanged(hidden, false) : new MarketDataArrived(e));
            Process(e is OrderBook book ? new BookChanged(book, true) : new RoutedMarketData(e));
        }

        foreach (var e in events)
        {
            (await next).ShouldBeTrue();
            routed.Current.ShouldBe(e);
            next = e == events[^1] ? default : routed.MoveNextAsync();
        }

        await routed.DisposeAsync();
    }

    private void Report(ConnectionState state, string reason) =>
        Process(new ConnectionReported(new ConnectionStatus { Id = Binance, State = state, Reason = reason, Since = Some.Now, IsSimulated = false }));

    private void Process(WorkbenchMessage message) => _stage.Process(message, _output).ShouldBeTrue();

    private sealed class Observer : IEngineObserver
    {
        public List<object> Seen { get; } = [];

        public void OnOrder(Order order) => Seen.Add(order);

        public void OnFill(Fill fill) => Seen.Add(fill);

        public void OnError(string text) => Seen.Add(text);
    }
}
