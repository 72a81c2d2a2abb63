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

    /// <summary>
    /// Moves a route by hand. The chosen connection holds, whatever the policy says, until <see cref="FailBackAsync(string, RouteHalf?, CancellationToken)"/> or until it cannot be
    /// used any more. Only new orders move: what was sent stays with its venue.
    /// </summary>
    /// <param name="routeOrSymbol">A route by its name, or a market such as <c>BTC/USDT</c>: its route. Where each market has a connection of its own, a market moves alone.</param>
    /// <param name="to">Where to; null for the next one that can be used.</param>
    /// <param name="half">Which half; null for both.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer; what was asked for happens all the same.</param>
    /// <returns>Ends when it is done, or refused with the reason.</returns>
    Task<OperatorResult> FailOverAsync(string routeOrSymbol, ConnectionId? to = null, RouteHalf? half = null, CancellationToken cancellationToken = default);

    /// <summary>Takes a <see cref="FailOverAsync(string, ConnectionId?, RouteHalf?, CancellationToken)"/> back: the policy chooses afresh, and a primary that is held down is used at once.</summary>
    /// <param name="routeOrSymbol">A route by its name, or a market.</param>
    /// <param name="half">Which half; null for both.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer; what was asked for happens all the same.</param>
    /// <returns>Ends when it is done, or refused with the reason.</returns>
    Task<OperatorResult> FailBackAsync(string routeOrSymbol, RouteHalf? half = null, CancellationToken cancellationToken = default);

    /// <summary>Keeps new orders away from a connection, until <see cref="Resume"/>. Orders that are there finish, and can be cancelled; market data goes on.</summary>
    /// <returns>Ends when it is done, or refused with the reason.</returns>
    Task<OperatorResult> DrainAsync(ConnectionId connection, CancellationToken cancellationToken = default);

    /// <summary>Asks a venue for its time now, past a waiting retry; what it says counts for the connection's health.</summary>
    /// <returns>Whether it answered, and how fast or why not.</returns>
    Task<OperatorResult> ProbeAsync(ConnectionId connection, CancellationToken cancellationToken = default);

    /// <summary>Opens a connection's breaker for orders and keeps it open, until <see cref="CloseBreakerAsync"/>.</summary>
    /// <param name="connection">Which one.</param>
    /// <param name="reason">Why; shown as the connection's reason.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer; what was asked for happens all the same.</param>
    /// <returns>Whether there is such a connection.</returns>
    Task<OperatorResult> IsolateAsync(ConnectionId connection, string reason, CancellationToken cancellationToken = default);

    /// <summary>Closes a connection's breaker for orders, whatever opened it.</summary>
    /// <returns>Whether there is such a connection.</returns>
    Task<OperatorResult> CloseBreakerAsync(ConnectionId connection, CancellationToken cancellationToken = default);

    /// <summary>Lets orders go to a connection again that was drained, or halted because its venue seemed to have lost state, or for the rights of its key. What the venue says now is taken as the truth from then on.</summary>
    /// <returns>False when it was neither.</returns>
    bool Resume(ConnectionId connection);

    /// <summary>Each event from now on.</summary>
    IAsyncEnumerable<ConnectionEvent> Events(CancellationToken cancellationToken = default);
}

/// <summary>Short forms.</summary>
public static class ConnectionsExtensions
{
    /// <summary>Moves the route of a market by hand; see <see cref="IConnections.FailOverAsync(string, ConnectionId?, RouteHalf?, CancellationToken)"/>.</summary>
    public static Task<OperatorResult> FailOverAsync(this IConnections connections, Symbol symbol, ConnectionId? to = null, RouteHalf? half = null, CancellationToken cancellationToken = default) =>
        connections.FailOverAsync(symbol.ToString(), to, half, cancellationToken);

    /// <summary>Takes that back; see <see cref="IConnections.FailBackAsync(string, RouteHalf?, CancellationToken)"/>.</summary>
    public static Task<OperatorResult> FailBackAsync(this IConnections connections, Symbol symbol, RouteHalf? half = null, CancellationToken cancellationToken = default) =>
        connections.FailBackAsync(symbol.ToString(), half, cancellationToken);
}
