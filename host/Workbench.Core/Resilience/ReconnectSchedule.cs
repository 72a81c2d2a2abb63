using Workbench.Sdk;

namespace Workbench.Core.Resilience;

/// <summary>When to open a stream again: the configured delays in turn, then the slow probe for ever. One loop owns one.</summary>
/// <remarks>A stream that lived and ended is no failed call, so these waits are no retries of a pipeline: the loop tells when it was well again.</remarks>
internal sealed class ReconnectSchedule(Backoff backoff)
{
    private int _attempt;

    public ReconnectSchedule(ResilienceSettings settings, Random jitter)
        : this(new Backoff(settings, jitter))
    {
    }

    /// <summary>The wait before the next attempt, at least as long as the venue asked for.</summary>
    /// <param name="error">Why the stream ended or did not open; null for an orderly end.</param>
    public TimeSpan Next(VenueError? error) => backoff.AfterConnect(_attempt++, error);

    /// <summary>The connection was well again: the next failure begins at the first delay.</summary>
    public void Reset() => _attempt = 0;
}
