using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

/// <summary>Markets whose rules, meaning or state change while they trade.</summary>
public sealed class InstrumentChangeTests
{
    private static readonly Symbol Eth = "ETH/USDT";

    /// <summary>Instruments are read again every second, and an idle machine's hiccup moves no route.</summary>
    private const string Watchful = "connections: { all: { instruments_interval: 1s, stale_after: 5s } }";

    private static readonly FaultSettings OnBtc = new() { Symbol = FaultRig.Btc };

    [Theory]
    [InlineData("binance", "quote")]
    [InlineData("bybit", "quote")]
    [InlineData("bybit", "base")]
    [InlineData("binance", "base")]
    public async Task E29_Market_that_means_something_else_takes_no_orders_and_the_others_go_on(string venue, string what)
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { Yaml = Watchful, Symbols = ["BTC/USDT", "ETH/USDT"] });
        var connection = new ConnectionId(venue);
        (await BuyAsync(rig, connection, FaultRig.Btc)).Status.ShouldBe(OrderStatus.Filled);

        await rig.InjectAsync(connection, "unit-changed", Changed(what));
        await rig.UntilAsync(() => Gate(rig, connection, FaultRig.Btc) is { Cause: GateCause.MeaningChanged }, "the gate of BTC/USDT has closed");

        var denied = await BuyAsync(rig, connection, FaultRig.Btc);
        denied.Knowledge.ShouldBe(OrderKnowledge.NotSent);
        denied.Reason!.ShouldStartWith("instrument_changed: ");
        denied.Reason!.ShouldContain(what == "quote" ? "quote currency was USDT, is USD" : "base asset was BTC, is OTHER");
        (await BuyAsync(rig, connection, Eth)).Status.ShouldBe(OrderStatus.Filled);
        rig.Workbench.Portfolio.Position(FaultRig.Btc).Net.Value.ShouldBe(0.001m);
        rig.Venues[connection].OrderRequests.ShouldBe(2);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E29_Unit_that_became_a_thousand_closes_the_market_until_the_operator_accepts_it()
    {
        await using var rig = await FaultRig.StartAsync(Watchful);
        rig.Workbench.Connections.AcceptInstrument(FaultRig.Bybit, FaultRig.Btc).ShouldBeFalse();
        await rig.InjectAsync(FaultRig.Bybit, "unit-changed", Changed("unit"));
        await rig.UntilAsync(() => Gate(rig, FaultRig.Bybit, FaultRig.Btc) is { Cause: GateCause.MeaningChanged }, "the gate of BTC/USDT has closed");
        (await BuyAsync(rig, FaultRig.Bybit, FaultRig.Btc)).Reason!.ShouldContain("unit was 1, is 1000");

        rig.Workbench.Connections.AcceptInstrument(FaultRig.Bybit, FaultRig.Btc).ShouldBeTrue();
        await rig.UntilAsync(() => Gate(rig, FaultRig.Bybit, FaultRig.Btc) is null, "the gate is open");
        (await BuyAsync(rig, FaultRig.Bybit, FaultRig.Btc)).Status.ShouldBe(OrderStatus.Filled);
        rig.Events.Items.ShouldContain(e => e.Kind == ConnectionEventKind.InstrumentChanged && e.Message.Contains("accepted", StringComparison.Ordinal) && e.Message.Contains("by test", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task E30_Refusal_for_a_new_tick_and_step_reads_the_rules_again_and_later_orders_are_rounded_down_to_them(string venue)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 5s } }");
        var connection = new ConnectionId(venue);
        await rig.InjectAsync(connection, "filters-changed", new FaultSettings { Symbol = FaultRig.Btc, Options = new Dictionary<string, string> { ["tick"] = "10", ["step"] = "0.001" } });

        var refused = await LimitAsync(rig, connection);
        refused.Status.ShouldBe(OrderStatus.Rejected);
        await rig.UntilAsync(() => Rules(rig, connection).TickSize == 10m, "the new rules are known");
        await rig.UntilAsync(() => Gate(rig, connection, FaultRig.Btc) is null, "orders go again");

        for (var i = 0; i < 5; i++)
        {
            var handle = Limit(rig, connection);
            await rig.UntilAsync(() => handle.State.Status == OrderStatus.New, "the order works");
            (handle.State.Quantity.Value, rig.Venues[connection].Orders[^1].Quantity).ShouldBe((0.001m, 0.001m));
        }

        rig.Venues[connection].OrderRequests.ShouldBe(6, "one refusal, and no loop of them");
        rig.Events.Items.ShouldContain(e => e.Kind == ConnectionEventKind.InstrumentChanged && e.Message.Contains(", is 10,", StringComparison.Ordinal) && e.Message.Contains("tick was ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task E30_Burst_of_refused_orders_is_stopped_after_the_first_refusals_and_reads_the_rules_once_at_a_time()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 5s } }");
        await rig.InjectAsync(FaultRig.Binance, "filters-changed", new FaultSettings { Symbol = FaultRig.Btc, Options = new Dictionary<string, string> { ["tick"] = "10", ["step"] = "0.001" } });
        (await LimitAsync(rig, FaultRig.Binance)).Status.ShouldBe(OrderStatus.Rejected);
        var burst = Enumerable.Range(0, 50).Select(_ => Limit(rig, FaultRig.Binance)).ToArray();
        await rig.UntilAsync(() => burst.All(o => o.State.IsDone || o.State.Status == OrderStatus.New), "the burst is settled");

        burst.ShouldAllBe(o => o.State.Status == OrderStatus.New || o.State.Reason!.StartsWith("rules_unread: ", StringComparison.Ordinal));
        rig.Venues[FaultRig.Binance].Orders.Count.ShouldBe(burst.Count(o => o.State.Status == OrderStatus.New));
    }

    [Theory]
    [InlineData("binance", "symbol-halted", "halted")]
    [InlineData("bybit", "symbol-halted", "halted")]
    [InlineData("binance", "symbol-delisted", "delisted")]
    [InlineData("bybit", "symbol-delisted", "delisted")]
    public async Task E31_Halted_or_delisted_market_denies_its_orders_the_others_go_on_and_the_position_stays(string venue, string fault, string code)
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { Yaml = Watchful, Symbols = ["BTC/USDT", "ETH/USDT"] });
        var connection = new ConnectionId(venue);
        (await BuyAsync(rig, connection, FaultRig.Btc)).Status.ShouldBe(OrderStatus.Filled);

        await rig.InjectAsync(connection, fault, OnBtc);
        await rig.UntilAsync(() => Gate(rig, connection, FaultRig.Btc) is not null, "the gate of BTC/USDT has closed");

        var denied = await BuyAsync(rig, connection, FaultRig.Btc);
        denied.Knowledge.ShouldBe(OrderKnowledge.NotSent);
        denied.Reason!.ShouldStartWith($"{code}: ");
        denied.Reason!.ShouldContain(code.ToUpperInvariant());
        (await BuyAsync(rig, connection, Eth)).Status.ShouldBe(OrderStatus.Filled);
        rig.Workbench.Portfolio.Position(FaultRig.Btc).Net.Value.ShouldBe(0.001m);
        rig.Host.Engine.Failure.ShouldBeNull();

        await rig.ClearAsync(connection, fault);
        await rig.UntilAsync(() => Gate(rig, connection, FaultRig.Btc) is null, "the market takes orders again");
        await rig.UntilAsync(() => rig.Workbench.Connections.All.All(c => c.TradingUp), "the connections are up");
        await rig.AssertBooksAgreeAsync();
    }

    private static FaultSettings Changed(string what) => new() { Options = new Dictionary<string, string> { ["what"] = what } };

    private static InstrumentGate? Gate(FaultRig rig, ConnectionId connection, Symbol symbol) =>
        rig.Workbench.Connections.InstrumentGates.SingleOrDefault(g => g.Connection == connection && g.Symbol == symbol);

    private static Instrument Rules(FaultRig rig, ConnectionId connection) => rig.Host.Engine.Boards.Instruments(connection).All.Single(i => i.Symbol == FaultRig.Btc);

    private static Task<Order> BuyAsync(FaultRig rig, ConnectionId connection, Symbol symbol)
    {
        var handle = rig.Workbench.Orders.Submit(OrderRequest.Market(symbol, Side.Buy, new Quantity(symbol == Eth ? 0.01m : 0.001m)) with { Connection = connection });
        return rig.WithinAsync(handle.Done, $"order {handle.Id} of {symbol} at {connection} is done");
    }

    private static Task<Order> LimitAsync(FaultRig rig, ConnectionId connection) => rig.WithinAsync(Limit(rig, connection).Done, "the order is done");

    /// <summary>Far enough from the market to rest, on the old grid and not on the new one.</summary>
    private static IOrderHandle Limit(FaultRig rig, ConnectionId connection) =>
        rig.Workbench.Orders.Submit(OrderRequest.Limit(FaultRig.Btc, Side.Buy, new Quantity(0.0012345m), new Price(60_001.23m)) with { Connection = connection });
}
