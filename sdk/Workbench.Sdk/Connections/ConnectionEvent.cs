namespace Workbench.Sdk;

/// <summary>Something that happened to connections or routes.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What kind of event.</param>
/// <param name="Connection">The connection it is about, or the one that a route has moved to.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record ConnectionEvent(Timestamp At, ConnectionEventKind Kind, ConnectionId? Connection, string Message)
{
    /// <summary>The route that moved, by its name in the configuration; null when the event is not about a route.</summary>
    public string? Route { get; init; }

    /// <summary>Which half of it; null when the event is not about one half.</summary>
    public RouteHalf? Half { get; init; }

    /// <summary>The connection that was left; null when there was none.</summary>
    public ConnectionId? From { get; init; }

    /// <summary>The connection that is used now; null when there is none.</summary>
    public ConnectionId? To { get; init; }

    /// <summary>Why, without the rest of the sentence; null when there is nothing to say.</summary>
    public string? Reason { get; init; }
}

/// <summary>Kinds of <see cref="ConnectionEvent"/>.</summary>
public enum ConnectionEventKind
{
    /// <summary>A connection changed its state.</summary>
    StateChanged,

    /// <summary>A route moved away from a connection, or to nothing: <see cref="ConnectionEvent.To"/> is null then.</summary>
    Failover,

    /// <summary>A route moved back to the connection that it prefers.</summary>
    Failback,

    /// <summary>A readiness check found that a connection could not take over, or that it can again.</summary>
    Readiness,

    /// <summary>The rules, the meaning or the state of a market at a connection have changed, or the operator has accepted that.</summary>
    InstrumentChanged,

    /// <summary>A connection takes no orders until the operator resumes it.</summary>
    Halted,

    /// <summary>The operator has resumed a halted connection.</summary>
    Resumed,

    /// <summary>An operator acted on a connection or a route.</summary>
    Operator,
}
