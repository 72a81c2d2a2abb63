using System.Collections.Concurrent;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>The newest quote of each market at each connection. One writer, any reader: a read is one lookup and one volatile read.</summary>
internal sealed class QuoteBoard
{
    private readonly ConcurrentDictionary<(ConnectionId Connection, Symbol Symbol), Slot> _slots = new();

    /// <summary>The newest quote, whatever its age, or null.</summary>
    public Quote? Latest(ConnectionId connection, Symbol symbol) => _slots.TryGetValue((connection, symbol), out var slot) ? slot.Quote : null;

    /// <summary>The newest quotes of all markets at all connections.</summary>
    public IReadOnlyList<Quote> All => [.. _slots.Values.Select(s => s.Quote).OfType<Quote>()];

    /// <summary>True once any quote has arrived.</summary>
    public bool Any => !_slots.IsEmpty;

    /// <summary>Pipeline thread only.</summary>
    public void Set(Quote quote) => _slots.GetOrAdd((quote.Stamp.Connection, quote.Symbol), static _ => new Slot()).Quote = quote;

    private sealed class Slot
    {
        private volatile Quote? _quote;

        public Quote? Quote
        {
            get => _quote;
            set => _quote = value;
        }
    }
}
