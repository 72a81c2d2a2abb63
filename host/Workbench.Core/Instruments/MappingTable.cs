using Workbench.Sdk;

namespace Workbench.Core.Instruments;

/// <summary>The checked mappings between connections, each with a version that rises whenever one side has changed and the comparison was made anew. Any thread.</summary>
internal sealed class MappingTable(InstrumentBook instruments)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(ConnectionId From, ConnectionId To, Symbol Symbol), Entry> _entries = [];

    /// <summary>Why an order of a market that is meant for one connection must not go to another; null when it may.</summary>
    public string? Obstacle(ConnectionId from, ConnectionId to, Symbol symbol)
    {
        if (!instruments.Map(to).TryGet(symbol, out var target))
        {
            return NotListed(to, symbol);
        }

        // A venue that was never read says nothing else than what the name says.
        var source = instruments.Map(from).TryGet(symbol, out var listed) ? listed : instruments.Known(from, symbol) ?? SymbolMapping.Plain(symbol);
        var (mapping, version) = Checked((from, to, symbol), source, target);
        return mapping.IsCompatible ? null : $"{symbol} at {from} and at {to} are not the same: {string.Join(", ", mapping.Conflicts)} (mapping v{version})";
    }

    /// <summary>The newest comparison and its version, from 1; null before the first.</summary>
    public (SymbolMapping Mapping, int Version)? Find(ConnectionId from, ConnectionId to, Symbol symbol)
    {
        lock (_lock)
        {
            return _entries.TryGetValue((from, to, symbol), out var entry) ? (entry.Mapping, entry.Version) : null;
        }
    }

    private Entry Checked((ConnectionId, ConnectionId, Symbol) key, Instrument source, Instrument target)
    {
        lock (_lock)
        {
            var before = _entries.GetValueOrDefault(key);
            if (before is not null && before.Mapping.From == source && before.Mapping.To == target)
            {
                return before;
            }

            return _entries[key] = new Entry(SymbolMapping.Check(source, target), (before?.Version ?? 0) + 1);
        }
    }

    private string NotListed(ConnectionId to, Symbol symbol)
    {
        var alike = instruments.Map(to).All.FirstOrDefault(i => i.Symbol.Base == symbol.Base && IsDollar(i.Symbol.Quote) && IsDollar(symbol.Quote));
        return alike is null ? $"{to} does not list {symbol}" : $"{to} does not list {symbol}; it lists {alike.Symbol}, and {alike.Symbol.Quote} is not {symbol.Quote}";
    }

    private static bool IsDollar(Asset asset) => asset.Code.Contains("USD", StringComparison.Ordinal);

    private sealed record Entry(SymbolMapping Mapping, int Version);
}
