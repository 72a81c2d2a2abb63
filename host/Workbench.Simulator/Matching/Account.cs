namespace Workbench.Simulator.Matching;

/// <summary>One trading account: balances, fee rates, and (unless it is a house account) its order and trade history.</summary>
internal sealed class Account(string id, bool isHouse = false, bool mayOwe = false)
{
    private readonly Dictionary<string, Balance> _balances = [];
    private readonly Dictionary<long, Order> _orders = [];
    private readonly Dictionary<(string Symbol, string ClientId), Order> _byClientId = [];
    private readonly Dictionary<string, List<AccountTrade>> _trades = [];
    private readonly Dictionary<string, List<PreventedMatch>> _prevented = [];
    private readonly Dictionary<string, FeeRates> _feeRates = [];
    private readonly SortedDictionary<long, OrderList> _lists = [];
    private readonly List<Order> _open = [];

    public string Id { get; } = id;

    /// <summary>House accounts drive the synthetic market: no history is kept and no account events are raised for them.</summary>
    public bool IsHouse { get; } = isHouse;

    /// <summary>Accounts of one group, other than 0, count as one for self-trade prevention.</summary>
    public long TradeGroup { get; init; }

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
            balance = _balances[asset] = new Balance(asset, mayOwe);
        }

        return balance;
    }

    /// <summary>Makes a balance of another account this account's own: both draw on the same money.</summary>
    public void Share(Balance balance) => _balances[balance.Asset] = balance;

    /// <summary>Whether orders of the two may be kept from trading with each other.</summary>
    public bool IsSelf(Account other) => ReferenceEquals(this, other) || (TradeGroup != 0 && TradeGroup == other.TradeGroup);

    /// <summary>The rates of this account on a symbol.</summary>
    public FeeRates FeeRates(string symbol) => _feeRates.TryGetValue(symbol, out var rates) ? rates : new FeeRates(MakerRate, TakerRate);

    /// <summary>Sets rates that differ on one symbol; null takes them back.</summary>
    public void SetFeeRates(string symbol, FeeRates? rates)
    {
        if (rates is { } value)
        {
            _feeRates[symbol] = value;
        }
        else
        {
            _feeRates.Remove(symbol);
        }
    }

    /// <summary>Matches of its orders that self-trade prevention did not let happen, oldest first.</summary>
    public IReadOnlyList<PreventedMatch> PreventedMatches(string symbol) => _prevented.TryGetValue(symbol, out var all) ? all : [];

    /// <summary>All lists of orders that are kept, oldest first.</summary>
    public IReadOnlyCollection<OrderList> Lists => _lists.Values;

    public OrderList? FindList(long listId) => _lists.GetValueOrDefault(listId);

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

    internal void Remember(OrderList list)
    {
        if (!IsHouse)
        {
            _lists.Add(list.Id, list);
        }
    }

    internal void Record(Order order, PreventedMatch match)
    {
        if (IsHouse)
        {
            return;
        }

        (order.PreventedMatches ??= []).Add(match);
        if (!_prevented.TryGetValue(match.Symbol, out var all))
        {
            all = _prevented[match.Symbol] = [];
        }

        if (all.Count == 0 || all[^1].Id != match.Id)
        {
            all.Add(match);
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
