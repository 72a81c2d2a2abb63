using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Core.Pipeline;
using Workbench.Core.Risk.Kill;
using Workbench.Core.Tests.Fakes;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Risk;

public sealed class KillSwitchTests
{
    private static readonly Symbol Btc = "BTC/USDT";

    [Fact]
    public async Task Killed_engine_denies_new_orders_and_lets_them_go_again_once_cleared()
    {
        await using var rig = await StartAsync();
        rig.Workbench.Kill.Engage(KillLevel.PauseNew, "looks odd").IsDone.ShouldBeTrue();
        var denied = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)));
        denied.Reason.ShouldBe("killed: the kill switch is engaged: pause, by test: looks odd");
        rig.Primary.FakeTrading!.Submitted.ShouldBeEmpty();
        rig.Engine.Kill.Clear("operator").IsDone.ShouldBeTrue();
        await rig.UntilAsync(() => rig.Workbench.Kill.Engaged is null, "the kill switch to be cleared");
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)))).Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public async Task Script_can_neither_close_positions_nor_lower_the_level()
    {
        await using var rig = await StartAsync();
        rig.Workbench.Kill.Engage(KillLevel.Flatten, "x").IsDone.ShouldBeFalse();
        rig.Workbench.Kill.Engaged.ShouldBeNull();
        rig.Workbench.Kill.Engage(KillLevel.CancelAll, "first");
        rig.Workbench.Kill.Engage(KillLevel.PauseNew, "second").IsDone.ShouldBeTrue();
        rig.Workbench.Kill.Engaged!.Level.ShouldBe(KillLevel.CancelAll);
        rig.Workbench.Kill.Engaged.Reason.ShouldBe("first");
        typeof(IKillSwitch).GetMethods().Select(m => m.Name).ShouldBe(["get_Engaged", "Engage"], "nothing there clears it");
    }

    [Fact]
    public async Task R14_Send_gate_is_shut_when_engage_returns_even_for_an_order_that_was_journaled_before()
    {
        await using var rig = await StartAsync();
        rig.Engine.Kill.Engage(KillLevel.PauseNew, "test", "now");
        var lane = rig.Engine.Connection(new ConnectionId("binance"))!.Trading;
        var id = new ClientOrderId("late");
        await lane.SubmitAsync(new NewOrder { ClientOrderId = id, Instrument = Some.Instrument(), Side = Side.Buy, Type = OrderType.Market, Quantity = new Quantity(1) });
        rig.Primary.FakeTrading!.Submitted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Kill_survives_a_restart_by_the_journal_alone()
    {
        IReadOnlyList<ExecutionEvent> history;
        await using (var first = await StartAsync())
        {
            first.Workbench.Kill.Engage(KillLevel.CancelAll, "odd");
            await first.UntilAsync(() => first.Workbench.Kill.Engaged is { IsJournaled: true }, "the journal to hold it");
            history = ((JournalOpening.Ready)OrderJournal.Open(first.Storage)).Events;
        }

        await using var second = await StartAsync(history);
        second.Workbench.Kill.Engaged.ShouldNotBeNull().Level.ShouldBe(KillLevel.CancelAll);
        (await second.DoneAsync(second.Workbench.Orders.Buy(Btc, new Quantity(1)))).Reason!.ShouldStartWith("killed: ");
        second.Primary.FakeTrading!.Submitted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Cancelling_goes_on_until_every_venue_has_said_twice_that_nothing_is_open()
    {
        await using var rig = await StartAsync();
        var open = new List<OrderReport> { Open("foreign-1", null), Open("ours-2", new ClientOrderId("other-host")) };
        var cancels = 0;
        var reads = 0;
        rig.Secondary.FakeTrading!.OnOpenOrders = () =>
        {
            Interlocked.Increment(ref reads);
            return ReadResult<IReadOnlyList<OrderReport>>.Ok([.. open]);
        };
        rig.Secondary.FakeTrading.OnCancelAll = _ =>
        {
            // The first wish is lost on the way.
            if (Interlocked.Increment(ref cancels) > 1)
            {
                open.Clear();
            }

            return null;
        };
        rig.Workbench.Kill.Engage(KillLevel.CancelAll, "odd");
        await rig.UntilAsync(() => rig.Workbench.Kill.Engaged is { Venues: [_, { Open: 2 }] }, "what remains to be shown");
        await rig.UntilAsync(() => rig.Workbench.Kill.Engaged is { IsVerified: true }, "it to be verified");
        cancels.ShouldBe(2);
        reads.ShouldBeGreaterThanOrEqualTo(4, "two with orders and two without");
    }

    [Fact]
    public async Task Venue_that_cannot_be_read_is_never_verified_and_says_why()
    {
        await using var rig = await StartAsync();
        rig.Secondary.FakeTrading!.OnOpenOrders = () => new VenueError(VenueErrorKind.Timeout, "no answer");
        rig.Workbench.Kill.Engage(KillLevel.CancelAll, "odd");
        await rig.UntilAsync(() => rig.Workbench.Kill.Engaged is { Venues: [{ Open: 0 }, { Problem: not null }] }, "both venues to be asked");
        rig.Workbench.Kill.Engaged!.IsVerified.ShouldBeFalse("a failed read is not an empty one");
        rig.Workbench.Kill.Engaged.Venues[1].Problem.ShouldBe("its open orders cannot be read: no answer");
        rig.Secondary.FakeTrading.OnOpenOrders = () => ReadResult<IReadOnlyList<OrderReport>>.Ok([]);
        await rig.UntilAsync(() => rig.Workbench.Kill.Engaged is { IsVerified: true }, "it to be verified");
    }

    [Fact]
    public async Task Flatten_closes_each_position_where_it_is_held_and_says_what_it_cannot_close()
    {
        await using var rig = await StartAsync();
        await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(2)));
        await rig.DoneAsync(rig.Workbench.Orders.Submit(OrderRequest.Market(Btc, Side.Buy, new Quantity(1)) with { Connection = new ConnectionId("bybit") }));
        await rig.DoneAsync(rig.Workbench.Orders.Submit(OrderRequest.Market(Btc, Side.Sell, new Quantity(0.99m)) with { Connection = new ConnectionId("bybit") }));
        rig.Secondary.OnInstruments = () => [Some.Instrument() with { MinNotional = 50 }];
        await rig.UntilAsync(() => rig.Engine.Boards.Instruments(new ConnectionId("bybit")).TryGet(Btc, out var i) && i.MinNotional == 50, "the venue's new rule");
        rig.Engine.Kill.Engage(KillLevel.Flatten, "operator", "enough").IsDone.ShouldBeTrue();
        await rig.UntilAsync(() => rig.Workbench.Portfolio.Positions.Single(p => p.Connection == new ConnectionId("binance")).Net.IsFlat, "the position to be closed");
        await rig.UntilAsync(() => rig.Workbench.Kill.Engaged is { Flattened: [var a, var b] } && a.EndsWith("closed", StringComparison.Ordinal) && b.Contains("cannot be closed", StringComparison.Ordinal), "the report");
        rig.Workbench.Kill.Engaged!.Flattened[1].ShouldBe("BTC/USDT at bybit: 0.01 cannot be closed: value 0.99 is below the minimum of 50");
        rig.Primary.FakeTrading!.Submitted[^1].ShouldSatisfyAllConditions(o => o.Side.ShouldBe(Side.Sell), o => o.Quantity.ShouldBe(new Quantity(2)), o => o.Type.ShouldBe(OrderType.Market));
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)))).Reason!.ShouldStartWith("killed: ", Case.Sensitive, "others stay shut out while positions are closed");
    }

    [Fact]
    public async Task Flatten_after_a_restart_keeps_the_level_and_closes_nothing_by_itself()
    {
        IReadOnlyList<ExecutionEvent> history =
        [
            new EpochStarted(Some.Now, 1), new KillEngaged(Some.Now, KillLevel.Flatten, "operator", "enough"),
            new FillReported(Some.Now, new ConnectionId("binance"), Foreign()),
        ];
        await using var rig = await StartAsync(history);
        await rig.UntilAsync(() => rig.Workbench.Kill.Engaged is { IsVerified: true }, "it to be verified");
        rig.Workbench.Kill.Engaged!.Level.ShouldBe(KillLevel.Flatten);
        rig.Primary.FakeTrading!.Submitted.ShouldBeEmpty();
    }

    [Fact]
    public async Task R14_Kill_works_while_the_pipeline_is_stuck()
    {
        using var release = new ManualResetEventSlim();
        await using var rig = await StartAsync(observer: new Blocking(release));
        var record = 0;
        rig.Secondary.FakeTrading!.OnOpenOrders = () => ReadResult<IReadOnlyList<OrderReport>>.Ok([Open("x", null)]);
        rig.Secondary.FakeTrading.OnCancelAll = _ =>
        {
            Interlocked.Increment(ref record);
            return null;
        };
        rig.Engine.Inbox.Post(new AnomalyFound("the observer blocks on this"));
        try
        {
            rig.Workbench.Kill.Engage(KillLevel.CancelAll, "stuck").IsDone.ShouldBeTrue();
            SpinWait.SpinUntil(() => Volatile.Read(ref record) > 0, TimeSpan.FromSeconds(30)).ShouldBeTrue("the cancel does not go through the pipeline");
            rig.Workbench.Kill.Engaged!.IsJournaled.ShouldBeFalse("and it says that the journal has not got it");
        }
        finally
        {
            release.Set();
        }

        await rig.UntilAsync(() => rig.Workbench.Kill.Engaged is { IsJournaled: true }, "the journal to hold it");
    }

    [Fact]
    public async Task R14_Kill_works_while_every_thread_of_the_pool_is_stuck()
    {
        await using var rig = await StartAsync();
        var release = new ManualResetEventSlim(); // Not disposed: what is queued may begin after this test has ended.
        var cancels = 0;
        rig.Secondary.FakeTrading!.OnOpenOrders = () => ReadResult<IReadOnlyList<OrderReport>>.Ok([Open("x", null)]);
        rig.Secondary.FakeTrading.BeforeCancelAll = static () => Task.Run(static () => Thread.Yield()); // As a socket does: it goes on when the pool has a thread for it.
        rig.Secondary.FakeTrading.OnCancelAll = _ =>
        {
            Interlocked.Increment(ref cancels);
            return null;
        };
        for (var i = 0; i < 200; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => release.Wait(), null);
        }

        try
        {
            rig.Workbench.Kill.Engage(KillLevel.CancelAll, "starved").IsDone.ShouldBeTrue();
            SpinWait.SpinUntil(() => Volatile.Read(ref cancels) > 0, TimeSpan.FromSeconds(30)).ShouldBeTrue("the pool is given threads for all that waits");
        }
        finally
        {
            release.Set();
        }
    }

    [Fact]
    public async Task R14_Kill_works_with_a_full_disk()
    {
        await using var rig = await StartAsync(record: new FullDisk());
        var result = rig.Workbench.Kill.Engage(KillLevel.PauseNew, "full");
        result.IsDone.ShouldBeTrue();
        result.Message.ShouldContain("its file could not be written: no space left");
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)))).Reason!.ShouldStartWith("killed: ");
        rig.Engine.Kill.Clear("operator").IsDone.ShouldBeFalse("as long as a record of it cannot be removed it holds");
        rig.Workbench.Kill.Engaged.ShouldNotBeNull();
    }

    [Fact]
    public void Core_sends_nothing_that_is_prepared_after_the_kill()
    {
        var core = new ExecutionCore();
        var id = new ClientOrderId("a");
        core.Apply(new IntentCreated(Some.Now, id, OrderRequest.Market(Btc, Side.Buy, new Quantity(1)), "script x"));
        core.Apply(new KillEngaged(Some.Now, KillLevel.PauseNew, "console", "odd")).Effects.ShouldBe([new KillJournaled(core.Controls.Kill)]);
        var order = new NewOrder { ClientOrderId = id, Instrument = Some.Instrument(), Side = Side.Buy, Type = OrderType.Market, Quantity = new Quantity(1) };
        core.Apply(new AttemptPrepared(Some.Now, id, new ConnectionId("binance"), false, false, order)).Effects.ShouldBeEmpty();
        core.Find(id)!.Reason!.ShouldContain("killed");
        core.Apply(new KillCleared(Some.Now, "console"));
        core.Controls.Kill.ShouldBeNull();
    }

    private static async Task<EngineRig> StartAsync(IReadOnlyList<ExecutionEvent>? history = null, IKillRecord? record = null, IEngineObserver? observer = null)
    {
        var rig = new EngineRig(history: history, killRecord: record, observer: observer, configure: c => c with { InstrumentsInterval = TimeSpan.FromSeconds(1) });
        await rig.StartAsync();
        foreach (var venue in new[] { rig.Primary, rig.Secondary })
        {
            venue.Quote(99, 101);
        }

        rig.Engine.Watch(Btc, MarketChannel.Quotes);
        await rig.UntilAsync(() => rig.Engine.Markets.All.Count() == 2, "a quote of each venue");
        return rig;
    }

    private static OrderReport Open(string venueId, ClientOrderId? id) => new()
    {
        Symbol = Btc, VenueOrderId = new VenueOrderId(venueId), ClientOrderId = id, Status = OrderStatus.New, VenueTime = Some.Now, Side = Side.Buy, Quantity = new Quantity(1),
    };

    private static FillReport Foreign() => new()
    {
        Symbol = Btc, TradeId = new TradeId("t"), VenueOrderId = new VenueOrderId("f"), Side = Side.Buy, Price = new Price(100), Quantity = new Quantity(1), VenueTime = Some.Now,
    };

    private sealed class FullDisk : IKillRecord
    {
        public string? Write(KillStatus status) => "no space left";

        public string? Erase() => "no space left";
    }

    /// <summary>Blocks the pipeline with the first anomaly.</summary>
    private sealed class Blocking(ManualResetEventSlim release) : IEngineObserver
    {
        public void OnOrder(Order order)
        {
        }

        public void OnFill(Fill fill)
        {
        }

        public void OnError(string text) => release.Wait();
    }
}
