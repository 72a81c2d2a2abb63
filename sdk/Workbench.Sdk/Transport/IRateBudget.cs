namespace Workbench.Sdk;

/// <summary>
/// What a connection may still send. Its two scopes are shared: all connections of this host to the same venue address draw on one
/// address budget, all with the same key there on one key budget. The dialect declares limits and reports what the venue says; the transport
/// takes by <see cref="HttpCall.Costs"/>. Safe on any thread.
/// </summary>
public interface IRateBudget
{
    /// <summary>Declares a limit, replacing an earlier one of the same class and window; what was used of it stays used.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit or its window is out of range.</exception>
    void Declare(RateLimit limit);

    /// <summary>Reports what the venue has counted in the current window. A number lower than this host's own is ignored: requests on their way are not in it.</summary>
    /// <param name="counted">What is counted.</param>
    /// <param name="window">The window of a declared limit; others are ignored.</param>
    /// <param name="used">The venue's number.</param>
    /// <param name="sentAt">When the request was sent whose answer says so: a number of a window that is over is ignored.</param>
    void Observe(RateClass counted, TimeSpan window, int used, Timestamp sentAt);

    /// <summary>Stops everything that draws on a scope, as after HTTP 429; a few cancels may still go. A shorter pause never ends a longer one; the longest is one hour.</summary>
    void PauseFor(RateScope scope, TimeSpan duration);

    /// <summary>Stops what one class counts, cancels too, and nothing else. A shorter pause never ends a longer one; the longest is one day.</summary>
    void PauseFor(RateClass counted, TimeSpan duration);

    /// <summary>Stops everything that draws on a scope, cancels and connects too, as after HTTP 418: nothing leaves before the end, and a restart of the host does not forget it. At most three days.</summary>
    /// <param name="scope">Who is banned.</param>
    /// <param name="duration">How long from now.</param>
    void BanFor(RateScope scope, TimeSpan duration);

    /// <summary>Takes for something that does not go through <see cref="IHttpTransport"/>, such as a request over a socket: all costs or none.</summary>
    /// <returns>Null, or the refusal with the time after which it may succeed.</returns>
    VenueError? Take(IReadOnlyList<RateCost> costs, RequestLane lane);
}
