using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

/// <summary>What is wrong with the standby is found before it is needed.</summary>
public sealed class StandbyReadinessTests
{
    private const string Watchful = "connections: { all: { readiness_interval: 2s, stale_after: 5s } }";

    private const string Live = """
        environment: live
        connections: { all: { environment: live } }
        """;

    [Theory]
    [InlineData("permission-lost", "the key may not trade")]
    [InlineData("expired-key", "the venue does not take the key")]
    [InlineData("bad-signature", "the venue does not take the key")]
    [InlineData("ip-not-allowed", "the venue does not take the key")]
    public async Task E39_Standby_whose_key_does_not_work_is_not_ready_before_it_is_needed_and_is_never_chosen(string fault, string reason)
    {
        await using var rig = await FaultRig.StartAsync(Watchful);
        await UntilReadinessAsync(rig, r => r.IsReady);
        await rig.InjectAsync(FaultRig.Bybit, fault);
        await UntilReadinessAsync(rig, r => !r.IsReady && r.Reason.Contains(reason, StringComparison.Ordinal));
        await rig.UntilAsync(() => rig.Events.Items.Any(e => e.Kind == ConnectionEventKind.Readiness && e.Message.Contains("SECONDARY NOT READY", StringComparison.Ordinal)), "the route says it");
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Binance);

        await rig.InjectAsync(FaultRig.Binance, "refuse");
        await rig.UntilAsync(() => rig.Route.Trading is null, "the primary is gone and nothing took over");
        (await rig.BuyAsync()).Knowledge.ShouldBe(OrderKnowledge.NotSent);
        rig.Venues[FaultRig.Bybit].OrderRequests.ShouldBe(0);

        await rig.ClearAsync(FaultRig.Bybit);
        await rig.UntilAsync(() => rig.Route.Trading == FaultRig.Bybit, "the standby takes over once it is ready");
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);
    }

    [Fact]
    public async Task E39_Standby_without_balance_is_not_ready()
    {
        await using var rig = await FaultRig.StartAsync($"{Watchful}\nsimulator: {{ venues: {{ bybit: {{ balances: {{ USDT: 1, BTC: 0.00001, ETH: null }} }} }} }}");
        await UntilReadinessAsync(rig, r => !r.IsReady && r.Reason.Contains("no balance: 0.00001 BTC and 1 USDT", StringComparison.Ordinal));
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance).Readiness is { IsReady: true }, "binance is ready");
    }

    [Fact]
    public async Task E39_Key_that_may_withdraw_is_called_out_and_with_real_money_the_connection_fails()
    {
        await using (var rig = await FaultRig.StartAsync(Watchful))
        {
            await rig.InjectAsync(FaultRig.Bybit, "withdrawals-enabled");
            await UntilReadinessAsync(rig, r => r.IsReady && r.Reason.Contains("WITHDRAW", StringComparison.Ordinal));
        }

        await using var live = await FaultRig.StartAsync(new RigOptions { WaitUntilReady = false, Yaml = Watchful, HostYaml = Live });
        await live.UntilAsync(() => live.Workbench.Connections.All.All(c => c.TradingUp), "keys that may only trade are taken");
        await live.RestartHostAsync(() => live.InjectAsync(FaultRig.Binance, "withdrawals-enabled"));
        await live.UntilAsync(() => live.Status(FaultRig.Binance).State == ConnectionState.Failed, "the connection has failed");
        live.Status(FaultRig.Binance).Reason.ShouldContain("may WITHDRAW");
        await live.UntilAsync(() => live.Route.Trading == FaultRig.Bybit, "the other connection trades");
    }

    [Fact]
    public async Task E39_Right_to_withdraw_given_while_real_money_trades_halts_the_connection_until_it_is_taken_away()
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { Yaml = Watchful, HostYaml = Live });
        await rig.InjectAsync(FaultRig.Binance, "withdrawals-enabled");
        await rig.UntilAsync(() => !rig.Status(FaultRig.Binance).TradingUp, "it takes no orders");
        rig.Status(FaultRig.Binance).Reason.ShouldContain("HALTED");
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);
        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance).TradingUp, "it takes orders again");
    }

    [Fact]
    public async Task E38_Market_that_the_standby_quotes_in_another_currency_is_not_ready_and_its_orders_do_not_go_there()
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { Yaml = "connections: { all: { readiness_interval: 3s, instruments_interval: 2s, stale_after: 5s } }", Symbols = ["BTC/USDT", "ETH/USDT"] });
        await rig.InjectAsync(FaultRig.Bybit, "filters-changed", new FaultSettings { Symbol = "ETH/USDT", Options = new Dictionary<string, string> { ["step"] = "0.001" } });
        await rig.InjectAsync(FaultRig.Bybit, "unit-changed");
        await UntilReadinessAsync(rig, r => r.IsReady && r.Reason.Contains("not for BTC/USDT", StringComparison.Ordinal) && r.Reason.Contains("USD", StringComparison.Ordinal));

        await rig.InjectAsync(FaultRig.Binance, "refuse");
        await rig.UntilAsync(() => rig.Route.Trading == FaultRig.Bybit, "trading is at the standby");
        (await rig.BuyAsync()).Knowledge.ShouldBe(OrderKnowledge.NotSent);
        var eth = rig.Workbench.Orders.Buy("ETH/USDT", new Quantity(0.0123456m));
        var done = await rig.WithinAsync(eth.Done, "the order of ETH is done");
        (done.Connection, done.Status).ShouldBe((FaultRig.Bybit, OrderStatus.Filled));
        done.Quantity.Value.ShouldBe(0.012m, "rounded down to the standby's own step");
    }

    private static Task UntilReadinessAsync(FaultRig rig, Func<ConnectionReadiness, bool> holds) => rig.UntilAsync(
        () => rig.Status(FaultRig.Bybit).Readiness is { } readiness && holds(readiness), $"bybit's readiness is so; it is '{rig.Status(FaultRig.Bybit).Readiness?.Reason}'");
}
