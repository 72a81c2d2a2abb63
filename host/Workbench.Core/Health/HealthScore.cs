namespace Workbench.Core.Health;

/// <summary>One number for how good a connection is for something, 0 to 100, from what was seen of it. Pure.</summary>
/// <remarks>
/// <code>score = 0 when it cannot be used, else max(1, round(100 - 40 L - 40 E - 20 F))</code>
/// <list type="bullet">
/// <item>L, latency against its own baseline: 0 up to twice the baseline (at least 5 ms is taken for one), 1 from ten times on, linear in the logarithm between.</item>
/// <item>E, errors: the error rate over 25 %, at most 1.</item>
/// <item>F, freshness: 0 while the newest data is younger than half of what is allowed, 1 at the limit, linear between.</item>
/// </list>
/// A connection is compared with itself, not with others: a venue far away is not worse for being far away.
/// </remarks>
internal static class HealthScore
{
    /// <summary>Differences below this are noise of the machine, not of the venue.</summary>
    public static readonly TimeSpan LeastBaseline = TimeSpan.FromMilliseconds(5);

    private const double LatencyWeight = 40;
    private const double ErrorWeight = 40;
    private const double FreshnessWeight = 20;
    private const double SlowFrom = 2;
    private const double SlowTo = 10;
    private const double WorstErrorRate = 0.25;

    public static int Of(in HealthSample sample)
    {
        if (!sample.IsUp)
        {
            return 0;
        }

        var lost = (LatencyWeight * Slowness(sample)) + (ErrorWeight * Share(sample.ErrorRate / WorstErrorRate)) + (FreshnessWeight * Staleness(sample));
        return Math.Max(1, (int)Math.Round(100 - lost, MidpointRounding.AwayFromZero));
    }

    private static double Slowness(in HealthSample sample)
    {
        if (sample.Latency is not { } latency || sample.Baseline is not { } usual)
        {
            return 0;
        }

        var ratio = latency / (usual > LeastBaseline ? usual : LeastBaseline);
        return ratio <= SlowFrom ? 0 : Share(Math.Log(ratio / SlowFrom) / Math.Log(SlowTo / SlowFrom));
    }

    private static double Staleness(in HealthSample sample) =>
        sample.Age is { } age && sample.AgeLimit > TimeSpan.Zero ? Share(((age / sample.AgeLimit) - 0.5) / 0.5) : 0;

    private static double Share(double value) => Math.Clamp(value, 0, 1);
}

/// <summary>What a score is made from.</summary>
/// <param name="IsUp">False when it cannot be used at all.</param>
/// <param name="Latency">The 95th percentile of late; null when nothing was measured.</param>
/// <param name="Baseline">What is usual for this connection; null when that is not known.</param>
/// <param name="ErrorRate">The share of calls that failed by the venue's fault, 0 to 1.</param>
/// <param name="Age">Age of the newest data; null when none is wanted.</param>
/// <param name="AgeLimit">From which age on data is stale.</param>
internal readonly record struct HealthSample(bool IsUp, TimeSpan? Latency, TimeSpan? Baseline, double ErrorRate, TimeSpan? Age, TimeSpan AgeLimit);
