namespace Workbench.Simulator.Matching;

/// <summary>The orders of one symbol that wait for one kind of price.</summary>
internal sealed class TriggerBook
{
    private readonly SortedSet<Order> _rising = new(Nearest(1));
    private readonly SortedSet<Order> _falling = new(Nearest(-1));
    private readonly List<Order> _tracking = [];
    private readonly List<Order> _reached = [];

    public int Count => _rising.Count + _falling.Count + _tracking.Count;

    public void Add(Order order, decimal lastPrice, long now)
    {
        var trigger = order.Trigger!;
        if (trigger.IsTracking || (trigger.Terms.IsTrailing && trigger.Terms.Price == 0))
        {
            trigger.Track(order.Side, trigger.IsTracking ? 0 : lastPrice, now);
            _tracking.Add(order);
            return;
        }

        Waiting(order).Add(order);
    }

    public void Remove(Order order)
    {
        if (order.Trigger!.IsTracking)
        {
            _tracking.Remove(order);
        }
        else
        {
            Waiting(order).Remove(order);
        }
    }

    /// <summary>
    /// Takes out the orders that a new price reaches and queues them: rising ones from the lowest trigger price, then falling
    /// ones from the highest, the older first where prices are equal.
    /// </summary>
    public void Observe(decimal price, long now, Queue<EngineWork> queue)
    {
        if (Count == 0)
        {
            return;
        }

        Follow(price);
        Reach(_rising, TriggerDirection.RisesTo, price, now);
        Reach(_falling, TriggerDirection.FallsTo, price, now);
        if (_reached.Count > 1)
        {
            _reached.Sort(InFiringOrder);
        }

        foreach (var order in _reached)
        {
            order.Trigger!.IsQueued = true;
            queue.Enqueue(new EngineWork(WorkKind.Activate, order));
        }

        _reached.Clear();
    }

    private void Follow(decimal price)
    {
        for (var i = 0; i < _tracking.Count; i++)
        {
            var order = _tracking[i];
            if (order.Trigger!.Observe(order.Side, price))
            {
                _reached.Add(order);
                _tracking.RemoveAt(i--);
            }
        }
    }

    private void Reach(SortedSet<Order> waiting, TriggerDirection direction, decimal price, long now)
    {
        while (waiting.Min is { } order && TriggerState.IsReached(direction, order.Trigger!.Price, price))
        {
            waiting.Remove(order);
            if (order.Trigger.Terms.IsTrailing)
            {
                order.Trigger.Track(order.Side, price, now);
                _tracking.Add(order);
            }
            else
            {
                _reached.Add(order);
            }
        }
    }

    private SortedSet<Order> Waiting(Order order) =>
        order.Trigger!.Terms.Direction == TriggerDirection.RisesTo ? _rising : _falling;

    private static TriggerDirection FiringDirection(Order order) => !order.Trigger!.Terms.IsTrailing
        ? order.Trigger.Terms.Direction
        : order.Side == Side.Sell ? TriggerDirection.FallsTo : TriggerDirection.RisesTo;

    private static int InFiringOrder(Order a, Order b)
    {
        var direction = FiringDirection(a);
        if (direction != FiringDirection(b))
        {
            return direction.CompareTo(FiringDirection(b));
        }

        var byPrice = a.Trigger!.Price.CompareTo(b.Trigger!.Price);
        return byPrice == 0 ? a.Id.CompareTo(b.Id) : direction == TriggerDirection.RisesTo ? byPrice : -byPrice;
    }

    private static Comparer<Order> Nearest(int sign) => Comparer<Order>.Create((a, b) =>
    {
        var byPrice = a.Trigger!.Price.CompareTo(b.Trigger!.Price);
        return byPrice == 0 ? a.Id.CompareTo(b.Id) : sign * byPrice;
    });
}
