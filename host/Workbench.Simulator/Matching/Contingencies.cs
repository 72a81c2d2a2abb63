namespace Workbench.Simulator.Matching;

/// <summary>What the fate of one order means for the others of its list.</summary>
internal readonly struct Contingencies(Matcher matcher, EngineStep step, long now)
{
    /// <summary>Before an order is filled or begins to work by its trigger: the other of the pair ends, so that never both trade.</summary>
    public void EndContra(Order order)
    {
        if (order is { List.IsEnding: false, Contra: { IsOpen: true } contra })
        {
            matcher.Expire(contra, CloseReason.ContingentOrder);
        }
    }

    /// <summary>After an order ended, filled or not.</summary>
    public void Ended(Order order)
    {
        if (order.List is not { } list)
        {
            return;
        }

        if (!list.IsEnding && order.CloseReason != CloseReason.ContingentOrder)
        {
            EndContra(order);
            if (ReferenceEquals(order, list.Working))
            {
                WorkingEnded(order, list);
            }
        }

        if (list.IsOpen && !list.Orders.Exists(o => o.IsOpen))
        {
            list.IsOpen = false;
            list.Account.Closed(list);
            step.Emit(OrderListEventKind.Done, list, now);
        }
    }

    private void WorkingEnded(Order working, OrderList list)
    {
        foreach (var pending in list.Orders)
        {
            if (pending.Status != OrderStatus.Pending)
            {
                continue;
            }

            if (working.Status == OrderStatus.Filled)
            {
                step.Then(new EngineWork(WorkKind.Place, pending));
            }
            else
            {
                matcher.Expire(pending, CloseReason.ContingentOrder);
            }
        }
    }
}
