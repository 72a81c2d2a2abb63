using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>One account's orders and fills in the order they came, across symbols. Used inside the venue's lock.</summary>
internal sealed class AccountLedger
{
    private readonly List<Order> _orders = [];
    private readonly List<AccountFill> _fills = [];
    private readonly Dictionary<string, Order> _byLinkId = [];
    private readonly Dictionary<long, long> _selfMatches = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Order> Orders => _orders;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<AccountFill> Fills => _fills;

    /// <summary>An id stays reserved as long as the simulator runs; the live venue does not say how long it does.</summary>
    public Order? FindByLinkId(string linkId) => _byLinkId.GetValueOrDefault(linkId);

    /// <summary>The order that ended this one by self-match, or 0.</summary>
    public long SelfMatchOf(Order order) => _selfMatches.GetValueOrDefault(order.Id);

    public void Add(Order order)
    {
        _orders.Add(order);
        if (order.ClientId.Length > 0)
        {
            _byLinkId[order.ClientId] = order;
        }
    }

    public AccountFill Add(Order order, AccountTrade trade, long sequence)
    {
        var leaves = order.IsQuoteSized || !order.IsOpen ? 0 : order.Remaining;
        var fill = new AccountFill(order, trade) { Ordinal = _fills.Count + 1, Sequence = sequence, Leaves = leaves };
        _fills.Add(fill);
        return fill;
    }

    public void AddSelfMatch(Order order, Order other) => _selfMatches[order.Id] = other.Id;
}
