using Workbench.Core.Connections;
using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Core.Risk;
using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests;

/// <summary>The whole engine on fake venues. Alone: its clock waits until the thread pool is quiet.</summary>
[Collection(nameof(EngineTests))]
public sealed class EngineTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly Quantity Small = new(0.1m);

    [Fact]
    public async Task Engine_runs_the_stages_that_the_architecture_page_names()
    {
        await using var rig = new EngineRig();
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Workbench.sln")))
        {
            directory = directory.Parent;
        }

        File.ReadAllText(Path.Combine(directory.FullName, "docs", "architecture.md")).ShouldContain($"\n{string.Join(" → ", rig.Engine.StageNames)}\n");
    }

    [Fact]
    public async Task Order_is_in_the_journal_before_it_reaches_the_venue()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        IReadOnlyList<ExecutionEvent> before = [];
        rig.Primary.FakeTrading!.BeforeSubmit = () => before = ((JournalOpening.Ready)OrderJournal.Open(Copy(rig.Storage))).Events;
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small));
        order.Status.ShouldBe(OrderStatus.Filled);
        before.OfType<AttemptPrepared>().ShouldContain(e => e.Id == order.Id, $"the journal held: {string.Join(", ", before)}");
    }

    [Fact]
    public async Task Filled_order_shows_its_fill_and_the_position()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small));
        (order.FilledQuantity, order.Connection, order.IsBackup).ShouldBe((Small, new ConnectionId("binance"), false));
        rig.Workbench.Portfolio.Fills.ShouldHaveSingleItem().OrderId.ShouldBe(order.Id);
        rig.Workbench.Portfolio.Position(Btc).Net.ShouldBe(new NetQuantity(0.1m));
        rig.Workbench.Portfolio.Position(Btc).AveragePrice.ShouldBe(new Price(100));
    }

    [Fact]
    public async Task Quantity_is_rounded_down_to_the_venues_step()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(0.123456789m)));
        order.Quantity.ShouldBe(new Quantity(0.12345m));
    }

    [Fact]
    public async Task Order_against_a_limit_is_denied_with_code_and_numbers_and_never_sent()
    {
        await using var rig = new EngineRig(new RiskLimits { MaxPosition = new Dictionary<Asset, Quantity> { [new Asset("BTC")] = new(0.5m) } });
        await rig.StartAsync();
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(0.62m)));
        order.Knowledge.ShouldBe(OrderKnowledge.NotSent);
        order.Reason!.ShouldContain("max_position");
        order.Reason!.ShouldContain("0.62");
        rig.Primary.FakeTrading!.Submitted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unknown_order_stays_unknown_is_looked_up_and_never_sent_again()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var trading = rig.Primary.FakeTrading!;
        trading.OnSubmit = _ => new OrderOutcome.Unknown(new VenueError(VenueErrorKind.Timeout, "no answer"));
        trading.OnQuery = _ => new VenueError(VenueErrorKind.Network, "no answer either");
        var handle = rig.Workbench.Orders.Buy(Btc, Small);
        await rig.UntilAsync(() => trading.LookedUp.Count > 5, "several look-ups");
        (handle.State.Knowledge, handle.State.IsDone, trading.Submitted.Count).ShouldBe((OrderKnowledge.Unknown, false, 1));
        rig.Secondary.FakeTrading!.Submitted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unknown_order_is_dead_once_its_absence_is_proven()
    {
        await using var rig = new EngineRig(attempts: 1);
        await rig.StartAsync();
        rig.Primary.FakeTrading!.OnSubmit = _ => new OrderOutcome.Unknown(new VenueError(VenueErrorKind.Timeout, "no answer"));
        var asked = rig.Now();
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small));
        (rig.Now() - asked).ShouldBeGreaterThan(TimeSpan.FromSeconds(5 + 10 + 5 + 1));
        order.FilledQuantity.ShouldBe(Quantity.Zero);
        rig.Primary.FakeTrading.Submitted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task E42_Unknown_order_stays_with_its_venue_through_a_failover_and_moves_only_when_its_absence_is_proven()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var (first, second) = (rig.Primary.FakeTrading!, rig.Secondary.FakeTrading!);
        first.OnSubmit = _ => new OrderOutcome.Unknown(new VenueError(VenueErrorKind.Timeout, "no answer"));
        first.OnQuery = _ => new VenueError(VenueErrorKind.Network, "no answer either");
        second.OnQuery = asked => ((OrderOutcome.Accepted)second.Fill(second.Submitted.Single(o => o.ClientOrderId == asked.ClientOrderId))).Report; // It remembers, else it would be halted.
        var handle = rig.Workbench.Orders.Buy(Btc, Small);
        rig.Primary.StreamError = new VenueError(VenueErrorKind.Network, "the venue hung up again");
        rig.Primary.Hang();
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc) is { TradingIsBackup: true }, "the failover");
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small))).Connection.ShouldBe(new ConnectionId("bybit"));
        var asked = rig.Now();
        await rig.UntilAsync(() => rig.Now() - asked > TimeSpan.FromMinutes(2), "two minutes");
        (handle.State.Knowledge, handle.State.Connection, second.Submitted.Count).ShouldBe((OrderKnowledge.Unknown, new ConnectionId("binance"), 1));
        first.OnQuery = _ => ReadResult<OrderReport?>.Ok(null);
        var order = await rig.DoneAsync(handle);
        (order.Connection, order.Attempt, order.IsBackup, order.Status, order.FilledQuantity).ShouldBe((new ConnectionId("bybit"), 2, true, OrderStatus.Filled, Small), order.Reason);
        (first.Submitted.Count, second.Submitted.Count).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Order_that_never_left_goes_to_the_other_connection_of_its_route()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        rig.Primary.FakeTrading!.OnSubmit = _ => new OrderOutcome.NotSent(new VenueError(VenueErrorKind.Network, "connection refused"));
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small));
        (order.Connection, order.Attempt, order.Status).ShouldBe((new ConnectionId("bybit"), 2, OrderStatus.Filled));
        rig.Secondary.FakeTrading!.Submitted.ShouldHaveSingleItem().ClientOrderId.ShouldBe(order.SentAs!.Value);
    }

    [Fact]
    public async Task Order_for_a_named_connection_is_tried_again_only_there()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        rig.Primary.FakeTrading!.OnSubmit = _ => new OrderOutcome.NotSent(new VenueError(VenueErrorKind.Network, "connection refused"));
        var order = await rig.DoneAsync(rig.Workbench.Orders.Submit(OrderRequest.Market(Btc, Side.Buy, Small) with { Connection = new ConnectionId("binance") }));
        (order.Connection, order.Attempt, order.Knowledge).ShouldBe((new ConnectionId("binance"), 2, OrderKnowledge.NotSent));
        rig.Primary.FakeTrading.Submitted.Count.ShouldBe(2);
        rig.Secondary.FakeTrading!.Submitted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refused_order_is_not_tried_again()
    {
        await using var rig = new EngineRig(attempts: 8);
        await rig.StartAsync();
        rig.Primary.FakeTrading!.OnSubmit = _ => new OrderOutcome.Rejected(new VenueError(VenueErrorKind.InvalidRequest, "no"));
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small));
        (order.Attempt, order.Status, rig.Primary.FakeTrading.Submitted.Count, rig.Secondary.FakeTrading!.Submitted.Count).ShouldBe((1, OrderStatus.Rejected, 1, 0));
    }

    [Fact]
    public async Task Failover_moves_new_orders_to_the_backup_and_marks_them()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var moved = rig.Workbench.Connections.Events().GetAsyncEnumerator();
        rig.Primary.StreamError = new VenueError(VenueErrorKind.Network, "the venue hung up again");
        rig.Primary.Hang();
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc) is { TradingIsBackup: true, DataIsBackup: true }, "the failover");
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, Small));
        (order.Connection, order.IsBackup, order.Status).ShouldBe((new ConnectionId("bybit"), true, OrderStatus.Filled));
        rig.Primary.FakeTrading!.Submitted.ShouldBeEmpty();
        do
        {
            (await moved.MoveNextAsync()).ShouldBeTrue();
        }
        while (moved.Current.Kind != ConnectionEventKind.Failover);

        moved.Current.Message.ShouldContain("hung up");
        rig.Primary.StreamError = null;
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc) is { TradingIsBackup: false, Trading: not null, DataIsBackup: false }, "the failback");
    }

    [Fact]
    public async Task Silent_market_data_fails_over_while_the_socket_is_open()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        rig.Engine.Watch(Btc, MarketChannel.Quotes);
        rig.Primary.Quote(99, 101);
        rig.Secondary.Quote(98, 102);
        await rig.UntilAsync(() => rig.Workbench.Market.LatestQuote(Btc) is not null, "a quote");
        var silentSince = rig.Now();
        await rig.UntilAsync(
            () =>
            {
                rig.Secondary.Quote(98, 102);
                return rig.Workbench.Connections.Route(Btc) is { DataIsBackup: true, TradingIsBackup: true };
            },
            "the failover");
        (rig.Now() - silentSince).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(3));
        rig.Workbench.Market.LatestQuote(Btc)!.Stamp.IsBackup.ShouldBeTrue();
        rig.Workbench.Connections.All[0].Reason.ShouldContain("silent since");
    }

    [Fact]
    public async Task Fill_that_comes_after_the_end_of_an_order_shows_in_its_handle()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var trading = rig.Primary.FakeTrading!;
        trading.OnSubmit = order => new OrderOutcome.Accepted(
            new OrderReport { Symbol = Btc, ClientOrderId = order.ClientOrderId, VenueOrderId = new VenueOrderId("v1"), Status = OrderStatus.Cancelled, FilledQuantity = Quantity.Zero, VenueTime = Some.Now }, []);
        var handle = rig.Workbench.Orders.Buy(Btc, Small);
        await rig.DoneAsync(handle);
        trading.Publish(new FillReport
        {
            Symbol = Btc, TradeId = new TradeId("late"), VenueOrderId = new VenueOrderId("v1"), ClientOrderId = handle.Id, Side = Side.Buy, Price = new Price(100), Quantity = new Quantity(0.04m), VenueTime = Some.Now,
        });
        await rig.UntilAsync(() => handle.State.FilledQuantity == new Quantity(0.04m), "the late fill");
        rig.Workbench.Portfolio.Position(Btc).Net.ShouldBe(new NetQuantity(0.04m));
    }

    [Fact]
    public async Task Connector_that_throws_takes_its_own_connection_down_and_no_other()
    {
        await using var rig = new EngineRig();
        rig.Primary.Throws = new InvalidOperationException("a bug");
        rig.Engine.Start();
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc) is { TradingIsBackup: true }, "the backup");
        (rig.Workbench.Connections.All[0].State, rig.Workbench.Connections.All[1].State).ShouldBe((ConnectionState.Failed, ConnectionState.Connected));
        rig.Workbench.Connections.All[0].Reason.ShouldContain("a bug");
    }

    [Fact]
    public async Task Connection_that_cannot_be_opened_is_failed_with_its_reason()
    {
        await using var rig = new EngineRig(open: id => id.Value == "binance" ? new ConnectorOpening.Failed("plugin missing") : null);
        rig.Engine.Start();
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc) is { TradingIsBackup: true }, "the backup");
        (rig.Workbench.Connections.All[0].State, rig.Workbench.Connections.All[0].Reason).ShouldBe((ConnectionState.Failed, "plugin missing"));
    }

    [Fact]
    public async Task Engine_after_a_restart_knows_its_orders_and_positions_and_uses_no_id_twice()
    {
        await using var first = new EngineRig();
        await first.StartAsync();
        var order = await first.DoneAsync(first.Workbench.Orders.Buy(Btc, Small));
        var history = ((JournalOpening.Ready)OrderJournal.Open(Copy(first.Storage))).Events;
        await using var second = new EngineRig(history: history);
        second.Workbench.Orders.All.ShouldContain(o => o.Id == order.Id && o.IsDone);
        second.Workbench.Portfolio.Position(Btc).Net.ShouldBe(new NetQuantity(0.1m));
        await second.StartAsync();
        var again = await second.DoneAsync(second.Workbench.Orders.Buy(Btc, Small));
        again.Id.ShouldNotBe(order.Id);
    }

    private static MemoryJournalStorage Copy(MemoryJournalStorage storage) => new(storage.Segments.Select(s => storage.Read(s).ToArray()));
}

[CollectionDefinition(nameof(EngineTests), DisableParallelization = true)]
public sealed class EngineTestCollection;
