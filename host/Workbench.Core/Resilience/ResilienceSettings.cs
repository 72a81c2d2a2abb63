namespace Workbench.Core.Resilience;

/// <summary>How a connection is tried again and when it is left alone.</summary>
public sealed record ResilienceSettings
{
    /// <summary>Waits before the first, second, ... further attempt.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; init; } = [.. new[] { 1, 2, 4, 8, 16 }.Select(s => TimeSpan.FromSeconds(s))];

    /// <summary>How far a wait may be shorter or longer than configured, as a fraction: 0.1 is a band of ten percent each way. 0 to 0.5.</summary>
    public decimal Jitter { get; init; } = 0.1m;

    /// <summary>The wait after the last of the delays: a connection is never given up.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Consecutive failures that open the breaker.</summary>
    public int BreakerFailures { get; init; } = 5;

    /// <summary>How long the first break lasts.</summary>
    public TimeSpan BreakerOpenFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An answer that takes this long or longer counts as a failure for the breaker; zero for never.</summary>
    public TimeSpan SlowCall { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long one attempt of a read may take, however many requests it makes.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait inside a read. When the venue or the breaker asks for more, the read ends with its error, which says how long.</summary>
    public TimeSpan LongestReadWait { get; init; } = TimeSpan.FromSeconds(60);
}
