using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.Exchange;

/// <summary>A part of a venue is down while the rest works. One boolean could not say so.</summary>
public sealed class PartialOutageTests
{
    private const string Patient = "connections: { all: { stale_after: 2s } }";

    [Fact]
    public async Task E34_Streams_up_and_rest_down_means_data_yes_and_orders_no()
    {
        await using var rig = await FaultRig.StartAsync(Patient);

        await rig.InjectAsync(FaultRig.Binance, "rest-down");
        await rig.UntilAsync(() => rig.Route.Trading == FaultRig.Bybit, "trading is at bybit");

        // The readiness checks may have moved the route before the probes have failed for good.
        await rig.UntilAsync(
            () => rig.Status(FaultRig.Binance) is var s && s.Reason.StartsWith("no trading: no answer since ", StringComparison.Ordinal)
                && States(s) == (CapabilityState.Down, CapabilityState.Up, CapabilityState.Down, CapabilityState.Up),
            "the reason and each capability tell it");
        var status = rig.Status(FaultRig.Binance);
        (rig.Route.Data, status.DataUp, status.TradingUp, status.State).ShouldBe((FaultRig.Binance, true, false, ConnectionState.Degraded));
        var seen = rig.Quotes.Count;
        await rig.UntilAsync(() => rig.Quotes.Since(seen).Count > 3, "quotes go on");
        rig.Quotes.Since(seen).ShouldAllBe(q => q.Stamp.Connection == FaultRig.Binance);
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);

        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E35_Market_up_and_trading_down_is_told_by_capability_and_only_orders_move()
    {
        await using var rig = await FaultRig.StartAsync(Patient);

        await rig.InjectAsync(FaultRig.Binance, "trading-down");
        await rig.UntilAsync(() => rig.Route.Trading == FaultRig.Bybit, "trading is at bybit");
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance).Reason.StartsWith("no trading: user stream down since ", StringComparison.Ordinal), "the reason names the user stream");
        var status = rig.Status(FaultRig.Binance);
        (rig.Route.Data, status.DataUp, status.TradingUp, status.TradingScore).ShouldBe((FaultRig.Binance, true, false, 0));
        await rig.UntilAsync(
            () => States(rig.Status(FaultRig.Binance)) is (CapabilityState.Up, CapabilityState.Up, _, CapabilityState.Down),
            "market data is up and the user stream is down");
        (await rig.BuyAsync()).Connection.ShouldBe(FaultRig.Bybit);

        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E35_Market_down_and_trading_up_is_told_by_capability()
    {
        await using var rig = await FaultRig.StartAsync();

        await rig.InjectAsync(FaultRig.Binance, "market-down");
        await rig.UntilRoutedToAsync(FaultRig.Bybit);
        var status = rig.Status(FaultRig.Binance);
        status.Reason.ShouldStartWith("market stream down since ");
        var (_, stream, _, user) = States(status);
        (stream, user).ShouldBe((CapabilityState.Down, CapabilityState.Up));

        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }

    [Fact]
    public async Task E35_Market_that_takes_cancels_only_gets_no_new_orders_while_cancels_and_other_markets_work()
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { OneVenue = true, Yaml = "connections: { binance: { stale_after: 5s } }", Symbols = ["BTC/USDT", "ETH/USDT"] });
        var resting = rig.Workbench.Orders.Buy(FaultRig.Btc, new Quantity(0.001m), new Price(Math.Round(rig.Workbench.Market.LatestQuote(FaultRig.Btc)!.Bid!.Value.Value * 0.9m)));
        await rig.UntilAsync(() => resting.State is { Knowledge: OrderKnowledge.Known, Status: OrderStatus.New }, "the limit order rests");

        await rig.InjectAsync(FaultRig.Binance, "symbol-cancel-only", new FaultSettings { Symbol = FaultRig.Btc });
        (await rig.BuyAsync()).Status.ShouldNotBe(OrderStatus.Filled);
        resting.Cancel().ShouldBeTrue();
        (await rig.WithinAsync(resting.Done, "the order is cancelled")).Status.ShouldBe(OrderStatus.Cancelled);
        var eth = rig.Workbench.Orders.Buy("ETH/USDT", new Quantity(0.1m));
        (await rig.WithinAsync(eth.Done, "the other market's order is done")).ShouldSatisfyAllConditions(o => o.Reason.ShouldBeNull(), o => o.Status.ShouldBe(OrderStatus.Filled));
        rig.Status(FaultRig.Binance).TradingUp.ShouldBeTrue();

        await rig.ClearAsync(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }

    private static (CapabilityState Reads, CapabilityState Stream, CapabilityState Trading, CapabilityState User) States(ConnectionStatus status)
    {
        var by = status.Capabilities.ToDictionary(c => c.Capability, c => c.State);
        return (by[ConnectionCapability.MarketDataReads], by[ConnectionCapability.MarketDataStream], by[ConnectionCapability.Trading], by[ConnectionCapability.UserStream]);
    }
}
