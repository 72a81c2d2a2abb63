using Workbench.Core.Connections;
using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;
using Workbench.Simulator.Faults;

namespace Workbench.Faults.Tests.Network;

public sealed class ReconnectStormTests
{
    private const int Most = 300;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task N24_Fifty_connections_dropped_at_once_reconnect_without_ever_passing_the_venues_connect_limit()
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions
        {
            OneVenue = true,
            Clones = 49,
            Yaml = "connections: { all: { stale_after: 20s, retry: { delays: [100ms, 200ms, 400ms], jitter: 50%, probe_interval: 1s } } }",
        });
        Connection[] connections = [.. Enumerable.Range(1, 49).Select(i => rig.Host.Engine.Connection(new ConnectionId($"binance-{i}"))!)];
        foreach (var connection in connections)
        {
            connection.Subscribe(new MarketSubscription(FaultRig.Btc, MarketChannel.Quotes));
        }

        await rig.UntilAsync(() => connections.All(c => c.Health.Status.DataUp), "fifty connections are up");
        var wire = rig.Venues[FaultRig.Binance].Wire;
        while (!connections.Any(c => c.Health.Status.Reason.Contains("connects", StringComparison.Ordinal)))
        {
            var opened = wire.Count(RequestKinds.Sockets);
            await rig.InjectAsync(FaultRig.Binance, "close-socket");
            await rig.UntilAsync(
                () => wire.Count(RequestKinds.Sockets) > opened && connections.All(c => c.Health.Status.DataUp || c.Health.Status.Reason.Contains("connects", StringComparison.Ordinal)),
                "every connection is back or waits for the budget of connects");
        }

        // The windows begin with each five minutes of the venue; this test may lie in two of them.
        var now = new Composition.SteadyTime().GetUtcNow();
        var windows = (now.UtcTicks / Window.Ticks) == (rig.StartedAt.UtcTicks / Window.Ticks) ? 1 : 2;
        wire.Connections.ShouldBeLessThanOrEqualTo(Most * windows);
        wire.Connections.ShouldBeGreaterThan(Most / 2);
        rig.Log.ShouldNotContain(l => l.Contains("HTTP 429", StringComparison.Ordinal));
        rig.Status(FaultRig.Binance).Budget!.PausedUntil.ShouldBeNull();
    }

    [Fact]
    public async Task N24_Venue_that_takes_no_more_sockets_is_not_stormed_and_its_requests_go_on()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 2s } }");
        var wire = rig.Venues[FaultRig.Binance].Wire;

        await rig.InjectAsync(FaultRig.Binance, "connection-limit");
        await rig.InjectAsync(FaultRig.Binance, "close-socket");
        await rig.UntilAsync(() => rig.Status(FaultRig.Binance).Reason.Contains("429", StringComparison.Ordinal) || rig.Status(FaultRig.Binance).Reason.Contains("RATE LIMITED", StringComparison.Ordinal), "the refusal is told");
        await rig.UntilRoutedToAsync(FaultRig.Bybit);
        var (sockets, probes) = (wire.Count(RequestKinds.Sockets), wire.Count(RequestKinds.MarketData));
        await rig.UntilAsync(() => wire.Count(RequestKinds.MarketData) >= probes + 3, "the venue is still asked for its time");

        // Each stream was refused once and waits for the pause; a third try may be the one that was on its way.
        (wire.Count(RequestKinds.Sockets) - sockets).ShouldBeLessThanOrEqualTo(2);
        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilRoutedToAsync(FaultRig.Binance);
        await rig.AssertBooksAgreeAsync();
    }
}
