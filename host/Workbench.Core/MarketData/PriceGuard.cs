using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Watches the prices of one kind of one market for jumps that nothing confirms. Pure: it knows time only by what it is told.</summary>
/// <remarks>
/// A price is measured against the median of the market's own recent prices, and where there are none yet, against the other venue. A price too far away
/// is suspect until the other venue shows it too, or until it has stood for the configured time while the other venue says nothing else.
/// </remarks>
internal sealed class PriceGuard(PriceCheck check)
{
    private static readonly long SampleNanoseconds = PriceCheck.SampleInterval.Ticks * TimeSpan.NanosecondsPerTick;

    private readonly decimal[] _samples = new decimal[PriceCheck.Samples];
    private int _count;
    private int _next;
    private long _sampleDue = long.MinValue;
    private decimal _low;
    private decimal _high;
    private Timestamp _suspectSince;
    private decimal _suspectPrice;
    private int _seen;

    /// <summary>True while the newest prices are suspect.</summary>
    public bool IsSuspect { get; private set; }

    /// <summary>The median that prices are measured from; zero before the first price.</summary>
    public decimal Median { get; private set; }

    /// <summary>True for prices that need no closer look: the way of nearly every event, two comparisons and a look at the clock.</summary>
    public bool IsOrdinary(decimal low, decimal high, Timestamp at)
    {
        if (IsSuspect || low < _low || high > _high)
        {
            return false;
        }

        if (at.UnixNanoseconds >= _sampleDue)
        {
            Sample(low, high, at);
        }

        return true;
    }

    /// <summary>Whether the prices of one event are believable, after <see cref="IsOrdinary"/> has said no.</summary>
    /// <param name="low">The lowest of them, such as the bid.</param>
    /// <param name="high">The highest, such as the ask.</param>
    /// <param name="at">When the event arrived.</param>
    /// <param name="witness">The other venue's middle now; null when it has no recent one.</param>
    public bool Accepts(decimal low, decimal high, Timestamp at, decimal? witness)
    {
        var isNear = _count == 0 ? witness is not { } first || IsWithin(low, high, first) : low >= _low && high <= _high;
        if (isNear)
        {
            IsSuspect = false;
            Sample(low, high, at);
            return true;
        }

        if (!IsSuspect || !IsWithin(low, high, _suspectPrice))
        {
            (IsSuspect, _suspectSince, _suspectPrice, _seen) = (true, at, Middle(low, high), 0);
        }

        _seen++;
        var hasStood = at - _suspectSince >= check.ConfirmAfter && _seen >= PriceCheck.FewestConfirmations;
        if (witness is { } seen ? !IsWithin(low, high, seen) : !hasStood)
        {
            return false;
        }

        // The level is real: what was known before says nothing any more.
        (_count, _next, IsSuspect) = (0, 0, false);
        Sample(low, high, at);
        return true;
    }

    private bool IsWithin(decimal low, decimal high, decimal of) => low >= of * (1 - check.Jump) && high <= of * (1 + check.Jump);

    private void Sample(decimal low, decimal high, Timestamp at)
    {
        _samples[_next] = Middle(low, high);
        _next = (_next + 1) % _samples.Length;
        _count = Math.Min(_count + 1, _samples.Length);
        _sampleDue = at.UnixNanoseconds + SampleNanoseconds;
        Span<decimal> sorted = stackalloc decimal[PriceCheck.Samples];
        _samples.AsSpan(0, _count).CopyTo(sorted);
        sorted[.._count].Sort();
        Median = sorted[_count / 2];
        (_low, _high) = (Median * (1 - check.Jump), Median * (1 + check.Jump));
    }

    private static decimal Middle(decimal low, decimal high) => (low + high) / 2;
}
