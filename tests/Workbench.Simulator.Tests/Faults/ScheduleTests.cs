using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tests.Faults;

public sealed class ScheduleTests
{
    private static readonly FaultPlan[] Plans =
    [
        new() { Fault = "drop-events", At = TimeSpan.FromSeconds(1), Options = [new("chance", "0.4"), new("for", "60s")] },
        new() { Fault = "error-5xx", At = TimeSpan.FromSeconds(5), Every = TimeSpan.FromSeconds(10), Jitter = TimeSpan.FromSeconds(3), Times = 4, Options = [new("chance", "0.5"), new("count", "2"), new("before", "true")] },
        new() { Fault = "symbol-halted", At = TimeSpan.FromSeconds(20), Options = [new("symbol", "BTCUSDT"), new("for", "10s")] },
    ];

    /// <summary>A client that does the same each time: an order a second, and the book in between.</summary>
    private static async Task<List<string>> RunAsync(string dialect, ulong seed)
    {
        await using var bench = await FaultBench.StartAsync(dialect, seed);
        using var scheduler = new FaultScheduler(new Dictionary<string, FaultLab> { [dialect] = bench.Faults }, bench.Time, seed);
        using var book = await bench.Client.ListenAsync("book");
        if (dialect == "bybit")
        {
            // The opening snapshot must be out before anything is dropped.
            await book.ReceiveJsonAsync();
        }

        scheduler.Begin(Plans);
        for (var second = 0; second < 60; second++)
        {
            bench.Time.Advance(TimeSpan.FromSeconds(1));
            bench.Venue.Pump();
            bench.Stir();
            await bench.Client.PlaceAsync($"o{second}");
        }

        return [.. bench.Faults.Transcript.Select(r => r.ToString())];
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task The_same_seed_and_the_same_client_give_the_same_run_and_another_seed_another(string dialect)
    {
        var first = await RunAsync(dialect, 42);
        var again = await RunAsync(dialect, 42);
        var other = await RunAsync(dialect, 43);

        first.Count.ShouldBeGreaterThan(15);
        first.ShouldContain(l => l.Contains("symbol-halted #0 on", StringComparison.Ordinal));
        first.ShouldContain(l => l.Contains("error-5xx #1 POST", StringComparison.Ordinal));
        again.ShouldBe(first);
        other.ShouldNotBe(first);
    }

    [Fact]
    public async Task Faults_go_on_and_off_at_their_times()
    {
        await using var bench = await FaultBench.StartAsync("binance");
        using var scheduler = new FaultScheduler(new Dictionary<string, FaultLab> { ["binance"] = bench.Faults }, bench.Time, 1);
        scheduler.Begin(
        [
            new FaultPlan { Fault = "latency", At = TimeSpan.FromSeconds(2), Options = [new("for", "3s")] },
            new FaultPlan { Fault = "clock-skew", At = TimeSpan.FromSeconds(4), Every = TimeSpan.FromSeconds(10), Times = 2, Options = [new("for", "1s")] },
        ]);

        for (var i = 0; i < 200; i++)
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        bench.Faults.Transcript.Select(r => FormattableString.Invariant($"{r.At.TotalSeconds} {r.Fault} {r.What}")).ShouldBe(
            ["2 latency on", "4 clock-skew on", "5 latency off", "5 clock-skew off", "14 clock-skew on", "15 clock-skew off"]);
        bench.Faults.IsQuiet.ShouldBeTrue();
    }

    [Fact]
    public async Task A_schedule_with_errors_begins_nothing_and_names_them_all()
    {
        var options = new SimulatorOptions { Venues = [new VenueOptions { Name = "binance", Dialect = "binance" }, new VenueOptions { Name = "bybit", Dialect = "bybit" }] };
        await using var sim = await SimulatorHost.StartAsync(options, new FakeTimeProvider());

        var message = Should.Throw<FaultException>(() => sim.Schedule(
        [
            new FaultPlan { Fault = "latency", Venue = "binanse" },
            new FaultPlan { Fault = "latncy" },
            new FaultPlan { Fault = "symbol-halted", Options = [new("symbol", "NOPE")] },
            new FaultPlan { Fault = "latency" },
        ])).Message;

        message.ShouldContain("entry 1: there is no venue 'binanse'; did you mean 'binance'?");
        message.ShouldContain("entry 2: There is no fault 'latncy'; did you mean 'latency'?");
        message.ShouldContain("entry 3: Fault 'symbol-halted' cannot act here: the venue does not list 'NOPE'");
        sim["binance"].Faults.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_random_schedule_is_the_same_for_the_same_seed_and_every_entry_can_be_begun()
    {
        var venues = new Dictionary<string, IReadOnlyList<string>> { ["binance"] = ["BTCUSDT", "ETHUSDT"], ["bybit"] = ["BTCUSDT"] };
        string Show(long seed) => string.Join('\n', RandomFaults.Create(seed, venues).Select(p => $"{p.At} {p.Venue} {p.Fault} {string.Join(' ', p.Options)}"));
        Show(42).ShouldBe(Show(42));
        Show(42).ShouldNotBe(Show(43));

        await using var binance = await FaultBench.StartAsync("binance");
        await using var bybit = await FaultBench.StartAsync("bybit");
        using var scheduler = new FaultScheduler(new Dictionary<string, FaultLab> { ["binance"] = binance.Faults, ["bybit"] = bybit.Faults }, binance.Time, 42);
        scheduler.Begin(RandomFaults.Create(42, venues));
    }
}
