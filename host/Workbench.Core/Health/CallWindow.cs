namespace Workbench.Core.Health;

/// <summary>What the calls of the last minute were like: a ring of slices on the monotonic clock, each with a histogram and counts. Safe on any thread; a sample allocates nothing.</summary>
internal sealed class CallWindow
{
    private const int Slices = 6;

    /// <summary>A quicker slice pulls the baseline down by a quarter of the difference, a slower one up by a 64th: it takes about ten minutes to believe that slow is normal.</summary>
    private const int FallsBy = 4;
    private const int RisesBy = 64;

    private static readonly TimeSpan SliceLength = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Slice[] _slices = [.. Enumerable.Range(0, Slices).Select(_ => new Slice())];
    private readonly LatencyHistogram _sum = new();
    private readonly long _began;
    private long _index;
    private TimeSpan? _baseline;

    public CallWindow(TimeProvider time) => (_time, _began) = (time, time.GetTimestamp());

    /// <summary>How far back the figures look: this long at most, and at least five sixths of it.</summary>
    public static TimeSpan Length => SliceLength * Slices;

    /// <summary>Takes one call. What took how long counts only when the venue answered.</summary>
    public void Add(CallVerdict verdict, TimeSpan took)
    {
        lock (_lock)
        {
            var slice = Newest_NeedsLock();
            slice.Count(verdict);
            if (verdict == CallVerdict.Answered)
            {
                slice.Latencies.Add(took);
            }
        }
    }

    /// <summary>Takes one connect or end of a stream, which has no latency of its own.</summary>
    public void Count(CallVerdict verdict)
    {
        lock (_lock)
        {
            Newest_NeedsLock().Count(verdict);
        }
    }

    /// <summary>Takes one delay of something that is not a call.</summary>
    public void Time(TimeSpan took)
    {
        lock (_lock)
        {
            Newest_NeedsLock().Latencies.Add(took);
        }
    }

    /// <summary>The figures of the window now.</summary>
    public CallFigures Read()
    {
        lock (_lock)
        {
            MoveOn_NeedsLock();
            _sum.Clear();
            long answered = 0, failed = 0, ours = 0;
            foreach (var slice in _slices)
            {
                _sum.Add(slice.Latencies);
                (answered, failed, ours) = (answered + slice.Answered, failed + slice.Failed, ours + slice.Ours);
            }

            return new CallFigures(answered + failed, failed, ours, _sum.Percentile(0.5), _sum.Percentile(0.95), _sum.Percentile(0.99), _baseline ?? _sum.Percentile(0.5));
        }
    }

    private Slice Newest_NeedsLock()
    {
        MoveOn_NeedsLock();
        return _slices[_index % Slices];
    }

    private void MoveOn_NeedsLock()
    {
        var now = _time.GetElapsedTime(_began).Ticks / SliceLength.Ticks;
        if (now == _index)
        {
            return;
        }

        Learn(_slices[_index % Slices].Latencies.Percentile(0.5));
        for (var i = Math.Max(_index + 1, now - Slices + 1); i <= now; i++)
        {
            _slices[i % Slices].Clear();
        }

        _index = now;
    }

    private void Learn(TimeSpan? median)
    {
        if (median is { } newest)
        {
            _baseline = _baseline is not { } known ? newest : known + ((newest - known) / (newest < known ? FallsBy : RisesBy));
        }
    }

    private sealed class Slice
    {
        public LatencyHistogram Latencies { get; } = new();

        public long Answered { get; private set; }

        public long Failed { get; private set; }

        public long Ours { get; private set; }

        public void Count(CallVerdict verdict)
        {
            switch (verdict)
            {
                case CallVerdict.Answered:
                    Answered++;
                    break;
                case CallVerdict.VenueFault:
                    Failed++;
                    break;
                case CallVerdict.OurFault:
                    Ours++;
                    break;
            }
        }

        public void Clear()
        {
            Latencies.Clear();
            (Answered, Failed, Ours) = (0, 0, 0);
        }
    }
}

/// <summary>What a window of calls was like.</summary>
/// <param name="Count">Calls that say something about the venue.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="Ours">Calls that our own side failed.</param>
/// <param name="P50">Percentiles of the answered ones; null when there were none.</param>
/// <param name="P95">The 95th.</param>
/// <param name="P99">The 99th.</param>
/// <param name="Baseline">What is usual here; null before the first answer.</param>
internal readonly record struct CallFigures(long Count, long Failed, long Ours, TimeSpan? P50, TimeSpan? P95, TimeSpan? P99, TimeSpan? Baseline)
{
    /// <summary>The share that failed; null when nothing counted.</summary>
    public double? ErrorRate => Count == 0 ? null : (double)Failed / Count;
}
