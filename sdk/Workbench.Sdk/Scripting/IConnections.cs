namespace Workbench.Sdk;

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
