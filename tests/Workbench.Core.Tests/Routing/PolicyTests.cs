using Workbench.Core.Routing;
using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Routing;

/// <summary>The policies under a whole engine. Alone: its clock waits until the thread pool is quiet.</summary>
[Collection(nameof(EngineTests))]
public sealed class PolicyTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly ConnectionId Binance = new("binance");
    private static readonly ConnectionId Bybit = new("bybit");

    [Fact]
    public async Task Balanced_orders_are_spread_and_resting_ones_count()
    {
        await using var rig = new EngineRig(half: Half(RoutePolicy.LoadBalanced));
        await rig.StartAsync();
        await rig.UntilAsync(() => rig.Workbench.Connections.All.All(c => c.TradingUp), "both connections");
        for (var i = 0; i < 6; i++)
        {
            (await rig.DoneAsync(Buy(rig))).IsBackup.ShouldBeFalse();
        }

        (Sent(rig.Primary), Sent(rig.Secondary)).ShouldBe((3, 3));
        rig.Primary.FakeTrading!.OnSubmit = static o => new OrderOutcome.Unknown(new VenueError(VenueErrorKind.Timeout, "no answer"));
        rig.Primary.FakeTrading.OnQuery = static _ => new VenueError(VenueErrorKind.Network, "no answer either");
        List<IOrderHandle> handles = [];
        for (var i = 0; i < 6; i++)
        {
            var handle = Buy(rig);
            handles.Add(handle);
            await rig.UntilAsync(() => handle.Answered.IsCompleted, "the answer");
        }

        (Sent(rig.Primary), Sent(rig.Secondary)).ShouldBe((4, 8), "one order of unknown fate is one open order: the others go where none is");
        handles.Count(h => h.State.Connection == Binance).ShouldBe(1);
    }

    [Fact]
    public async Task Balanced_route_goes_on_with_the_connection_that_is_left()
    {
        await using var rig = new EngineRig(half: Half(RoutePolicy.LoadBalanced));
        await rig.StartAsync();
        await rig.UntilAsync(() => rig.Workbench.Connections.All.All(c => c.TradingUp), "both connections");
        rig.Primary.StreamError = new VenueError(VenueErrorKind.Network, "connection refused");
        rig.Primary.Hang();
        await rig.UntilAsync(() => rig.Workbench.Connections.All[0] is { TradingUp: false }, "the loss");
        for (var i = 0; i < 4; i++)
        {
            (await rig.DoneAsync(Buy(rig))).Connection.ShouldBe(Bybit);
        }

        (rig.Workbench.Connections.Route(Btc).Data, Sent(rig.Primary)).ShouldBe((Bybit, 0));
    }

    [Fact]
    public async Task Health_based_route_leaves_a_connection_at_once_when_it_cannot_be_used_and_calls_none_a_backup()
    {
        await using var rig = new EngineRig(half: Half(RoutePolicy.HealthBased));
        await rig.StartAsync();
        await rig.UntilAsync(() => rig.Workbench.Connections.All.All(c => c.TradingUp), "both connections");
        var first = rig.Workbench.Connections.Route(Btc).Trading!.Value;
        await rig.Workbench.Connections.IsolateAsync(first, "a test");
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).Trading is { } now && now != first, "the move");
        var order = await rig.DoneAsync(Buy(rig));
        (order.Connection == first, order.IsBackup, rig.Workbench.Connections.Route(Btc).TradingPrimary).ShouldBe((false, false, null));
    }

    private static RouteHalfSettings Half(RoutePolicy policy) => new() { Policy = policy, Members = [new(Binance), new(Bybit)], FailbackAfter = TimeSpan.FromSeconds(3) };

    private static IOrderHandle Buy(EngineRig rig) => rig.Workbench.Orders.Buy(Btc, new Quantity(0.1m));

    private static int Sent(FakeConnector venue) => venue.FakeTrading!.Submitted.Count;
}
