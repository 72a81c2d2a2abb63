namespace Workbench.Sdk;

/// <summary>Which connection a market uses now.</summary>
/// <param name="Symbol">The market.</param>
/// <param name="Data">The connection that market data comes from; null when none is usable.</param>
/// <param name="Trading">The connection that new orders go to; null when none is usable.</param>
/// <param name="DataIsBackup">True when <paramref name="Data"/> is not the primary.</param>
/// <param name="TradingIsBackup">True when <paramref name="Trading"/> is not the primary.</param>
public sealed record RouteStatus(Symbol Symbol, ConnectionId? Data, ConnectionId? Trading, bool DataIsBackup, bool TradingIsBackup);

/// <summary>Something that happened to connections or routes.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What kind of event.</param>
/// <param name="Connection">The connection it is about, or the one that a route has moved to.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record ConnectionEvent(Timestamp At, ConnectionEventKind Kind, ConnectionId? Connection, string Message);

/// <summary>Kinds of <see cref="ConnectionEvent"/>.</summary>
public enum ConnectionEventKind
{
    /// <summary>A connection changed its state.</summary>
    StateChanged,

    /// <summary>A route moved away from its primary, or to nothing.</summary>
    Failover,

    /// <summary>A route moved back to its primary.</summary>
    Failback,

    /// <summary>A readiness check found that a connection could not take over, or that it can again.</summary>
    Readiness,

    /// <summary>The rules, the meaning or the state of a market at a connection have changed, or the operator has accepted that.</summary>
    InstrumentChanged,

    /// <summary>A connection takes no orders until the operator resumes it.</summary>
    Halted,

    /// <summary>The operator has resumed a halted connection.</summary>
    Resumed,
}

/// <summary>Connections and routes.</summary>
public interface IConnections
{
    /// <summary>Every configured connection.</summary>
    IReadOnlyList<ConnectionStatus> All { get; }

    /// <summary>The route of a market now.</summary>
    RouteStatus Route(Symbol symbol);

    /// <summary>Every market that takes no orders from here, with the reason, by connection and market.</summary>
    IReadOnlyList<InstrumentGate> InstrumentGates { get; }

    /// <summary>Takes a market as the venue lists it now, after its unit, contract, name, base or quote changed: orders go there again. Look at <see cref="InstrumentGates"/> first.</summary>
    /// <returns>False when that market does not wait for it.</returns>
    bool AcceptInstrument(ConnectionId connection, Symbol symbol);

    /// <summary>Lets orders go to a connection again that was halted because its venue seemed to have lost state, or for the rights of its key. What the venue says now is taken as the truth from then on.</summary>
    /// <returns>False when it was not halted.</returns>
    bool Resume(ConnectionId connection);

    /// <summary>Each event from now on.</summary>
    IAsyncEnumerable<ConnectionEvent> Events(CancellationToken cancellationToken = default);
}
