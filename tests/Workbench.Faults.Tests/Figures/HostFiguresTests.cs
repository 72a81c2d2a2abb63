using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Workbench.Faults.Tests.Rigging;

namespace Workbench.Faults.Tests.Figures;

/// <summary>Figures that only the whole host can make: sockets, caches, and what the venue's limits leave.</summary>
public sealed class HostFiguresTests
{
    [Fact]
    public async Task Sockets_cache_and_limits_are_told_by_what_really_happened()
    {
        await using var rig = await FaultRig.StartAsync(new RigOptions { OneVenue = true });
        var heard = new ConcurrentQueue<(string Name, double Value, string Tags)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter == rig.Host.Engine.Metrics.Meter)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((i, v, tags, _) => heard.Enqueue((i.Name, v, Words(tags))));
        listener.SetMeasurementEventCallback<long>((i, v, tags, _) => heard.Enqueue((i.Name, v, Words(tags))));
        listener.SetMeasurementEventCallback<int>((i, v, tags, _) => heard.Enqueue((i.Name, v, Words(tags))));
        listener.Start();

        var token = TestContext.Current.CancellationToken;
        (await rig.Workbench.Cache.GetAsync("figures", token)).Value.ShouldBeNull();
        (await rig.Workbench.Cache.SetAsync("figures", new byte[1], TimeSpan.FromMinutes(1), token)).ShouldBeNull();
        (await rig.Workbench.Cache.GetAsync("figures", token)).Value.ShouldNotBeNull();
        heard.Where(h => h.Name == "workbench.cache.requests").Select(h => h.Tags).ShouldBe(["miss", "hit"]);

        await rig.InjectAsync(FaultRig.Binance, "sockets-down");
        await rig.UntilAsync(() => heard.Any(h => h is { Name: "workbench.connect.duration", Tags: "binance failure" }), "a socket is not opened");
        await rig.ClearAsync(FaultRig.Binance);
        await rig.UntilReadyAsync();
        heard.ShouldContain(h => h.Name == "workbench.connect.duration" && h.Tags == "binance success" && h.Value > 0);

        listener.RecordObservableInstruments();
        heard.Last(h => h.Name == "workbench.connection.sockets").Value.ShouldBeGreaterThanOrEqualTo(2, "a market stream and a user stream");
        heard.Last(h => h.Name == "workbench.rate_limit.used").Value.ShouldBeInRange(0, 1);
    }

    private static string Words(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(t => t.Value));
}
