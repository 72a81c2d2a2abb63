using System.Globalization;
using Workbench.Core.MarketData;

namespace Workbench.Benchmarks.Soak;

/// <summary>What one look at the running host shows.</summary>
/// <param name="At">Since the soak began.</param>
/// <param name="Resident">Bytes of the process in memory, simulator included.</param>
/// <param name="Live">Bytes that the program still holds after a full collection.</param>
/// <param name="Gen2">Full collections since the beginning, those of the looks left out.</param>
/// <param name="Flow">The engine's own figures.</param>
/// <param name="PerSecond">Messages through the pipeline since the look before.</param>
internal sealed record SoakSample(TimeSpan At, long Resident, long Live, int Gen2, MarketDataStatistics Flow, double PerSecond)
{
    public static string Header { get; } =
        $"{"min:s",6} {"RSS MB",8} {"live MB",8} {"gen2",5} {"msg/s",8} {"waiting",8} {"lag",7} {"inbox drops",12} {"reader drops",13} {"replaced",10}";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{At:m\\:ss} {Megabytes(Resident),8:0.0} {Megabytes(Live),8:0.00} {Gen2,5} {PerSecond,8:0} {Flow.Waiting,8} {Flow.Readers.Lag,7} {Flow.Dropped,12} {Flow.Readers.Dropped,13} {Flow.Readers.Replaced,10}");

    /// <summary>How much a figure rises per minute, by least squares.</summary>
    public static double SlopePerMinute(IReadOnlyList<SoakSample> samples, Func<SoakSample, double> figure)
    {
        var (times, values) = (samples.Select(s => s.At.TotalMinutes).ToArray(), samples.Select(figure).ToArray());
        var (time, value) = (times.Average(), values.Average());
        var spread = times.Sum(t => (t - time) * (t - time));
        return spread == 0 ? 0 : times.Zip(values, (t, v) => (t - time) * (v - value)).Sum() / spread;
    }

    public static double Megabytes(long bytes) => bytes / 1048576.0;
}
