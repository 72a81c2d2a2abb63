using Workbench.Sdk;

namespace Workbench.Core.Resilience;

/// <summary>How long to wait before each further attempt: the configured delays in turn, then the slow probe for ever; each moved at random within its band. Safe on any thread.</summary>
internal sealed class Backoff(ResilienceSettings settings, Random random)
{
    /// <summary>The longest ban that a venue speaks of. A longer wait is taken for a mistake; a timer could not even hold it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    /// <summary>What a long wait that the venue asked for is spread by, before the band: nobody waits hours for the sake of others.</summary>
    private static readonly TimeSpan WidestBand = TimeSpan.FromSeconds(10);

    /// <summary>The wait after a failed attempt of a connect: at least as long as the venue asked for. What does not pass by itself is only probed slowly.</summary>
    /// <param name="attempt">0 after the first attempt.</param>
    /// <param name="error">Why it failed, where that is known.</param>
    public TimeSpan AfterConnect(int attempt, VenueError? error) =>
        Spread(error?.RetryAfter, Delay(PassesByItself(error) ? attempt : settings.RetryDelays.Count));

    /// <summary>The wait after the given attempt, drawn within the band and never past the middle to a longer or shorter neighbour: jitter does not reorder waits.</summary>
    /// <param name="attempt">0 after the first attempt.</param>
    public TimeSpan Delay(int attempt)
    {
        var delay = At(attempt);
        var drawn = delay + TimeSpan.FromTicks((long)(delay.Ticks * settings.Jitter * Draw()));
        var (before, after) = (attempt > 0 ? At(attempt - 1) : delay, At(attempt + 1));
        if (after > delay && drawn > (delay + after) / 2)
        {
            return (delay + after) / 2;
        }

        return before < delay && drawn < (before + delay) / 2 ? (before + delay) / 2 : drawn;
    }

    /// <summary>A wait, or the one that the venue asked for when that is longer.</summary>
    public static TimeSpan AtLeast(TimeSpan? retryAfter, TimeSpan wait) => retryAfter > Longest ? Longest : retryAfter > wait ? retryAfter.Value : wait;

    /// <summary>A share drawn at random, 0 to 1: for spreading what would otherwise happen everywhere at once.</summary>
    public decimal Share() => (Draw() + 1) / 2;

    // Every connection that was refused was told the same moment: within the band, they do not all come back in it.
    private TimeSpan Spread(TimeSpan? retryAfter, TimeSpan wait)
    {
        var least = AtLeast(retryAfter, wait);
        var band = least < WidestBand ? least : WidestBand;
        return retryAfter > wait ? least + TimeSpan.FromTicks((long)(band.Ticks * settings.Jitter * Math.Abs(Draw()))) : least;
    }

    // A bad certificate is a network failure that no amount of trying mends.
    private static bool PassesByItself(VenueError? error) => error is null or { IsTransient: true, Code: not "tls" } or { Kind: VenueErrorKind.Cancelled };

    private TimeSpan At(int attempt) => attempt < settings.RetryDelays.Count ? settings.RetryDelays[attempt] : settings.ProbeInterval;

    private decimal Draw()
    {
        lock (random)
        {
            return ((decimal)random.NextDouble() * 2) - 1; // The loops and readers of a connection share one generator.
        }
    }
}
