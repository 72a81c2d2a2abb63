using Workbench.Sdk;

namespace Workbench.Core.Surface;

/// <summary><see cref="IPortfolio"/> over the engine.</summary>
internal sealed class EnginePortfolio(WorkbenchEngine engine, CancellationToken stop) : IPortfolio
{
    public IReadOnlyList<Position> Positions => [.. engine.Boards.Positions.Where(p => p.Connection is not null)];

    public IReadOnlyList<Fill> Fills => engine.Boards.Fills;

    public Position Position(Symbol symbol) => engine.Boards.Position(null, symbol) ?? new Position { Symbol = symbol };

    public IReadOnlyList<Balance> Balances(ConnectionId connection) => engine.Boards.Balances(connection);

    public IAsyncEnumerable<Fill> NewFills(CancellationToken cancellationToken) =>
        engine.Boards.NewFills.Subscribe(cancellationToken.CanBeCanceled ? cancellationToken : stop);
}
