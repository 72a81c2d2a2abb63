using Workbench.Core.Risk;
using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Routing;

/// <summary>Venues lost and flapping under a whole engine, on virtual time. Alone: its clock waits until the thread pool is quiet.</summary>
[Collection(nameof(EngineTests))]
public sealed class VenueLossTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly Quantity Small = new(0.1m);
    private static readonly VenueError Refused = new(VenueErrorKind.Network, "connection refused");

    [Fact]
    public async Task E40_Both_venues_down_no_order_is_accepted_the_denial_says_why_and_nothing_is_sent_later()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await LoseAsync(rig, rig.Primary, rig.Secondary);
        var why = rig.Workbench.Connections.Route(Btc).TradingHalf!.Why;
        why.ShouldMatch("^binance: .*connection refused.*; bybit: .*connection refused");

        for (var i = 0; i < 3; i++)
        {
            var denied = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small));
            (denied.Knowledge, denied.Reason).ShouldBe((OrderKnowledge.NotSent, $"no_venue: NO VENUE: {why}"));
        }

        Restore(rig.Primary, rig.Secondary);
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc) is { Data: not null, Trading: not null }, "the return");
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small));
        (rig.Primary.FakeTrading!.Submitted.Concat(rig.Secondary.FakeTrading!.Submitted)).ShouldHaveSingleItem().ClientOrderId.ShouldBe(order.Id);
    }

    [Fact]
    public async Task E40_Both_venues_down_strategies_and_scripts_are_told_and_open_orders_are_listed_as_unreachable()
    {
        await using var rig = new EngineRig();
        var strategy = new Listener();
        rig.Engine.Add("listener", strategy);
        await rig.StartAsync();
        rig.Primary.FakeTrading!.OnSubmit = Rest;
        rig.Primary.FakeTrading.OnQuery = _ => Refused;
        var resting = rig.Workbench.Orders.Buy(Btc, Small, new Price(90));
        await rig.UntilAsync(() => resting.State.Status == OrderStatus.New, "the order to rest");
        rig.Workbench.Orders.Unreachable.ShouldBeEmpty();

        await LoseAsync(rig, rig.Primary, rig.Secondary);
        rig.Workbench.Orders.Unreachable.ShouldHaveSingleItem().Id.ShouldBe(resting.Id);
        var told = rig.Engine.Snapshot().Events.Single(e => e is { Half: RouteHalf.Trading, To: null, Kind: ConnectionEventKind.Failover });
        told.Message.ShouldMatch("^default: NO VENUE for trading: binance: .*; bybit: .*; 1 open order cannot be reached$");
        (told.Route, told.Connection).ShouldBe(("default", null));
        strategy.Moves.ShouldContain(told);

        Restore(rig.Primary, rig.Secondary);
        await rig.UntilAsync(() => rig.Workbench.Orders.Unreachable.Count == 0, "the order to be in reach");
        await rig.UntilAsync(() => strategy.Moves.Last(m => m.Half == RouteHalf.Trading).To is not null, "the strategy to be told");
    }

    [Fact]
    public async Task E40_Last_values_stay_readable_with_their_age_when_every_venue_is_lost()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        rig.Engine.Watch(Btc, MarketChannel.Quotes);
        rig.Primary.Quote(99, 101);
        await rig.UntilAsync(() => rig.Workbench.Market.LatestQuote(Btc) is not null, "a quote");
        var last = rig.Workbench.Market.LatestQuote(Btc)!;

        await LoseAsync(rig, rig.Primary, rig.Secondary);
        rig.Workbench.Market.LatestQuote(Btc)!.Bid.ShouldBe(last.Bid);
        rig.Workbench.Market.LatestQuote(Btc)!.Stamp.ReceivedAt.ShouldBe(last.Stamp.ReceivedAt);
    }

    [Fact]
    public async Task E40_Data_goes_on_where_it_was_when_only_trading_is_lost()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await rig.Workbench.Connections.IsolateAsync(new ConnectionId("binance"), "maintenance");
        await rig.Workbench.Connections.IsolateAsync(new ConnectionId("bybit"), "maintenance");
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).Trading is null, "the loss of trading");
        var route = rig.Workbench.Connections.Route(Btc);
        (route.Data, route.DataIsBackup).ShouldBe((new ConnectionId("binance"), false));
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small))).Reason!.ShouldStartWith("no_venue: NO VENUE: binance: ");

        await rig.Workbench.Connections.CloseBreakerAsync(new ConnectionId("binance"));
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).Trading == new ConnectionId("binance"), "the return of trading");
    }

    [Fact]
    public async Task E40_Gate_is_closed_for_a_market_whose_data_at_the_target_venue_is_stale_although_the_venue_is_up()
    {
        await using var rig = new EngineRig(new RiskLimits { StalePriceAfter = TimeSpan.FromSeconds(1) });
        await rig.StartAsync();
        rig.Engine.Watch(Btc, MarketChannel.Quotes);
        rig.Primary.Quote(99, 101);
        await rig.UntilAsync(() => rig.Workbench.Market.LatestQuote(Btc) is not null, "a quote");
        var quoted = rig.Now();
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small))).Status.ShouldBe(OrderStatus.Filled);
        await rig.UntilAsync(() => rig.Now() - quoted > TimeSpan.FromSeconds(1.1), "the quote to be old");
        rig.Workbench.Connections.Route(Btc).Trading.ShouldNotBeNull();
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small))).Reason!.ShouldStartWith("stale_price: limit 1 s, the quote of binance is ");
    }

    [Fact]
    public async Task E41_Flapping_primary_is_returned_to_later_each_time_and_the_route_says_until_when()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        foreach (var held in new[] { 3, 6, 12, 24 })
        {
            await LoseAsync(rig, rig.Primary);
            Restore(rig.Primary);
            await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).TradingHalf!.HoldDownUntil is not null, "the primary to be well and held down");
            var until = rig.Workbench.Connections.Route(Btc).TradingHalf!.HoldDownUntil!.Value;
            await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc) is { TradingIsBackup: false, Trading: not null }, "the failback");
            var back = rig.Workbench.Connections.Route(Btc).TradingHalf!.Since!.Value;
            (back - until).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMilliseconds(50));

            // The pipeline knows the time to one tick.
            (back - rig.Workbench.Connections.All[0].Since).ShouldBeInRange(TimeSpan.FromSeconds(held - 0.05), TimeSpan.FromSeconds(held + 0.15));
        }

        rig.Engine.Snapshot().Events.Count(e => e is { Half: RouteHalf.Trading, Kind: ConnectionEventKind.Failover }).ShouldBe(4);
        rig.Engine.Snapshot().Events.Count(e => e is { Half: RouteHalf.Trading, Kind: ConnectionEventKind.Failback }).ShouldBe(4);
    }

    [Fact]
    public async Task E41_Primary_whose_account_cannot_be_read_is_not_returned_to_however_long_its_data_is_well()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        rig.Primary.FakeTrading!.OnBalances = static () => Refused;
        await LoseAsync(rig, rig.Primary);
        Restore(rig.Primary);
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc) is { DataIsBackup: false, Data: not null }, "the data to return");
        var returned = rig.Now();
        await rig.UntilAsync(() => rig.Now() - returned > TimeSpan.FromSeconds(60), "a minute to pass");
        rig.Workbench.Connections.Route(Btc).TradingIsBackup.ShouldBeTrue();

        rig.Primary.FakeTrading.OnBalances = static () => ReadResult<IReadOnlyList<Balance>>.Ok([]);
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc) is { TradingIsBackup: false, Trading: not null }, "trading to return");
    }

    [Fact]
    public async Task New_orders_are_routed_to_the_backup_within_150_ms_of_the_breaker_opening()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        rig.Engine.Connection(new ConnectionId("binance"))!.Breaker.Isolate("a test");
        var opened = rig.Now();
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).Trading == new ConnectionId("bybit"), "the failover");
        (rig.Now() - opened).ShouldBeLessThanOrEqualTo(TimeSpan.FromMilliseconds(150));
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small))).Connection.ShouldBe(new ConnectionId("bybit"));
    }

    [Fact]
    public async Task Data_moves_within_one_tick_of_a_stream_that_ends()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        rig.Primary.StreamError = Refused;
        rig.Primary.Hang();
        var ended = rig.Now();
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).Data == new ConnectionId("bybit"), "the failover");
        (rig.Now() - ended).ShouldBeLessThanOrEqualTo(TimeSpan.FromMilliseconds(50));
    }

    private static async Task LoseAsync(EngineRig rig, params FakeConnector[] venues)
    {
        foreach (var venue in venues)
        {
            (venue.StreamError, venue.ReadError) = (Refused, Refused);
            venue.Hang();
        }

        var lost = venues.Select(v => new ConnectionId(v.Manifest.Venue.Value)).ToArray();
        await rig.UntilAsync(
            () => lost.All(id => rig.Workbench.Connections.All.Single(c => c.Id == id) is { DataUp: false } c && c.Reason.Contains("connection refused", StringComparison.Ordinal))
                && rig.Workbench.Connections.Route(Btc) is var r && (r.Data is not { } d || !lost.Contains(d)) && (r.Trading is not { } t || !lost.Contains(t)),
            "the venues to be lost");
    }

    private static void Restore(params FakeConnector[] venues)
    {
        foreach (var venue in venues)
        {
            (venue.StreamError, venue.ReadError) = (null, null);
        }
    }

    private static OrderOutcome Rest(NewOrder order) => new OrderOutcome.Accepted(
        new OrderReport
        {
            Symbol = Btc, ClientOrderId = order.ClientOrderId, VenueOrderId = new VenueOrderId($"v-{order.ClientOrderId}"), Status = OrderStatus.New,
            Quantity = order.Quantity, FilledQuantity = Quantity.Zero, VenueTime = Some.Now,
        },
        []);

    private sealed class Listener : Strategy
    {
        private readonly Lock _lock = new();
        private readonly List<ConnectionEvent> _moves = [];

        public IReadOnlyList<ConnectionEvent> Moves
        {
            get
            {
                lock (_lock)
                {
                    return [.. _moves];
                }
            }
        }

        public override void OnRoute(ConnectionEvent moved)
        {
            lock (_lock)
            {
                _moves.Add(moved);
            }
        }
    }
}
