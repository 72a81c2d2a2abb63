using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Routing;

/// <summary>What an operator does by hand, through the surface that scripts have. Alone: its clock waits until the thread pool is quiet.</summary>
[Collection(nameof(EngineTests))]
public sealed class OperatorTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly ConnectionId Binance = new("binance");
    private static readonly ConnectionId Bybit = new("bybit");

    [Fact]
    public async Task Route_is_failed_over_by_hand_holds_and_is_failed_back_at_once()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var over = await DoneAsync(rig, rig.Workbench.Connections.FailOverAsync(Btc, Bybit));
        over.ShouldBe(new OperatorResult(true, "market data: done; trading: done"));
        var hour = rig.Now() + TimeSpan.FromSeconds(30);
        await rig.UntilAsync(() => rig.Now() > hour, "half a minute");
        var route = rig.Workbench.Connections.Route(Btc);
        (route.Data, route.Trading, route.DataHalf!.IsForced, route.TradingHalf!.Why).ShouldBe((Bybit, Bybit, true, "the operator chose it"));
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(0.1m)));
        (order.Connection, order.IsBackup).ShouldBe((Bybit, true));

        (await DoneAsync(rig, rig.Workbench.Connections.FailBackAsync("default"))).IsDone.ShouldBeTrue();
        (rig.Workbench.Connections.Route(Btc).Data, rig.Workbench.Connections.Route(Btc).Trading).ShouldBe((Binance, Binance));
        var told = rig.Engine.Snapshot().Events.Where(e => e.Kind != ConnectionEventKind.StateChanged).Select(e => e.Message).ToArray();
        told.ShouldBe([
            "BTC/USDT: fail over (test): market data: done; trading: done",
            "default: market data on bybit: the operator chose it",
            "default: trading on bybit: the operator chose it",
            "default: fail back (test): market data: done; trading: done",
            "default: market data back on binance",
            "default: trading back on binance"]);
    }

    [Fact]
    public async Task Half_is_moved_alone_and_what_cannot_be_done_is_said()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        (await DoneAsync(rig, rig.Workbench.Connections.FailOverAsync(Btc, half: RouteHalf.Trading))).ShouldBe(new OperatorResult(true, "trading: done"));
        (rig.Workbench.Connections.Route(Btc).Data, rig.Workbench.Connections.Route(Btc).Trading).ShouldBe((Binance, Bybit));
        (await DoneAsync(rig, rig.Workbench.Connections.FailOverAsync("nowhere"))).ShouldBe(new OperatorResult(false, "there is no route nowhere"));
        (await DoneAsync(rig, rig.Workbench.Connections.FailOverAsync(Btc, new ConnectionId("kraken")))).IsDone.ShouldBeFalse();
        (await DoneAsync(rig, rig.Workbench.Connections.DrainAsync(new ConnectionId("kraken")))).ShouldBe(new OperatorResult(false, "there is no connection kraken"));
    }

    [Fact]
    public async Task Connection_is_probed_by_hand_and_the_answer_is_an_event()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        (await DoneAsync(rig, rig.Workbench.Connections.ProbeAsync(Binance))).ShouldBe(new OperatorResult(true, "binance answered in 0 ms"));
        rig.Primary.ReadError = new VenueError(VenueErrorKind.Network, "connection refused");
        (await DoneAsync(rig, rig.Workbench.Connections.ProbeAsync(Binance))).ShouldBe(new OperatorResult(false, "binance did not answer: connection refused"));
        await rig.UntilAsync(() => rig.Engine.Snapshot().Events.Any(e => e.Message == "binance did not answer: connection refused (test)"), "the event");
    }

    [Fact]
    public async Task Connection_is_isolated_until_its_breaker_is_closed_by_hand()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await rig.Workbench.Connections.IsolateAsync(Binance, "maintenance tonight");
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).Trading == Bybit, "the failover");
        var minutes = rig.Now() + TimeSpan.FromMinutes(2);
        await rig.UntilAsync(() => rig.Now() > minutes, "two minutes");
        rig.Workbench.Connections.Route(Btc).Trading.ShouldBe(Bybit);
        await rig.Workbench.Connections.CloseBreakerAsync(Binance);
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).Trading == Binance, "the failback");
    }

    private static async Task<OperatorResult> DoneAsync(EngineRig rig, Task<OperatorResult> action)
    {
        await rig.UntilAsync(() => action.IsCompleted, "the operator's action");
        return await action;
    }
}
