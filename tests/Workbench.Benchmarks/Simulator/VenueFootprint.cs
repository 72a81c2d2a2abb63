using System.Diagnostics;
using System.Globalization;

namespace Workbench.Benchmarks.Simulator;

/// <summary>
/// What <c>workbench sim</c> costs as a process: how long until it prints its addresses, and its memory and processor time at
/// rest, by number of symbols on each of two venues. Read from /proc, so on Linux only.
/// </summary>
internal static class VenueFootprint
{
    private static readonly int[] Symbols = [1, 10, 100, 200, 500];

    public static async Task RunAsync(TimeSpan rest)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.WriteLine("Start, memory and processor time are read from /proc: on Linux only.");
            return;
        }

        Console.WriteLine("| symbols on each venue | start to addresses, ms | resident at rest, MB | growth over one symbol, MB | share of one core at rest |");
        Console.WriteLine("|---|---|---|---|---|");
        var first = 0m;
        foreach (var count in Symbols)
        {
            // The first start of a series reads cold files.
            await using var warm = await SimulatorProcess.StartAsync(count);
            await warm.DisposeAsync();
            await using var process = await SimulatorProcess.StartAsync(count);
            await Task.Delay(TimeSpan.FromSeconds(2));
            var before = process.ProcessorTime;
            var clock = Stopwatch.StartNew();
            await Task.Delay(rest);
            var share = (decimal)((process.ProcessorTime - before) / clock.Elapsed);
            var resident = process.ResidentBytes / 1_000_000m;
            first = first == 0 ? resident : first;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {count} | {process.Started.TotalMilliseconds:F0} | {resident:F0} | {resident - first:F0} | {share:P1} |"));
        }
    }
}
