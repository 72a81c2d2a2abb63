using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>One account's spot orders and fills in the order they came, across symbols. Used inside the venue's lock.</summary>
internal sealed class AccountLedger(BybitOptions options)
{
    private readonly List<Order> _orders = [];
    private readonly HashSet<long> _known = [];
    private readonly List<AccountFill> _fills = [];
    private readonly Dictionary<string, Order> _byLinkId = [];
    private readonly Dictionary<long, long> _selfMatches = [];
    private long _restartedMicros;
    private int _lastOrdinal;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Order> Orders => _orders;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<AccountFill> Fills => _fills;

    /// <summary>A price beyond the price limit is moved to it instead of refused.</summary>
    public bool MovesPrices { get; set; } = options.MovesSpotPrices;

    /// <summary>Open orders or those that ended recently, newest first: what openOnly=1 and look-ups by id see.</summary>
    public IEnumerable<Order> OpenAndRecent()
    {
        var rest = options.RecentClosedOrders;
        for (var i = _orders.Count - 1; i >= 0; i--)
        {
            var order = _orders[i];
            if (order.IsOpen || (order.UpdatedMicros >= _restartedMicros && rest-- > 0))
            {
                yield return order;
            }
        }
    }

    /// <summary>The order that bears or lately bore this id.</summary>
    public Order? FindByLinkId(string linkId) => _byLinkId.GetValueOrDefault(linkId);

    /// <summary>Whether the id is still taken: while its order is open, and some time after it ended.</summary>
    public bool IsTaken(string linkId, long nowMicros) =>
        FindByLinkId(linkId) is { } order
        && (order.IsOpen || nowMicros - order.UpdatedMicros < (long)options.LinkIdReservation.TotalMicroseconds);

    /// <summary>False for what is prepared but not placed: the exits of an order that is not filled yet.</summary>
    public bool Knows(Order order) => _known.Contains(order.Id);

    /// <summary>The order that ended this one by self-match, or 0.</summary>
    public long SelfMatchOf(Order order) => _selfMatches.GetValueOrDefault(order.Id);

    public void Add(Order order)
    {
        _orders.Add(order);
        _known.Add(order.Id);
        if (order.ClientId.Length > 0)
        {
            _byLinkId[order.ClientId] = order;
        }
    }

    public AccountFill Add(Order order, AccountTrade trade, long sequence)
    {
        var leaves = order.IsQuoteSized || !order.IsOpen ? 0 : order.Remaining;
        var fill = new AccountFill(order, trade) { Ordinal = ++_lastOrdinal, Sequence = sequence, Leaves = leaves };
        _fills.Add(fill);
        return fill;
    }

    /// <summary>Puts a corrected trade in the place of another, or takes that one away.</summary>
    public void Replace(AccountTrade trade, AccountTrade? corrected)
    {
        if (_fills.FindIndex(f => ReferenceEquals(f.Trade, trade)) is >= 0 and var at)
        {
            var old = _fills[at];
            _fills.RemoveAt(at);
            _fills.InsertRange(at, corrected is null ? [] : [new AccountFill(old.Order, corrected) { Ordinal = old.Ordinal, Sequence = old.Sequence, Leaves = old.Leaves }]);
        }
    }

    public void AddSelfMatch(Order order, long otherId) => _selfMatches[order.Id] = otherId;

    /// <summary>The service began anew: what ended before is in the history only.</summary>
    public void Restart(long nowMicros) => _restartedMicros = nowMicros;
}
