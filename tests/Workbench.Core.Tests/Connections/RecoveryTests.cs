using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Connections;

/// <summary>How a connection comes back, on the whole engine. Alone: its clock waits until the thread pool is quiet.</summary>
[Collection(nameof(EngineTests))]
public sealed class RecoveryTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly ConnectionId Binance = new("binance");

    [Fact]
    public async Task N01_refused_connection_is_tried_at_0_1_3_7_15_31_seconds_then_every_60_and_never_given_up()
    {
        await using var rig = new EngineRig();
        rig.Primary.ReadError = new VenueError(VenueErrorKind.Network, "connection refused by 127.0.0.1:9001", "refused");
        rig.Engine.Start();
        await rig.UntilAsync(() => rig.Primary.Connects.Count >= 10, "ten attempts");

        var waits = rig.Primary.Connects.Zip(rig.Primary.Connects.Skip(1), (a, b) => (b - a).TotalMilliseconds);
        waits.Take(9).ShouldBe([1_000, 2_000, 4_000, 8_000, 16_000, 60_000, 60_000, 60_000, 60_000]);
        var status = Status(rig);
        (status.State, status.Reason).ShouldBe((ConnectionState.Down, "connection refused by 127.0.0.1:9001; next attempt in 60 s"));

        rig.Primary.ReadError = null;
        await rig.UntilAsync(() => Status(rig).DataUp, "the connection to come up");
        rig.Primary.Connects.Count.ShouldBe(11);
    }

    [Fact]
    public async Task N26_trading_breaker_that_opened_is_closed_by_a_signed_read_and_by_nobodys_order()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var trading = rig.Primary.FakeTrading!;
        trading.OnSubmit = _ => new OrderOutcome.NotSent(new VenueError(VenueErrorKind.Network, "refused", "refused"));
        for (var i = 0; i < 5; i++)
        {
            await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(0.1m)));
        }

        var breaker = rig.Engine.Connection(Binance)!.Breaker;
        (breaker.Status.State, breaker.Status.Trips).ShouldBe((BreakerState.Open, 1));
        await rig.UntilAsync(() => !Status(rig).TradingUp, "the connection to show it");
        var opened = breaker.Status.Since;
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(0.1m)))).Connection.ShouldBe(new ConnectionId("bybit"));

        await rig.UntilAsync(() => Status(rig).TradingUp, "the breaker to close");
        (rig.Now() - opened).TotalSeconds.ShouldBeInRange(30, 30.2);
        trading.Submitted.Count.ShouldBe(5);
        breaker.Status.Reason.ShouldBe("the probe succeeded");
    }

    [Fact]
    public async Task Connection_isolated_by_an_operator_gets_no_orders_until_it_is_closed_by_hand()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var breaker = rig.Engine.Connection(Binance)!.Breaker;
        breaker.Isolate("maintenance");
        await rig.UntilAsync(() => !Status(rig).TradingUp, "the connection to show it");
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(0.1m)))).Connection.ShouldBe(new ConnectionId("bybit"));
        var until = rig.Now() + TimeSpan.FromMinutes(10);
        await rig.UntilAsync(() => rig.Now() >= until, "ten minutes");
        (breaker.Status.State, rig.Primary.FakeTrading!.Submitted.Count).ShouldBe((BreakerState.Isolated, 0));
        breaker.Close("over");
        await rig.UntilAsync(() => Status(rig).TradingUp, "the connection to be back");
    }

    private static ConnectionStatus Status(EngineRig rig) => rig.Engine.Snapshot().Connections.Single(c => c.Id == Binance);
}
