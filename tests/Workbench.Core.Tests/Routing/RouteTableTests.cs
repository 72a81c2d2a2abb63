using Workbench.Core.Pipeline;
using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Routing;

public sealed class RouteTableTests
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly ConnectionId Bybit = new("bybit");
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly Symbol Eth = "ETH/USDT";

    private Timestamp _now = Some.Now;

    [Fact]
    public void Market_uses_the_route_that_names_it_and_any_other_the_one_that_names_none()
    {
        var routes = Table(Route("rest", [], Binance, null), Route("eth", [Eth], Bybit, null));
        Report(routes, Binance);
        Report(routes, Bybit);
        (routes.Status(Eth).Data, routes.Status(Btc).Data, routes.Status("XRP/USDT").Data).ShouldBe((Bybit, Binance, Binance));
        (routes.DataConnections(Eth), routes.DataConnections(Btc)).ShouldSatisfyAllConditions(c => c.Item1.ShouldBe([Bybit]), c => c.Item2.ShouldBe([Binance]));
    }

    [Fact]
    public void Market_without_a_route_has_no_connection()
    {
        var routes = Table(Route("eth", [Eth], Binance, Bybit));
        Report(routes, Binance);
        Uses(routes).ShouldBe((null, null, false, false));
        routes.DataConnections(Btc).ShouldBeEmpty();
        routes.IsTradingBackup(Btc, Bybit).ShouldBeFalse();
    }

    [Fact]
    public void Route_lists_both_its_data_connections_primary_first() =>
        Table(Route("all", [], Binance, Bybit)).DataConnections(Btc).ShouldBe([Binance, Bybit]);

    [Fact]
    public void Route_is_ready_when_both_halves_have_found_a_connection()
    {
        var routes = Table(Route("all", [], Binance, Bybit));
        routes.IsReady.ShouldBeFalse();
        Report(routes, Binance, trading: false).ShouldBeEmpty("the first choice is no event");
        (routes.IsReady, routes.Status(Btc).Data, routes.Status(Btc).Trading).ShouldBe((false, Binance, null));
        Report(routes, Binance).ShouldBeEmpty();
        routes.IsReady.ShouldBeTrue();
    }

    [Fact]
    public void Route_for_data_alone_is_ready_without_trading_and_trades_nowhere()
    {
        var routes = Table(Route("all", [], Binance, Bybit, trades: false));
        Report(routes, Binance);
        (routes.IsReady, Uses(routes)).ShouldBe((true, (Binance, null, false, false)));
        routes.IsTradingBackup(Btc, Bybit).ShouldBeFalse();
    }

    [Fact]
    public void Table_is_ready_only_when_every_route_is()
    {
        var routes = Table(Route("btc", [Btc], Binance, null), Route("eth", [Eth], Bybit, null));
        Report(routes, Binance);
        routes.IsReady.ShouldBeFalse();
        Report(routes, Bybit);
        routes.IsReady.ShouldBeTrue();
        Table().IsReady.ShouldBeTrue();
    }

    [Fact]
    public void Data_and_trading_move_apart()
    {
        var routes = Ready();
        var moved = Report(routes, Binance, data: true, trading: false, reason: "no trading: the circuit breaker is open");
        moved.ShouldHaveSingleItem().Message.ShouldBe("all: trading on bybit: binance: the circuit breaker is open");
        Uses(routes).ShouldBe((Binance, Bybit, false, true));
    }

    [Fact]
    public void Route_that_moves_says_what_where_and_why_and_when_it_returns()
    {
        var routes = Ready();
        var away = Report(routes, Binance, false, false, reason: "connection refused; next attempt in 4 s");
        away.Select(e => (e.Kind, e.Connection, e.Message)).ShouldBe([
            (ConnectionEventKind.Failover, Bybit, "all: market data on bybit: binance: connection refused"),
            (ConnectionEventKind.Failover, Bybit, "all: trading on bybit: binance: connection refused")]);
        Uses(routes).ShouldBe((Bybit, Bybit, true, true));
        Report(routes, Binance).ShouldBeEmpty("the primary must be well for a while first");
        Pass(4.9);
        routes.Decide(_now).ShouldBeEmpty();
        Pass(0.1);
        routes.Decide(_now).Select(e => (e.Kind, e.Connection, e.Message)).ShouldBe([
            (ConnectionEventKind.Failback, Binance, "all: market data back on binance"),
            (ConnectionEventKind.Failback, Binance, "all: trading back on binance")]);
        Uses(routes).ShouldBe((Binance, Binance, false, false));
    }

    [Fact]
    public void Route_without_any_connection_says_so()
    {
        var routes = Ready();
        Report(routes, Bybit, false, false);
        Report(routes, Binance, false, false, reason: "silent").Select(e => (e.Kind, e.Connection, e.Message)).ShouldBe([
            (ConnectionEventKind.Failover, null, "all: NO VENUE for market data: binance: silent; bybit: ok"),
            (ConnectionEventKind.Failover, null, "all: NO VENUE for trading: binance: silent; bybit: ok")]);
        (routes.Status(Btc).Data, routes.IsReady).ShouldBe((null, false));
    }

    [Fact]
    public void Route_at_the_start_does_not_wait_for_a_primary_that_failed_for_good()
    {
        var routes = Table(Route("all", [], Binance, Bybit));
        Report(routes, Bybit);
        routes.Status(Btc).Data.ShouldBeNull();
        routes.Report(Status(Binance, false, false, "its plugin is missing") with { State = ConnectionState.Failed }, _now);
        routes.Status(Btc).Data.ShouldBe(Bybit);
    }

    [Fact]
    public void Route_at_the_start_waits_for_its_primary_as_long_as_allowed()
    {
        var routes = Table(Route("all", [], Binance, Bybit));
        Report(routes, Bybit);
        Pass(9.9);
        routes.Decide(_now);
        routes.Status(Btc).Data.ShouldBeNull();
        Pass(0.1);
        routes.Decide(_now).Count.ShouldBe(2);
        routes.Status(Btc).Data.ShouldBe(Bybit);
    }

    [Fact]
    public void Connection_that_is_not_the_primary_is_a_backup()
    {
        var routes = Table(new RouteSettings("all", new HashSet<Symbol>(), Failover(Binance, Bybit), Failover(Bybit, Binance)));
        (routes.IsTradingBackup(Btc, Binance), routes.IsTradingBackup(Btc, Bybit)).ShouldBe((true, false));
        Report(routes, Binance, trading: false);
        Uses(routes).ShouldBe((Binance, null, false, false));
        Report(routes, Binance);
        Pass(10);
        routes.Decide(_now);
        Uses(routes).ShouldBe((Binance, Binance, false, true));
    }

    [Fact]
    public void Stage_marks_what_the_route_reads_and_leaves_the_rest_to_its_connection()
    {
        var routes = Ready();
        var (stage, output) = (new RoutesStage(routes), new Collected());
        stage.Process(new TimePassed(_now), output);
        stage.Process(new MarketDataArrived(Some.Quote("binance", 1, 2)), output).ShouldBeFalse();
        stage.Process(new MarketDataArrived(Some.Quote("bybit", 1, 2)), output).ShouldBeTrue();
        Report(routes, Binance, false, false);
        stage.Process(new MarketDataArrived(Some.Quote("binance", 1, 2)), output).ShouldBeTrue();
        stage.Process(new MarketDataArrived(Some.Quote("bybit", 1, 2)), output).ShouldBeFalse();
        output.Messages.Cast<RoutedMarketData>().Select(r => (r.Event.Stamp.Connection, r.Event.Stamp.IsBackup)).ShouldBe([(Binance, false), (Bybit, true)]);
    }

    [Fact]
    public void Stage_tells_of_moves_and_takes_no_notice_of_a_connection_that_is_closing()
    {
        var (stage, output) = (new RoutesStage(Ready()), new Collected());
        stage.Process(new ConnectionReported(Status(Binance, false, false, "closing") with { State = ConnectionState.Draining }), output).ShouldBeTrue();
        output.Messages.ShouldBeEmpty();
        stage.Process(new ConnectionReported(Status(Binance, false, false, "reset")), output).ShouldBeTrue();
        output.Messages.OfType<RouteMoved>().Count().ShouldBe(2);
        stage.Process(new TimePassed(_now), output).ShouldBeTrue();
        output.Messages.Count.ShouldBe(2, "a move is told once");
    }

    [Fact]
    public void Connection_that_is_not_ready_is_shown_and_never_chosen_for_trading()
    {
        var routes = Ready();
        var told = routes.Report(new ReadinessReported(Bybit, null, "its key may not trade"), _now).ShouldHaveSingleItem();
        (told.Kind, told.Message).ShouldBe((ConnectionEventKind.Readiness, "all: SECONDARY NOT READY: bybit: its key may not trade"));
        routes.Report(new ReadinessReported(Bybit, null, "its key may not trade"), _now).ShouldBeEmpty("it is told once");
        Report(routes, Binance, false, false);
        (routes.Status(Btc).Data, routes.Status(Btc).Trading).ShouldBe((Bybit, null));
        routes.Report(new ReadinessReported(Bybit, null, null), _now).Select(e => e.Kind).ShouldBe([ConnectionEventKind.Readiness, ConnectionEventKind.Failover]);
        routes.Status(Btc).Trading.ShouldBe(Bybit);
    }

    [Fact]
    public void Connection_that_is_not_ready_for_one_market_serves_the_others()
    {
        var routes = Ready();
        routes.Report(new ReadinessReported(Binance, Btc, "its tick has changed"), _now).ShouldBeEmpty();
        (routes.NotReady(Binance, Btc), routes.NotReady(Binance, Eth), routes.NotReady(Bybit, Btc)).ShouldBe(("its tick has changed", null, null));
        routes.Report(new ReadinessReported(Binance, Btc, null), _now);
        routes.NotReady(Binance, Btc).ShouldBeNull();
    }

    private static (ConnectionId? Data, ConnectionId? Trading, bool DataIsBackup, bool TradingIsBackup) Uses(RouteTable routes) =>
        routes.Status(Btc) is var r ? (r.Data, r.Trading, r.DataIsBackup, r.TradingIsBackup) : default;

    private static RouteTable Table(params RouteSettings[] routes) => new(routes, TimeSpan.FromSeconds(10));

    private static RouteSettings Route(string name, Symbol[] symbols, ConnectionId primary, ConnectionId? secondary, bool trades = true) =>
        new(name, symbols.ToHashSet(), Failover(primary, secondary), trades ? Failover(primary, secondary) : null);

    private static RouteHalfSettings Failover(ConnectionId primary, ConnectionId? secondary) =>
        RouteHalfSettings.PrimarySecondary(primary, secondary, TimeSpan.FromSeconds(5));

    private static ConnectionStatus Status(ConnectionId id, bool data, bool trading, string reason) => new()
    {
        Id = id, State = data ? ConnectionState.Connected : ConnectionState.Down, Reason = reason, Since = Some.Now, IsSimulated = false, DataUp = data, TradingUp = trading,
    };

    private RouteTable Ready()
    {
        var routes = Table(Route("all", [], Binance, Bybit));
        Report(routes, Binance);
        Report(routes, Bybit);
        return routes;
    }

    private void Pass(double seconds) => _now += TimeSpan.FromSeconds(seconds);

    private IReadOnlyList<ConnectionEvent> Report(RouteTable routes, ConnectionId id, bool data = true, bool trading = true, string reason = "ok") =>
        routes.Report(Status(id, data, trading, reason), _now);
}
