using System.Collections.Concurrent;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>The newest values of each market at each connection. One writer, any reader: a read is one lookup and one volatile read.</summary>
internal sealed class MarketBoard
{
    private readonly ConcurrentDictionary<(ConnectionId Connection, Symbol Symbol), MarketSlot> _slots = new();

    /// <summary>The newest quotes of all markets at all connections.</summary>
    public IReadOnlyList<Quote> All => [.. _slots.Values.Select(s => s.Quote).OfType<Quote>()];

    /// <summary>True once any quote has arrived.</summary>
    public bool Any => _slots.Values.Any(s => s.Quote is not null);

    /// <summary>The newest quote, whatever its age, or null.</summary>
    public Quote? Latest(ConnectionId connection, Symbol symbol) => Find(connection, symbol)?.Quote;

    /// <summary>What is known of a market at a connection; null when nothing ever came.</summary>
    public MarketSlot? Find(ConnectionId connection, Symbol symbol) => _slots.GetValueOrDefault((connection, symbol));

    /// <summary>Where the pipeline writes what it learns of a market.</summary>
    public MarketSlot SlotOf(ConnectionId connection, Symbol symbol) => _slots.GetOrAdd((connection, symbol), static _ => new MarketSlot());

    /// <summary>Pipeline thread only.</summary>
    public void Set(Quote quote) => SlotOf(quote.Stamp.Connection, quote.Symbol).Quote = quote;
}
