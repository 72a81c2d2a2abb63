using Workbench.Core.Connections;
using Workbench.Core.Pipeline;
using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Core.Surface;

/// <summary><see cref="IConnections"/> over the engine.</summary>
internal sealed class EngineConnections(WorkbenchEngine engine, string origin, CancellationToken stop) : IConnections
{
    public IReadOnlyList<ConnectionStatus> All => engine.ConnectionStatuses;

    public RouteStatus Route(Symbol symbol) => engine.Routes.Status(symbol);

    public IReadOnlyList<InstrumentGate> InstrumentGates => engine.Boards.InstrumentBook.Gates;

    public bool AcceptInstrument(ConnectionId connection, Symbol symbol)
    {
        if (engine.Boards.InstrumentBook.Gate(connection, symbol) is not { NeedsAcceptance: true } || !engine.Boards.Instruments(connection).TryGet(symbol, out _))
        {
            return false;
        }

        engine.Inbox.Post(new InstrumentAccepted(connection, symbol, origin));
        return true;
    }

    public bool Resume(ConnectionId connection)
    {
        var wasDrained = engine.Routes.IsDrained(connection);
        if (wasDrained)
        {
            _ = AskAsync(new OperatorAction.Drain(connection, false), CancellationToken.None);
        }

        return (engine.Connection(connection)?.Resume(origin) ?? false) || wasDrained;
    }

    public Task<OperatorResult> FailOverAsync(string routeOrSymbol, ConnectionId? to, RouteHalf? half, CancellationToken cancellationToken) =>
        AskAsync(new OperatorAction.FailOver(routeOrSymbol, to, half), cancellationToken);

    public Task<OperatorResult> FailBackAsync(string routeOrSymbol, RouteHalf? half, CancellationToken cancellationToken) =>
        AskAsync(new OperatorAction.FailBack(routeOrSymbol, half), cancellationToken);

    public Task<OperatorResult> DrainAsync(ConnectionId connection, CancellationToken cancellationToken) =>
        engine.Connection(connection) is null ? Task.FromResult(Unknown(connection)) : AskAsync(new OperatorAction.Drain(connection, true), cancellationToken);

    public async Task<OperatorResult> ProbeAsync(ConnectionId connection, CancellationToken cancellationToken)
    {
        if (engine.Connection(connection) is not { } probed)
        {
            return Unknown(connection);
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellationToken);
        var answer = await probed.ProbeNowAsync(either.Token).ConfigureAwait(false);
        return Tell(connection, new OperatorResult(answer.IsOk, answer.IsOk ? $"{connection} answered in {answer.Value.TotalMilliseconds:0.#} ms" : $"{connection} did not answer: {answer.Error!.Message}"));
    }

    public Task<OperatorResult> IsolateAsync(ConnectionId connection, string reason, CancellationToken cancellationToken) =>
        Break(connection, c => c.Breaker.Isolate(reason), $"{connection} is isolated: {reason}");

    public Task<OperatorResult> CloseBreakerAsync(ConnectionId connection, CancellationToken cancellationToken) =>
        Break(connection, c => c.Breaker.Close($"closed by {origin}"), $"the breaker of {connection} is closed");

    public IAsyncEnumerable<ConnectionEvent> Events(CancellationToken cancellationToken) =>
        engine.Boards.ConnectionEvents.Subscribe(cancellationToken.CanBeCanceled ? cancellationToken : stop);

    private static OperatorResult Unknown(ConnectionId connection) => new(false, $"there is no connection {connection}");

    private Task<OperatorResult> Break(ConnectionId connection, Action<Connection> act, string done)
    {
        if (engine.Connection(connection) is not { } found)
        {
            return Task.FromResult(Unknown(connection));
        }

        act(found);
        return Task.FromResult(Tell(connection, new OperatorResult(true, done)));
    }

    private OperatorResult Tell(ConnectionId connection, OperatorResult result)
    {
        engine.Inbox.Post(new ConnectionNoticed(new ConnectionEvent(Timestamp.Now(engine.Time), ConnectionEventKind.Operator, connection, $"{result.Message} ({origin})"), IsAlarm: false));
        return result;
    }

    private async Task<OperatorResult> AskAsync(OperatorAction action, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<OperatorResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Inbox.Post(new OperatorAsked(action, origin, answer));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellationToken);
        return await answer.Task.WaitAsync(either.Token).ConfigureAwait(false);
    }
}
