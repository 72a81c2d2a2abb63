namespace Workbench.Simulator.Matching;

/// <summary>One trading account: balances, fee rates, and (unless it is a house account) its order and trade history.</summary>
internal sealed class Account(string id, bool isHouse = false)
{
    private readonly Dictionary<string, Balance> _balances = [];
    private readonly Dictionary<long, Order> _orders = [];
    private readonly Dictionary<(string Symbol, string ClientId), Order> _byClientId = [];
    private readonly Dictionary<string, List<AccountTrade>> _trades = [];
    private readonly List<Order> _open = [];

    public string Id { get; } = id;

    /// <summary>House accounts drive the synthetic market: no history is kept and no account events are raised for them.</summary>
    public bool IsHouse { get; } = isHouse;

    public decimal MakerRate { get; set; }
    public decimal TakerRate { get; set; }
    public long UpdatedMicros { get; set; }

    public IReadOnlyDictionary<string, Balance> Balances => _balances;

    /// <summary>Open orders, oldest first.</summary>
    public IReadOnlyList<Order> OpenOrders => _open;

    /// <summary>All orders that are kept, unordered.</summary>
    public IReadOnlyCollection<Order> Orders => _orders.Values;

    public Balance Balance(string asset)
    {
        if (!_balances.TryGetValue(asset, out var balance))
        {
            balance = _balances[asset] = new Balance(asset);
        }

        return balance;
    }

    /// <summary>Makes a balance of another account this account's own: both draw on the same money.</summary>
    public void Share(Balance balance) => _balances[balance.Asset] = balance;

    public Order? Find(long orderId) => _orders.GetValueOrDefault(orderId);

    /// <summary>The newest order that bore this client id, open or not.</summary>
    public Order? Find(string symbol, string clientId) => _byClientId.GetValueOrDefault((symbol, clientId));

    /// <summary>Fills of a symbol with an id not below <paramref name="fromId"/>, oldest first.</summary>
    public IReadOnlyList<AccountTrade> TradesSince(string symbol, long fromId = 0, int limit = int.MaxValue)
    {
        if (!_trades.TryGetValue(symbol, out var all))
        {
            return [];
        }

        var start = fromId <= 0 ? 0 : all.FindIndex(t => t.Id >= fromId);
        return start < 0 ? [] : all.GetRange(start, Math.Min(limit, all.Count - start));
    }

    public IReadOnlyList<AccountTrade> Trades(string symbol) => _trades.TryGetValue(symbol, out var all) ? all : [];

    internal void Remember(Order order)
    {
        if (IsHouse)
        {
            return;
        }

        order.Fills = [];
        _orders.Add(order.Id, order);
        _open.Add(order);
        Index(order);
    }

    /// <summary>Makes the order findable under its present client id.</summary>
    internal void Index(Order order)
    {
        if (!IsHouse && order.ClientId.Length > 0)
        {
            _byClientId[(order.Symbol, order.ClientId)] = order;
        }
    }

    internal void Closed(Order order)
    {
        if (!IsHouse)
        {
            _open.Remove(order);
        }
    }

    internal void Record(Order order, AccountTrade trade)
    {
        if (IsHouse)
        {
            return;
        }

        order.Fills!.Add(trade);
        if (!_trades.TryGetValue(order.Symbol, out var all))
        {
            all = _trades[order.Symbol] = [];
        }

        all.Add(trade);
    }
}
