using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Workbench.Simulator.Matching;

/// <summary>An engine's books by symbol. Taking one by its name means to read it or to trade in it, and is announced; going through all of them is not.</summary>
internal sealed class BookShelf : IReadOnlyDictionary<string, OrderBook>
{
    private readonly Dictionary<string, OrderBook> _books = [];

    public Action<OrderBook>? Approaching { get; set; }

    public int Count => _books.Count;

    public IEnumerable<string> Keys => _books.Keys;

    public IEnumerable<OrderBook> Values => _books.Values;

    public OrderBook this[string key] => TryGetValue(key, out var book) ? book : throw new KeyNotFoundException($"There is no book {key}.");

    public void Add(OrderBook book) => _books.Add(book.Symbol, book);

    /// <summary>Finds the book for an order; the house's own orders are what moves the book and are not announced.</summary>
    public bool TryFind(Account account, string symbol, [MaybeNullWhen(false)] out OrderBook book) =>
        account.IsHouse ? _books.TryGetValue(symbol, out book) : TryGetValue(symbol, out book);

    public bool ContainsKey(string key) => _books.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out OrderBook value)
    {
        if (!_books.TryGetValue(key, out value))
        {
            return false;
        }

        Approaching?.Invoke(value);
        return true;
    }

    public IEnumerator<KeyValuePair<string, OrderBook>> GetEnumerator() => _books.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
