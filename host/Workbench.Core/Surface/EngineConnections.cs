using Workbench.Core.Pipeline;
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

    public bool Resume(ConnectionId connection) => engine.Connection(connection)?.Resume(origin) ?? false;

    public IAsyncEnumerable<ConnectionEvent> Events(CancellationToken cancellationToken) =>
        engine.Boards.ConnectionEvents.Subscribe(cancellationToken.CanBeCanceled ? cancellationToken : stop);
}
