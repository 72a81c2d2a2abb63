using Workbench.Core.Connections;
using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Metrics;

/// <summary>Every figure comes from what really happened in an engine.</summary>
[Collection(nameof(EngineTests))]
public sealed class EngineMetricsTests
{
    private static readonly Symbol Btc = "BTC/USDT";

    [Fact]
    public async Task Calls_are_timed_by_connection_and_operation()
    {
        await using var rig = new EngineRig();
        using var heard = new Heard(rig.Engine.Metrics);
        await rig.StartAsync();
        await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(0.1m)));
        heard.Of("workbench.request.duration", "binance", "order", "answered").Count.ShouldBe(1);
        heard.Of("workbench.request.duration", "binance", "instruments", "answered").Count.ShouldBe(1);
        heard.Of("workbench.request.duration", "bybit", "account").ShouldNotBeEmpty();
        heard.Of("workbench.probe.duration", "binance", "answered").ShouldNotBeEmpty();
        heard.Of("workbench.request.active", "order").ShouldBe([1, -1]);
        rig.Primary.ReadError = new VenueError(VenueErrorKind.Timeout, "no answer");
        await rig.UntilAsync(() => heard.Of("workbench.probe.duration", "binance", "venue_fault").Count > 0, "a probe without an answer");
    }

    [Fact]
    public async Task Streams_count_the_attempts_that_came_about_and_those_that_did_not()
    {
        await using var rig = new EngineRig();
        using var heard = new Heard(rig.Engine.Metrics);
        await rig.StartAsync();
        heard.Of("workbench.stream.connects", "binance", "market", "success").Count.ShouldBe(1);
        heard.Of("workbench.stream.connects", "binance", "user", "success").Count.ShouldBe(1);
        rig.Primary.StreamError = new VenueError(VenueErrorKind.Network, "refused");
        rig.Primary.Hang();
        await rig.UntilAsync(() => heard.Of("workbench.stream.connects", "binance", "market", "failure").Count >= 2, "attempts that fail");
        rig.Primary.StreamError = null;
        await rig.UntilAsync(() => heard.Of("workbench.stream.connects", "binance", "market", "success").Count >= 2, "an attempt that succeeds");
    }

    [Fact]
    public async Task Moves_of_a_route_are_counted_and_the_time_away_is_told_when_it_is_back()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        using var heard = new Heard(rig.Engine.Metrics);
        rig.Primary.StreamError = new VenueError(VenueErrorKind.Network, "refused");
        rig.Primary.Hang();
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).TradingIsBackup, "the failover");
        var left = rig.Now();
        heard.Of("workbench.route.moves", "default", "trading", "failover").Count.ShouldBe(1);
        rig.Primary.StreamError = null;
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc) is { TradingIsBackup: false, Trading: not null }, "the failback");
        await rig.UntilAsync(() => heard.Of("workbench.route.failover.duration", "trading").Count == 1, "the time away is told");
        heard.Of("workbench.route.moves", "default", "trading", "failback").Count.ShouldBe(1);
        heard.Of("workbench.route.failover.duration", "default", "trading")[0].ShouldBe((rig.Now() - left).TotalSeconds, 0.2);
    }

    [Fact]
    public async Task Breaker_tells_each_of_its_changes()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        using var heard = new Heard(rig.Engine.Metrics);
        rig.Primary.FakeTrading!.OnSubmit = _ => new OrderOutcome.Unknown(new VenueError(VenueErrorKind.Timeout, "no answer"));
        for (var i = 0; i < 5; i++)
        {
            var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(Btc, Side.Buy, new Quantity(0.1m)) with { Connection = new ConnectionId("binance") });
            await rig.UntilAsync(() => handle.State.Knowledge == OrderKnowledge.Unknown, "an unknown order");
        }

        await rig.UntilAsync(() => heard.Of("workbench.breaker.transitions", "binance", "trading", "closed").Count == 1, "the breaker to close again");
        heard.Of("workbench.breaker.transitions", "binance", "trading", "open").Count.ShouldBe(1);
        heard.Of("workbench.breaker.transitions", "binance", "trading", "half_open").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Observed_figures_say_what_is_so_when_they_are_read()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        rig.Engine.Watch(Btc, MarketChannel.Quotes);
        rig.Primary.Quote(99, 101);
        rig.Secondary.Quote(98, 102);
        await rig.UntilAsync(() => rig.Workbench.Market.LatestQuote(Btc) is not null, "a quote");
        using var heard = new Heard(rig.Engine.Metrics);
        heard.Look();
        heard.Of("workbench.connection.up", "binance", "data").ShouldBe([1]);
        heard.Of("workbench.connection.up", "binance", "trading").ShouldBe([1]);
        heard.Of("workbench.connection.score", "binance", "data")[0].ShouldBeGreaterThan(0);
        heard.Of("workbench.uptime")[0].ShouldBeGreaterThan(0);
        heard.Of("workbench.market_data.age", "binance", "newest")[0].ShouldBeInRange(0, 5);
        heard.Of("workbench.market_data.waiting").ShouldBe([0]);
        heard.Of("workbench.market_data.dropped", "inbox").ShouldBe([0]);
        heard.Of("workbench.market_data.dropped", "sequencer").ShouldBe([0]);
        heard.Of("workbench.market_data.dropped", "reader").ShouldBe([0]);
    }

    [Fact]
    public async Task Headroom_and_open_sockets_come_from_the_host()
    {
        FakeConnector connector = new("binance");
        await using var rig = new EngineRig(open: id => id.Value != "binance" ? null : new ConnectorOpening.Opened(connector, false, null, static (_, _, _) => { }, connector)
        {
            Headroom = static () => new RateHeadroom(0.25m, null, "75 of 100"),
            OpenSockets = static () => 2,
        });
        connector.Clock = rig.Now;
        await rig.StartAsync();
        using var heard = new Heard(rig.Engine.Metrics);
        heard.Look();
        heard.Of("workbench.rate_limit.used", "binance").ShouldBe([0.75]);
        heard.Of("workbench.connection.sockets", "binance").ShouldBe([2]);
    }

    [Fact]
    public async Task Unreadable_messages_are_counted_by_stream()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        using var heard = new Heard(rig.Engine.Metrics);
        rig.Primary.Garbage("not JSON");
        await rig.UntilAsync(() => heard.Of("workbench.messages.quarantined", "binance", "market").Count == 1, "the message is counted");
    }

    [Fact]
    public async Task Nobody_listening_means_nothing_is_recorded_and_nothing_breaks()
    {
        await using var rig = new EngineRig();
        using (new Heard(rig.Engine.Metrics))
        {
            await rig.StartAsync();
        }

        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(0.1m)))).Status.ShouldBe(OrderStatus.Filled);
    }
}
