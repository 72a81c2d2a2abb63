namespace Workbench.Core.Resilience;

/// <summary>When to try again: the configured delays in turn, then the slow probe for ever. One loop owns one.</summary>
internal sealed class ReconnectSchedule(ResilienceSettings settings, Random jitter)
{
    /// <summary>The longest ban that a venue speaks of. A longer wait is taken for a mistake; a timer could not even hold it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    private int _attempt;

    /// <summary>The wait before the next attempt, at least as long as the venue asked for.</summary>
    public TimeSpan Next(TimeSpan? retryAfter)
    {
        var delay = _attempt < settings.RetryDelays.Count ? settings.RetryDelays[_attempt] : settings.ProbeInterval;
        _attempt++;
        return AtLeast(retryAfter, Jittered(delay, settings.Jitter, jitter));
    }

    /// <summary>The connection was well again: the next failure begins at the first delay.</summary>
    public void Reset() => _attempt = 0;

    /// <summary>A wait, or the one that the venue asked for when that is longer.</summary>
    public static TimeSpan AtLeast(TimeSpan? retryAfter, TimeSpan wait) => retryAfter > Longest ? Longest : retryAfter > wait ? retryAfter.Value : wait;

    /// <summary>A delay moved at random within its band.</summary>
    public static TimeSpan Jittered(TimeSpan delay, decimal band, Random random)
    {
        double drawn;
        lock (random)
        {
            drawn = (random.NextDouble() * 2) - 1; // The loops and readers of a connection share one generator.
        }

        return delay + TimeSpan.FromTicks((long)(delay.Ticks * band * (decimal)drawn));
    }
}
