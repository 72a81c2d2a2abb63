namespace Workbench.Simulator.Tapes;

/// <summary>
/// When what was recorded happens again: the recorded intervals divided by the speed, added up from the beginning so that
/// nothing drifts. Gaps keep their length unless a longest one is given.
/// </summary>
internal sealed class TapeSchedule(decimal speed, TimeSpan? longestGap)
{
    private readonly long _longestNanos = longestGap is { } gap ? gap.Ticks * 100 : long.MaxValue;
    private long _last = long.MinValue;
    private long _offsetNanos;

    /// <summary>Whether the readers set the pace.</summary>
    public bool IsUnpaced => speed == 0;

    /// <summary>How long after the beginning a record is due; to be asked once for each record, in order.</summary>
    public TimeSpan Next(long nanos)
    {
        _offsetNanos += _last == long.MinValue ? 0 : Math.Min(nanos - _last, _longestNanos);
        _last = nanos;
        return IsUnpaced ? TimeSpan.Zero : TimeSpan.FromTicks((long)(_offsetNanos / 100 / speed));
    }
}
