using Workbench.Sdk;

namespace Workbench.Core.Surface;

/// <summary><see cref="IConnections"/> over the engine.</summary>
internal sealed class EngineConnections(WorkbenchEngine engine, CancellationToken stop) : IConnections
{
    public IReadOnlyList<ConnectionStatus> All => engine.ConnectionStatuses;

    public RouteStatus Route(Symbol symbol) => engine.Routes.Status(symbol);

    public IAsyncEnumerable<ConnectionEvent> Events(CancellationToken cancellationToken) =>
        engine.Boards.ConnectionEvents.Subscribe(cancellationToken.CanBeCanceled ? cancellationToken : stop);
}
