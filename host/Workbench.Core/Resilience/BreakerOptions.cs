using Polly;
using Workbench.Sdk;

namespace Workbench.Core.Resilience;

/// <summary>How a pipeline uses a circuit breaker.</summary>
internal sealed class BreakerOptions<T> : ResilienceStrategyOptions
{
    public BreakerOptions() => Name = "breaker";

    public required CircuitBreaker Breaker { get; init; }

    /// <summary>What went wrong with a call; null when the other side did its part.</summary>
    public required Func<T, VenueError?> ErrorOf { get; init; }

    /// <summary>Makes a result of a refusal.</summary>
    public required Func<VenueError, T> Refuse { get; init; }

    /// <summary>A success that took this long or longer counts as a failure; zero for never.</summary>
    public TimeSpan SlowCall { get; init; }

    /// <summary>False lets every call through: what comes of those that the breaker would have refused does not count.</summary>
    public bool MayRefuse { get; init; } = true;
}
