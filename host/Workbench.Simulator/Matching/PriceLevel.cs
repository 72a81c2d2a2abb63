namespace Workbench.Simulator.Matching;

/// <summary>All resting orders at one price, oldest first (time priority), as an intrusive list.</summary>
internal sealed class PriceLevel(decimal price)
{
    public decimal Price { get; } = price;
    public decimal Quantity { get; set; }
    public int Count { get; private set; }
    public Order? First { get; private set; }
    private Order? _last;

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
        Quantity += order.Remaining;
    }

    /// <summary>Unlinks the order; its remaining quantity must still be counted in <see cref="Quantity"/>.</summary>
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
        Quantity -= order.Remaining;
    }
}
