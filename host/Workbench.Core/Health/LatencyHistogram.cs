using System.Numerics;

namespace Workbench.Core.Health;

/// <summary>Counts of durations in fixed buckets: exact below 16 µs, then sixteen buckets to each power of two, so that a bucket's middle is within 3.2 % of what fell into it. Nothing is allocated after the start.</summary>
/// <remarks>Not safe by itself: its owner's lock guards it.</remarks>
internal sealed class LatencyHistogram
{
    private const int SubBits = 4;
    private const int SubBuckets = 1 << SubBits;
    private const int TopExponent = 26;
    private const int Buckets = SubBuckets + ((TopExponent - SubBits + 1) * SubBuckets);

    /// <summary>The longest duration that is told apart; longer ones count as this long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMicroseconds((1L << (TopExponent + 1)) - 1);

    private readonly int[] _counts = new int[Buckets];

    /// <summary>How many durations were added.</summary>
    public long Count { get; private set; }

    public void Add(TimeSpan duration)
    {
        _counts[Bucket(duration)]++;
        Count++;
    }

    /// <summary>Adds everything that another one holds.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < Buckets; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>The duration that a share of all stay at or below; null when there are none.</summary>
    /// <param name="share">Greater than 0, at most 1.</param>
    public TimeSpan? Percentile(double share)
    {
        if (Count == 0)
        {
            return null;
        }

        var rank = Math.Max(1, (long)Math.Ceiling(Count * share));
        var seen = 0L;
        var bucket = -1;
        while (seen < rank)
        {
            seen += _counts[++bucket];
        }

        return Middle(bucket);
    }

    private static int Bucket(TimeSpan duration)
    {
        var microseconds = Math.Clamp(duration.Ticks / TimeSpan.TicksPerMicrosecond, 0, Longest.Ticks / TimeSpan.TicksPerMicrosecond);
        if (microseconds < SubBuckets)
        {
            return (int)microseconds;
        }

        var exponent = BitOperations.Log2((ulong)microseconds);
        var sub = (int)(microseconds >> (exponent - SubBits)) & (SubBuckets - 1);
        return SubBuckets + ((exponent - SubBits) * SubBuckets) + sub;
    }

    private static TimeSpan Middle(int bucket)
    {
        if (bucket < SubBuckets)
        {
            return TimeSpan.FromMicroseconds(bucket);
        }

        var shift = (bucket - SubBuckets) / SubBuckets;
        var low = (long)(SubBuckets + (bucket % SubBuckets)) << shift;
        return TimeSpan.FromMicroseconds(low + ((1L << shift) / 2));
    }
}
