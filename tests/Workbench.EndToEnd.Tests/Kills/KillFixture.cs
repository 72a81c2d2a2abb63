namespace Workbench.EndToEnd.Tests.Kills;

/// <summary>The venues of all kills, and the crash points, which run beside each other: most of their time is waiting for a proof.</summary>
public sealed class KillFixture : IAsyncLifetime
{
    /// <summary>Installations that are killed at random beside each other.</summary>
    internal const int Loops = 4;

    private static readonly string[] Points =
    [
        "record-synced", // The first: it waits longest.
        "intent-made", "risk-reserved", "record-unsynced", "before-first-byte", "half-sent", "order-sent", "venue-accepted", "ack-on-wire", "ack-read", "ack-journaled",
        "fill-read", "fill-journaled", "cancel-sent", "recovery",
    ];

    private readonly KillVenues _venues = new();
    private readonly SemaphoreSlim _turns = new(3);
    private readonly Lazy<Dictionary<string, Task<PointEnd>>> _ends;

    public KillFixture() => _ends = new Lazy<Dictionary<string, Task<PointEnd>>>(() => Points.ToDictionary(p => p, RunAsync));

    public async ValueTask InitializeAsync() => await _venues.StartAsync([.. Enumerable.Range(0, Loops).Select(i => $"loop{i}"), .. Points]);

    public async ValueTask DisposeAsync()
    {
        if (_ends.IsValueCreated)
        {
            await Task.WhenAll(_ends.Value.Values).ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        _venues.Dispose();
        _turns.Dispose();
    }

    internal KillVenue Venue(string name) => _venues.All[name];

    /// <summary>Awaits the end of a crash point and judges it.</summary>
    /// <param name="point">Which.</param>
    /// <param name="orders">How many orders the journal has; null for either none or one.</param>
    /// <param name="venueHas">Whether the venue has the order.</param>
    /// <param name="toTheEnd">True when nothing may be left unknown although the venue does not have the order.</param>
    internal async Task PointAsync(string point, int? orders, bool venueHas, bool toTheEnd = false)
    {
        var end = await _ends.Value[point];
        end.Differences.ShouldBeEmpty(string.Join('\n', end.Report.Orders));
        end.VenueOrders.Count.ShouldBe(venueHas ? 1 : 0, string.Join('\n', end.VenueOrders));
        if (orders is { } count)
        {
            end.Report.Orders.Count.ShouldBe(count);
        }

        if (venueHas || toTheEnd)
        {
            end.Report.Orders.ShouldAllBe(o => !o.IsUnknown);
        }
    }

    private async Task<PointEnd> RunAsync(string point)
    {
        using var subject = new KillSubject(Venue(point));
        await InTurnAsync(() => CrashAsync(subject, point));
        var toTheEnd = point is not ("record-unsynced" or "before-first-byte" or "half-sent");

        // One that waits for a proof must not hold up the others.
        var report = point == "record-synced" ? await subject.ReportAsync() : await InTurnAsync(() => subject.ReportAsync(toTheEnd ? "report" : "look"));
        return new PointEnd(report, await subject.Venue.OrdersAsync(), await report.DifferencesAsync(subject.Venue, mayBeUnknown: !toTheEnd));
    }

    private async Task<int> CrashAsync(KillSubject subject, string point)
    {
        switch (point)
        {
            case "venue-accepted":
                await KillWhenAcceptedAsync(subject);
                break;
            case "recovery":
                await subject.CrashAsync("one", "ack-on-wire");
                await subject.CrashAsync("report", "looked-up");
                await subject.CrashAsync("report", "looked-up");
                break;
            case "cancel-sent":
                await subject.CrashAsync("one", point, "--set", "cancel=true");
                break;
            default:
                await subject.CrashAsync("one", point);
                break;
        }

        return 0;
    }

    // Only the venue knows when it has taken the order; from then on its answer takes long.
    private async Task KillWhenAcceptedAsync(KillSubject subject)
    {
        await _venues.InjectAsync(subject.Venue, "answer-late", """{"delay":"60s","requests":"orders"}""");
        using var life = subject.Start("one");
        await life.WroteAsync("sent ");
        while ((await subject.Venue.OrdersAsync()).Count == 0)
        {
            life.HasEnded.ShouldBeFalse(life.ToString());
        }

        life.Output.ShouldNotContain("answered");
        life.Kill();
        await life.EndedAsync();
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work)
    {
        await _turns.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>How a crash point ended.</summary>
    private sealed record PointEnd(KillReport Report, IReadOnlyList<VenueOrder> VenueOrders, IReadOnlyList<string> Differences);
}
