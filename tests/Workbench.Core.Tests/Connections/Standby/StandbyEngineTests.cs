using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Connections.Standby;

/// <summary>The whole engine on virtual time. Alone: its clock waits until the thread pool is quiet.</summary>
[Collection(nameof(EngineTests))]
public sealed class StandbyEngineTests
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly ConnectionId Bybit = new("bybit");
    private static readonly Symbol Btc = "BTC/USDT";

    /// <summary>The rig moves its clock in steps of 50 ms.</summary>
    private static readonly TimeSpan Steps = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task E39_Standby_is_checked_when_it_comes_up_and_then_every_minute_and_a_failure_again_after_three_seconds()
    {
        await using var rig = await StartedAsync();
        List<Timestamp> checks = [];
        var answer = (ReadResult<KeyRights>)new KeyRights { CanTrade = true };
        await rig.UntilAsync(() => Readiness(rig, Bybit) is { IsReady: true }, "the first check");
        rig.Secondary.FakeTrading!.OnKeyRights = () =>
        {
            checks.Add(rig.Now());
            return answer;
        };
        await rig.UntilAsync(() => checks.Count == 2, "two more checks");
        (checks[1] - checks[0]).ShouldBeInRange(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60) + Steps);

        answer = new VenueError(VenueErrorKind.Authentication, "revoked");
        await rig.UntilAsync(() => checks.Count == 4, "the failure and its repeat");
        (checks[3] - checks[2]).ShouldBeInRange(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3) + Steps);
        Readiness(rig, Bybit)!.Reason.ShouldBe("NOT READY: the venue does not take the key (Authentication: revoked)");
    }

    [Fact]
    public async Task E39_Standby_that_goes_down_is_not_ready_at_once_and_says_why()
    {
        await using var rig = await StartedAsync();
        await rig.UntilAsync(() => Readiness(rig, Bybit) is { IsReady: true }, "the first check");
        rig.Secondary.ReadError = new VenueError(VenueErrorKind.Network, "refused");
        await rig.UntilAsync(() => Readiness(rig, Bybit) is { IsReady: false }, "it is not ready");
        Readiness(rig, Bybit)!.Reason.ShouldStartWith("NOT READY: ");
        rig.Secondary.ReadError = null;
        await rig.UntilAsync(() => Readiness(rig, Bybit) is { IsReady: true }, "it is ready again");
    }

    [Fact]
    public async Task E39_Connection_with_real_money_whose_key_may_withdraw_fails_before_its_first_order()
    {
        await using var rig = new EngineRig(configure: c => c with { RefusesWithdrawals = true });
        rig.Primary.FakeTrading!.OnKeyRights = static () => new KeyRights { CanTrade = true, CanWithdraw = true };
        rig.Engine.Start();
        await rig.UntilAsync(() => Status(rig, Binance).State == ConnectionState.Failed, "it has failed");
        Status(rig, Binance).Reason.ShouldContain("may WITHDRAW");
        await rig.UntilAsync(() => rig.Engine.AreRoutesReady, "the standby trades");
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)))).Connection.ShouldBe(Bybit);
        rig.Primary.FakeTrading.Submitted.ShouldBeEmpty();
    }

    [Fact]
    public async Task E39_With_real_money_no_order_goes_before_the_rights_of_the_key_are_known()
    {
        await using var rig = new EngineRig(configure: c => c with { RefusesWithdrawals = true });
        rig.Primary.FakeTrading!.OnKeyRights = static () => new VenueError(VenueErrorKind.InvalidRequest, "no such endpoint");
        rig.Engine.Start();
        await rig.UntilAsync(() => rig.Engine.AreRoutesReady, "the standby trades");
        Status(rig, Binance).ShouldSatisfyAllConditions(s => s.DataUp.ShouldBeTrue(), s => s.TradingUp.ShouldBeFalse(), s => s.Reason.ShouldContain("what its key may do could not be read"));
        rig.Primary.FakeTrading.OnKeyRights = static () => new KeyRights { CanTrade = true, CanWithdraw = false };
        await rig.UntilAsync(() => Status(rig, Binance).TradingUp, "its rights are known");
    }

    [Fact]
    public async Task E30_Refusal_for_a_rule_reads_the_instruments_once_and_orders_wait_for_that()
    {
        await using var rig = await StartedAsync();
        var reads = rig.Primary.InstrumentReads;
        rig.Primary.FakeTrading!.OnSubmit = static _ => new OrderOutcome.Rejected(new VenueError(VenueErrorKind.InstrumentRule, "PRICE_FILTER", "-1013"));
        rig.Primary.OnInstruments = static () => [Some.Instrument() with { TickSize = 1, StepSize = 0.1m }];
        var refused = rig.Workbench.Orders.Submit(Limit());
        await rig.DoneAsync(refused);
        var waiting = await rig.DoneAsync(rig.Workbench.Orders.Submit(Limit()));
        waiting.Reason!.ShouldStartWith("rules_unread: ");
        await rig.UntilAsync(() => rig.Workbench.Connections.InstrumentGates.Count == 0, "the rules were read");
        rig.Primary.InstrumentReads.ShouldBe(reads + 1);
        rig.Primary.FakeTrading.OnSubmit = null;
        var order = await rig.DoneAsync(rig.Workbench.Orders.Submit(Limit()));
        (order.Status, order.Quantity.Value, rig.Primary.FakeTrading.Submitted[^1].LimitPrice!.Value.Value).ShouldBe((OrderStatus.Filled, 1.2m, 99m));
        rig.Primary.FakeTrading.Submitted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task E30_Instruments_that_cannot_be_read_keep_the_market_closed_and_are_tried_again()
    {
        await using var rig = await StartedAsync();
        rig.Primary.FakeTrading!.OnSubmit = static _ => new OrderOutcome.Rejected(new VenueError(VenueErrorKind.InstrumentRule, "LOT_SIZE", "-1013"));
        var failing = true;
        rig.Primary.InstrumentsError = () => failing ? new VenueError(VenueErrorKind.Unavailable, "later") : null;
        await rig.DoneAsync(rig.Workbench.Orders.Submit(Limit()));
        var until = rig.Now() + TimeSpan.FromSeconds(10);
        await rig.UntilAsync(() => rig.Now() > until, "ten seconds");
        rig.Workbench.Connections.InstrumentGates.ShouldHaveSingleItem().Cause.ShouldBe(GateCause.RulesUnread);
        failing = false;
        await rig.UntilAsync(() => rig.Workbench.Connections.InstrumentGates.Count == 0, "the rules were read");
    }

    [Fact]
    public async Task E29_E31_Periodic_reading_finds_changes_and_only_the_operator_accepts_another_meaning()
    {
        await using var rig = await StartedAsync();
        rig.Primary.OnInstruments = static () => [Some.Instrument() with { UnitSize = 1000 }];
        var started = rig.Now();
        await rig.UntilAsync(() => rig.Workbench.Connections.InstrumentGates.Count > 0, "the change is found");
        (rig.Now() - started).ShouldBeInRange(TimeSpan.FromMinutes(9.9), TimeSpan.FromMinutes(10.1));
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)))).Reason.ShouldBe("instrument_changed: BTC/USDT has changed: unit was 1, is 1000 at binance; orders wait until it is accepted");
        rig.Workbench.Connections.AcceptInstrument(Bybit, Btc).ShouldBeFalse();
        rig.Workbench.Connections.AcceptInstrument(Binance, Btc).ShouldBeTrue();
        await rig.UntilAsync(() => rig.Workbench.Connections.InstrumentGates.Count == 0, "it is accepted");
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)))).Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public async Task E31_Cancel_of_an_order_in_a_delisted_market_still_goes()
    {
        await using var rig = await StartedAsync();
        rig.Primary.FakeTrading!.OnSubmit = order => new OrderOutcome.Accepted(new OrderReport { Symbol = Btc, ClientOrderId = order.ClientOrderId, VenueOrderId = new VenueOrderId("7"), Status = OrderStatus.New, VenueTime = rig.Now() }, []);
        var handle = rig.Workbench.Orders.Submit(Limit());
        await rig.UntilAsync(() => handle.State.Status == OrderStatus.New, "the order works");
        rig.Primary.OnInstruments = static () => [Some.Instrument("ETH/USDT")];
        await rig.UntilAsync(() => rig.Workbench.Connections.InstrumentGates.Any(g => g.Cause == GateCause.Delisted), "the market is gone");
        rig.Workbench.Orders.Cancel(handle.Id).ShouldBeTrue();
        await rig.UntilAsync(() => rig.Primary.FakeTrading.Cancelled.Count == 1, "the cancel was sent");
    }

    [Fact]
    public async Task E38_Order_never_moves_to_a_market_that_means_something_else_and_goes_when_the_trader_names_it()
    {
        await using var rig = new EngineRig();
        rig.Secondary.OnInstruments = static () => [Some.Instrument() with { UnitSize = 1000 }, Some.Instrument("ETH/USDT")];
        await rig.StartAsync();
        await rig.UntilAsync(() => Status(rig, Bybit).TradingUp, "the standby is up");
        rig.Primary.ReadError = rig.Primary.StreamError = new VenueError(VenueErrorKind.Network, "refused");
        rig.Primary.Hang();
        await rig.UntilAsync(() => !Status(rig, Binance).TradingUp, "the primary is gone");
        var denied = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)));
        denied.Knowledge.ShouldBe(OrderKnowledge.NotSent);
        rig.Secondary.FakeTrading!.Submitted.ShouldBeEmpty();
        var named = await rig.DoneAsync(rig.Workbench.Orders.Submit(OrderRequest.Market(Btc, Side.Buy, new Quantity(1)) with { Connection = Bybit }));
        named.Connection.ShouldBe(Bybit);
    }

    [Fact]
    public async Task E43_Market_ids_that_fall_back_halt_until_resumed_and_an_unknown_order_is_never_proven_dead_meanwhile()
    {
        await using var rig = await StartedAsync();
        rig.Engine.Watch(Btc, MarketChannel.Quotes);
        rig.Primary.FakeTrading!.OnSubmit = static _ => new OrderOutcome.Unknown(new VenueError(VenueErrorKind.Timeout, "no answer"));
        var unknown = rig.Workbench.Orders.Submit(OrderRequest.Market(Btc, Side.Buy, new Quantity(1)) with { Connection = Binance });
        long id = 1_000_000;
        await FeedAsync(rig, () => id += 10, () => unknown.State.Knowledge == OrderKnowledge.Unknown);
        id = 10;
        await FeedAsync(rig, () => id++, () => Status(rig, Binance).Reason.Contains("HALTED", StringComparison.Ordinal));
        var until = rig.Now() + TimeSpan.FromMinutes(5);
        await FeedAsync(rig, () => id++, () => rig.Now() > until);
        (unknown.State.Knowledge, unknown.State.IsDone).ShouldBe((OrderKnowledge.Unknown, false));
        rig.Workbench.Connections.Resume(Binance).ShouldBeTrue();
        await FeedAsync(rig, () => id++, () => Status(rig, Binance).TradingUp);
        rig.Workbench.Connections.Resume(Binance).ShouldBeFalse();
    }

    [Fact]
    public async Task E43_Forgotten_fill_halts_after_the_second_reading_and_the_history_stays()
    {
        await using var rig = await StartedAsync();
        var bought = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)));
        await rig.UntilAsync(() => Status(rig, Binance).Reason.Contains("HALTED", StringComparison.Ordinal), "it is halted");
        Status(rig, Binance).Reason.ShouldContain($"it does not know order {bought.Id}, of which 1 had filled");
        rig.Primary.FakeTrading!.LookedUp.Count.ShouldBe(2, "one finding is a doubt");
        rig.Workbench.Orders.All.Single(o => o.Id == bought.Id).ShouldBe(bought);
        rig.Workbench.Portfolio.Position(Btc).Net.Value.ShouldBe(1);
        rig.Workbench.Connections.Resume(Binance).ShouldBeTrue();
        await rig.UntilAsync(() => Status(rig, Binance).TradingUp, "it takes orders again");
        var later = rig.Now() + TimeSpan.FromMinutes(3);
        await rig.UntilAsync(() => rig.Now() > later, "some checks later");
        Status(rig, Binance).TradingUp.ShouldBeTrue("what the operator took is no contradiction any more");
    }

    private static async Task FeedAsync(EngineRig rig, Func<long> nextId, Func<bool> holds)
    {
        while (!holds())
        {
            rig.Primary.Quote(100, 101, sequence: nextId());
            var next = rig.Now() + TimeSpan.FromMilliseconds(500);
            await rig.UntilAsync(() => rig.Now() >= next, "half a second");
        }
    }

    private static async Task<EngineRig> StartedAsync()
    {
        var rig = new EngineRig();
        await rig.StartAsync();
        return rig;
    }

    private static OrderRequest Limit() => OrderRequest.Limit(Btc, Side.Buy, new Quantity(1.23456m), new Price(99.99m));

    private static ConnectionStatus Status(EngineRig rig, ConnectionId id) => rig.Workbench.Connections.All.Single(c => c.Id == id);

    private static ConnectionReadiness? Readiness(EngineRig rig, ConnectionId id) => Status(rig, id).Readiness;
}
