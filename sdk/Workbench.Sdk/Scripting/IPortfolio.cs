namespace Workbench.Sdk;

/// <summary>What we hold, from fills; and what the venues say we hold.</summary>
public interface IPortfolio
{
    /// <summary>The position in a market, summed over all connections; flat when there never was one.</summary>
    Position Position(Symbol symbol);

    /// <summary>Every position by market and connection.</summary>
    IReadOnlyList<Position> Positions { get; }

    /// <summary>Every fill since the journal began, oldest first.</summary>
    IReadOnlyList<Fill> Fills { get; }

    /// <summary>Each fill from now on.</summary>
    IAsyncEnumerable<Fill> NewFills(CancellationToken cancellationToken = default);

    /// <summary>The balances at a connection as its venue last said; empty when it has not.</summary>
    IReadOnlyList<Balance> Balances(ConnectionId connection);
}
