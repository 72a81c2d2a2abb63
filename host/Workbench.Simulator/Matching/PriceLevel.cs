namespace Workbench.Simulator.Matching;

/// <summary>All resting orders at one price, oldest first (time priority), as an intrusive list.</summary>
internal sealed class PriceLevel(decimal price)
{
    private Order? _last;

    public decimal Price { get; } = price;

    /// <summary>What the public sees: the visible parts of the orders, and what a fault put there.</summary>
    public decimal Quantity { get; set; }

    /// <summary>Shown without an order behind it; nothing can trade with it.</summary>
    public decimal Phantom { get; private set; }

    /// <summary>What icebergs keep back.</summary>
    public decimal Hidden { get; set; }

    public int Count { get; private set; }
    public Order? First { get; private set; }

    /// <summary>What can be traded at this price.</summary>
    public decimal Tradable => Quantity - Phantom + Hidden;

    public bool IsEmpty => Count == 0 && Phantom == 0;

    public void Append(Order order)
    {
        order.Level = this;
        order.Previous = _last;
        order.Next = null;
        if (_last is null)
        {
            First = order;
        }
        else
        {
            _last.Next = order;
        }

        _last = order;
        Count++;
        order.Visible = order.DisplayQuantity > 0 ? Math.Min(order.DisplayQuantity, order.Remaining) : order.Remaining;
        Quantity += order.Visible;
        Hidden += order.Remaining - order.Visible;
    }

    /// <summary>Unlinks the order; its remaining quantity must still be counted in the level.</summary>
    public void Remove(Order order)
    {
        if (order.Previous is null)
        {
            First = order.Next;
        }
        else
        {
            order.Previous.Next = order.Next;
        }

        if (order.Next is null)
        {
            _last = order.Previous;
        }
        else
        {
            order.Next.Previous = order.Previous;
        }

        order.Level = null;
        order.Next = order.Previous = null;
        Count--;
        Quantity -= order.Visible;
        Hidden -= order.Remaining - order.Visible;
        order.Visible = 0;
    }

    /// <summary>
    /// Takes what was traded (or prevented) off the first order; call it before the order's own amounts change. The place is
    /// kept; <see cref="Replenish"/> moves an iceberg whose visible part is used up.
    /// </summary>
    public void Take(Order order, decimal quantity)
    {
        order.Visible -= quantity;
        Quantity -= quantity;
    }

    /// <summary>Shows the next part of an iceberg, behind everybody else at this price.</summary>
    public void Replenish(Order order)
    {
        Remove(order);
        Append(order);
    }

    /// <summary>Makes a resting order smaller where it stands: first what it hides, then what it shows.</summary>
    public void Shrink(Order order, decimal by)
    {
        var hidden = Math.Min(by, order.Remaining - order.Visible);
        Hidden -= hidden;
        order.Visible -= by - hidden;
        Quantity -= by - hidden;
    }

    public void Pretend(decimal quantity)
    {
        Quantity += quantity - Phantom;
        Phantom = quantity;
    }
}
