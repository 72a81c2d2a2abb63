namespace Workbench.Simulator.Matching;

/// <summary>One trading account: balances, fee rates, and (unless it is a house account) its order and trade history.</summary>
internal sealed class Account(string id, bool isHouse = false, bool mayOwe = false)
{
    private readonly Dictionary<string, Balance> _balances = [];
    private readonly Dictionary<string, FeeRates> _feeRates = [];

    public string Id { get; } = id;

    /// <summary>House accounts drive the synthetic market: no history is kept and no account events are raised for them.</summary>
    public bool IsHouse { get; } = isHouse;

    /// <summary>Accounts of one group, other than 0, count as one for self-trade prevention.</summary>
    public long TradeGroup { get; set; }

    public decimal MakerRate { get; set; }
    public decimal TakerRate { get; set; }

    /// <summary>The rates come from the venue's tiers and the account's traded volume instead.</summary>
    public bool FollowsFeeTiers { get; set; }

    /// <summary>Pays fees in another asset for less; null pays in what a trade brings.</summary>
    public FeeDiscount? FeeDiscount { get; set; }

    /// <summary>What it traded, for fee tiers.</summary>
    public TradedVolume Volume { get; } = new();

    public AccountHistory History { get; } = new();

    public long UpdatedMicros { get; set; }

    public IReadOnlyDictionary<string, Balance> Balances => _balances;

    /// <summary>Open orders, oldest first.</summary>
    public IReadOnlyList<Order> OpenOrders => History.Open;

    /// <summary>All orders that are kept, unordered.</summary>
    public IReadOnlyCollection<Order> Orders => History.Orders;

    /// <summary>All lists of orders that are kept, oldest first.</summary>
    public IReadOnlyCollection<OrderList> Lists => History.Lists;

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

    /// <summary>Rates of its own on one symbol, which go before everything else; null when there are none.</summary>
    public FeeRates? OwnFeeRates(string symbol) => _feeRates.TryGetValue(symbol, out var rates) ? rates : null;

    /// <summary>Its rates on a symbol, tiers left aside; what a fill costs is <see cref="FeeSchedule.Rates"/>.</summary>
    public FeeRates FeeRates(string symbol) => OwnFeeRates(symbol) ?? new FeeRates(MakerRate, TakerRate);

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

    public Order? Find(long orderId) => History.Find(orderId);

    /// <summary>The newest order that bore this client id, open or not.</summary>
    public Order? Find(string symbol, string clientId) => History.Find(symbol, clientId);

    public OrderList? FindList(long listId) => History.FindList(listId);

    /// <summary>Fills of a symbol with an id not below <paramref name="fromId"/>, oldest first.</summary>
    public IReadOnlyList<AccountTrade> TradesSince(string symbol, long fromId = 0, int limit = int.MaxValue) =>
        History.TradesSince(symbol, fromId, limit);

    public IReadOnlyList<AccountTrade> Trades(string symbol) => History.Trades(symbol);

    /// <summary>Matches of its orders that self-trade prevention did not let happen, oldest first.</summary>
    public IReadOnlyList<PreventedMatch> PreventedMatches(string symbol) => History.PreventedMatches(symbol);

    internal void Remember(Order order)
    {
        if (!IsHouse)
        {
            History.Add(order);
        }
    }

    internal void Remember(OrderList list)
    {
        if (!IsHouse)
        {
            History.Add(list);
        }
    }

    /// <summary>Makes the order findable under its present client id.</summary>
    internal void Index(Order order)
    {
        if (!IsHouse)
        {
            History.Index(order);
        }
    }

    internal void Closed(Order order)
    {
        if (!IsHouse)
        {
            History.Close(order);
        }
    }

    internal void Closed(OrderList list)
    {
        if (!IsHouse)
        {
            History.Close(list);
        }
    }

    internal void Record(Order order, PreventedMatch match)
    {
        if (!IsHouse)
        {
            History.Add(order, match);
        }
    }

    internal void Record(Order order, AccountTrade trade)
    {
        if (!IsHouse)
        {
            History.Add(order, trade);
            Volume.Add(trade.TimeMicros, trade.QuoteQuantity);
        }
    }
}
