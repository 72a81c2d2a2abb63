using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Benchmarks.Simulator;
using Workbench.Cli;
using Workbench.Composition;
using Workbench.Sdk;

namespace Workbench.Benchmarks.Soak;

/// <summary>The command <c>soak</c>: the whole host on two simulated venues of 500 markets each, 1,000 subscriptions on the wire and 100 readers; whether its memory stays flat. The venues run in a process of their own: their histories fill up for a long time, and that is not the host's memory.</summary>
internal static class SoakRun
{
    private const int Markets = 500;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    // Code is compiled, pools fill up and the stalled readers' queues reach their bound.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMinutes(2);

    /// <summary>Smaller than usual, so that the queues of readers that never read are full within a minute and not within a quarter of an hour.</summary>
    private const int ReaderCapacity = 1024;

    public static async Task<int> RunAsync(string[] options)
    {
        var minutes = 10.0;
        if (options is [var text] && (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out minutes) || minutes is <= 0 or > 600))
        {
            await Console.Error.WriteLineAsync("usage: soak [minutes, up to 600]");
            return 3;
        }

        await using var venues = await SimulatorProcess.StartAsync(Markets);
        using var folder = new TemporaryFolder();
        var config = SoakConfiguration.Read(venues.Announced, folder.FullName);
        using var stop = new CancellationTokenSource();
        await using var host = await HostRuntime.StartAsync(config, new SteadyTime(), NullLoggerFactory.Instance, stop.Token);
        await host.WhenRoutesReadyAsync(TimeSpan.FromMinutes(1), stop.Token);
        host.Engine.Hub.ReaderCapacity = ReaderCapacity;
        var symbols = Listed(host);
        host.Watch(symbols);
        var readers = new SoakReaders(host.CreateWorkbench("soak", ScriptArgs.None, NullLogger.Instance, stop.Token).Market, symbols, stop.Token);
        var reading = readers.RunAsync();
        Console.WriteLine($"{symbols.Count} markets at each of two venues, {symbols.Count * 2} subscriptions of quotes on the wire and those of {SoakReaders.Count} readers");
        var samples = await WatchAsync(host, TimeSpan.FromMinutes(minutes));
        Judge(samples, readers);
        await stop.CancelAsync();
        await reading;
        return 0;
    }

    private static IReadOnlyList<Symbol> Listed(HostRuntime host) =>
        [.. host.Engine.Boards.Instruments(new ConnectionId("binance")).All.Select(i => i.Symbol).Intersect(host.Engine.Boards.Instruments(new ConnectionId("bybit")).All.Select(i => i.Symbol)).Order()];

    private static async Task<List<SoakSample>> WatchAsync(HostRuntime host, TimeSpan length)
    {
        var samples = new List<SoakSample>();
        var (started, forced, before) = (Stopwatch.GetTimestamp(), 0, (At: TimeSpan.Zero, host.Engine.MarketData.Arrived));
        var gen2 = GC.CollectionCount(2);
        Console.WriteLine(SoakSample.Header);
        for (var due = Less(Look, length); ; due += Look)
        {
            var wait = due - Stopwatch.GetElapsedTime(started);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            var (at, flow) = (Stopwatch.GetElapsedTime(started), host.Engine.MarketData);
            var full = GC.CollectionCount(2) - gen2 - forced;
            var live = GC.GetTotalMemory(forceFullCollection: true);
            forced = GC.CollectionCount(2) - gen2 - full;
            samples.Add(new SoakSample(at, Environment.WorkingSet, live, full, flow, (flow.Arrived - before.Arrived) / (at - before.At).TotalSeconds));
            before = (at, flow.Arrived);
            Console.WriteLine(samples[^1]);
            if (due >= length)
            {
                return samples;
            }
        }
    }

    private static void Judge(List<SoakSample> samples, SoakReaders readers)
    {
        var settled = samples.Where(s => s.At > Less(WarmUp, samples[^1].At / 2)).ToList();
        var (resident, live) = (SoakSample.SlopePerMinute(settled, s => SoakSample.Megabytes(s.Resident)), SoakSample.SlopePerMinute(settled, s => SoakSample.Megabytes(s.Live)));
        var messages = samples.Count > 0 ? samples[^1].Flow.Arrived : 0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{messages} messages, {readers.Taken} values read"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"slope after the warm-up: RSS {resident:+0.00;-0.00} MB a minute, live heap {live:+0.000;-0.000} MB a minute"));
    }

    private static TimeSpan Less(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
