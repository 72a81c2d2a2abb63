using Workbench.Sdk;

namespace Workbench.Core.Portfolio;

/// <summary>Positions from fills, by market and connection and in sum over the connections; average cost, exact.</summary>
/// <remarks>Used by one thread. It believes every fill it is given: repeated ones are sorted out before, by the execution core.</remarks>
public sealed class PortfolioBook
{
    private readonly Dictionary<(ConnectionId Connection, Symbol Symbol), PositionLedger> _ledgers = [];
    private readonly Dictionary<Symbol, PositionLedger> _totals = [];

    /// <summary>Every position by market and connection, in the order of their first fill. A snapshot.</summary>
    public IReadOnlyList<Position> Positions => [.. _ledgers.Values.Select(l => l.Position)];

    /// <summary>Every market's position over all connections, in the order of their first fill. A snapshot.</summary>
    public IReadOnlyList<Position> Totals => [.. _totals.Values.Select(l => l.Position)];

    /// <summary>Adds a fill.</summary>
    public void Apply(Fill fill)
    {
        Ledger(_ledgers, (fill.Connection, fill.Symbol), fill.Symbol, fill.Connection).Apply(fill.Report);
        Ledger(_totals, fill.Symbol, fill.Symbol, null).Apply(fill.Report);
    }

    /// <summary>The position in a market at one connection; flat when there never was one.</summary>
    public Position Position(ConnectionId connection, Symbol symbol) =>
        _ledgers.TryGetValue((connection, symbol), out var ledger) ? ledger.Position : new Position { Symbol = symbol, Connection = connection };

    /// <summary>The position in a market over all connections; flat when there never was one.</summary>
    public Position Total(Symbol symbol) => _totals.TryGetValue(symbol, out var ledger) ? ledger.Position : new Position { Symbol = symbol };

    private static PositionLedger Ledger<TKey>(Dictionary<TKey, PositionLedger> ledgers, TKey key, Symbol symbol, ConnectionId? connection)
        where TKey : notnull
    {
        if (!ledgers.TryGetValue(key, out var ledger))
        {
            ledgers.Add(key, ledger = new PositionLedger(symbol, connection));
        }

        return ledger;
    }
}
