namespace Workbench.Simulator.Matching;

/// <summary>
/// Orders, fills, lists and prevented matches of one account. Open orders are always kept; of what is over only the newest,
/// so that memory does not grow for ever.
/// </summary>
internal sealed class AccountHistory
{
    private readonly Dictionary<long, Order> _orders = [];
    private readonly Dictionary<(string Symbol, string ClientId), Order> _byClientId = [];
    private readonly Dictionary<string, List<AccountTrade>> _trades = [];
    private readonly Dictionary<string, List<PreventedMatch>> _prevented = [];
    private readonly SortedDictionary<long, OrderList> _lists = [];
    private readonly Queue<Order> _closed = [];
    private readonly Queue<OrderList> _doneLists = [];
    private readonly List<Order> _open = [];

    /// <summary>How many orders that are over are kept.</summary>
    public int OrderLimit { get; set; } = 10_000;

    /// <summary>How many fills are kept of each symbol.</summary>
    public int TradeLimit { get; set; } = 20_000;

    public IReadOnlyList<Order> Open => _open;

    public IReadOnlyCollection<Order> Orders => _orders.Values;

    public IReadOnlyCollection<OrderList> Lists => _lists.Values;

    public Order? Find(long orderId) => _orders.GetValueOrDefault(orderId);

    public Order? Find(string symbol, string clientId) => _byClientId.GetValueOrDefault((symbol, clientId));

    public OrderList? FindList(long listId) => _lists.GetValueOrDefault(listId);

    public IReadOnlyList<AccountTrade> Trades(string symbol) => _trades.TryGetValue(symbol, out var all) ? all : [];

    public IReadOnlyList<AccountTrade> TradesSince(string symbol, long fromId, int limit)
    {
        if (!_trades.TryGetValue(symbol, out var all))
        {
            return [];
        }

        var start = fromId <= 0 ? 0 : all.FindIndex(t => t.Id >= fromId);
        return start < 0 ? [] : all.GetRange(start, Math.Min(limit, all.Count - start));
    }

    public IReadOnlyList<PreventedMatch> PreventedMatches(string symbol) => _prevented.TryGetValue(symbol, out var all) ? all : [];

    public void Add(Order order)
    {
        order.Fills = [];
        _orders.Add(order.Id, order);
        _open.Add(order);
        Index(order);
    }

    public void Add(OrderList list) => _lists.Add(list.Id, list);

    public void Index(Order order)
    {
        if (order.ClientId.Length > 0)
        {
            _byClientId[(order.Symbol, order.ClientId)] = order;
        }
    }

    public void Close(Order order)
    {
        _open.Remove(order);
        _closed.Enqueue(order);
        while (_closed.Count > OrderLimit)
        {
            var oldest = _closed.Dequeue();
            _orders.Remove(oldest.Id);
            if (Find(oldest.Symbol, oldest.ClientId) is { } named && ReferenceEquals(named, oldest))
            {
                _byClientId.Remove((oldest.Symbol, oldest.ClientId));
            }
        }
    }

    public void Close(OrderList list)
    {
        _doneLists.Enqueue(list);
        while (_doneLists.Count > OrderLimit)
        {
            _lists.Remove(_doneLists.Dequeue().Id);
        }
    }

    public void Add(Order order, AccountTrade trade)
    {
        order.Fills!.Add(trade);
        Append(_trades, order.Symbol, trade);
    }

    /// <summary>Puts a corrected trade in the place of another, or takes that one away.</summary>
    public void Replace(Order order, AccountTrade trade, AccountTrade? corrected)
    {
        foreach (var list in (List<AccountTrade>[])[order.Fills!, _trades[order.Symbol]])
        {
            if (list.IndexOf(trade) is >= 0 and var at)
            {
                list.RemoveAt(at);
                list.InsertRange(at, corrected is null ? [] : [corrected]);
            }
        }
    }

    public void Add(Order order, PreventedMatch match)
    {
        (order.PreventedMatches ??= []).Add(match);
        if (PreventedMatches(match.Symbol) is not [.., var newest] || newest.Id != match.Id)
        {
            Append(_prevented, match.Symbol, match);
        }
    }

    // Trims in lots, so that a full history does not move its whole content for every addition.
    private void Append<T>(Dictionary<string, List<T>> lists, string symbol, T item)
    {
        if (!lists.TryGetValue(symbol, out var all))
        {
            all = lists[symbol] = [];
        }

        all.Add(item);
        if (all.Count > TradeLimit + (TradeLimit / 8))
        {
            all.RemoveRange(0, all.Count - TradeLimit);
        }
    }
}
