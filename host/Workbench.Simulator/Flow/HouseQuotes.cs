using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Flow;

/// <summary>
/// The house's own orders in one book, by price. <see cref="Set"/> brings what the house shows at a price to a wished
/// quantity without doing clients a favour: what is added stands behind everybody who waits at that price, and what is taken
/// away is taken from the back.
/// </summary>
internal sealed class HouseQuotes(OrderBook book, Account house)
{
    private readonly Dictionary<decimal, List<Order>> _bids = [];
    private readonly Dictionary<decimal, List<Order>> _asks = [];

    /// <summary>Whether a quote that crosses a client's order trades with it; otherwise it stays away.</summary>
    public bool MayTake { get; init; } = true;

    /// <summary>Prices at which the house has, or had, something.</summary>
    public IEnumerable<decimal> Prices(Side side) => SideOf(side).Keys;

    /// <summary>What the house shows at a price now, after whatever clients have taken of it.</summary>
    public decimal Quantity(Side side, decimal price) => SideOf(side).TryGetValue(price, out var orders) ? Open(orders) : 0;

    public void Set(MatchingEngine engine, Side side, decimal price, decimal quantity)
    {
        var quotes = SideOf(side);
        if (!quotes.TryGetValue(price, out var orders))
        {
            if (quantity == 0)
            {
                return;
            }

            quotes[price] = orders = [];
        }

        var shown = Open(orders);
        orders.RemoveAll(static o => !o.IsOpen);
        if (quantity < shown)
        {
            Reduce(engine, orders, shown - quantity);
        }
        else if (quantity > shown)
        {
            Add(engine, side, price, orders, quantity - shown);
        }

        if (orders.Count == 0)
        {
            quotes.Remove(price);
        }
    }

    /// <summary>What the house shows at a price that a client's order waits behind.</summary>
    public decimal AheadOfClients(Side side, decimal price)
    {
        var ahead = 0m;
        var sum = 0m;
        for (var order = book[side].Find(price)?.First; order is not null; order = order.Next)
        {
            if (ReferenceEquals(order.Account, house))
            {
                sum += order.Remaining;
            }
            else
            {
                ahead = sum;
            }
        }

        return ahead;
    }

    /// <summary>Takes away from the front, as a trade does.</summary>
    /// <returns>How much of the house's first order was taken.</returns>
    public decimal TakeFront(MatchingEngine engine, Side side, decimal price, decimal quantity)
    {
        var first = book[side].Find(price)!.First!;
        var taken = Math.Min(quantity, first.Remaining);
        if (taken < first.Remaining)
        {
            engine.Amend(first, first.Quantity - taken, price);
        }
        else
        {
            engine.Cancel(first);
        }

        return taken;
    }

    private static decimal Open(List<Order> orders)
    {
        var sum = 0m;
        foreach (var order in orders)
        {
            sum += order.IsOpen ? order.Remaining : 0;
        }

        return sum;
    }

    private static void Reduce(MatchingEngine engine, List<Order> orders, decimal excess)
    {
        while (excess > 0)
        {
            var last = orders[^1];
            if (last.Remaining > excess)
            {
                engine.Amend(last, last.Quantity - excess, last.Price);
                return;
            }

            excess -= last.Remaining;
            engine.Cancel(last);
            orders.RemoveAt(orders.Count - 1);
        }
    }

    private void Add(MatchingEngine engine, Side side, decimal price, List<Order> orders, decimal more)
    {
        // Alone at the price there is nobody to jump ahead of, and one order is enough.
        if (orders.Count == 1 && orders[0].Level?.Count == 1)
        {
            engine.Amend(orders[0], orders[0].Quantity + more, price);
            return;
        }

        var placed = engine.Place(house, new NewOrder
        {
            Symbol = book.Symbol, Side = side, Type = OrderType.Limit, Price = price, Quantity = more,
            PostOnly = MayTake ? PostOnly.No : PostOnly.RefuseIfTaking,
        });
        if (placed.Order is { IsOpen: true } order)
        {
            // Else it met a client's order and is filled, or stays away from it, or the symbol does not trade now.
            orders.Add(order);
        }
    }

    private Dictionary<decimal, List<Order>> SideOf(Side side) => side == Side.Buy ? _bids : _asks;
}
