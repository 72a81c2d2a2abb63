using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Matching.Reference;

/// <content>Ends of orders, self-trade prevention, triggers and lists.</content>
internal sealed partial class NaiveMarket
{
    private void Expire(NaiveOrder order, string reason)
    {
        if (order.IsQuoteSized)
        {
            order.Quantity = order.Done;
        }

        End(order, "Expired", "Expired", reason);
    }

    private void End(NaiveOrder order, string what, string status, string reason)
    {
        order.Rank = 0;
        order.Shown = 0;
        order.Status = status;
        order.Reason = reason;
        Say(what, order);
        Ended(order);
    }

    private void EndContra(NaiveOrder order)
    {
        if (order.List is { IsEnding: false } && order.Contra is { IsOpen: true } contra)
        {
            Expire(contra, "ContingentOrder");
        }
    }

    private void Ended(NaiveOrder order)
    {
        if (order.IsOpen || order.List is not { } list)
        {
            return;
        }

        if (!list.IsEnding && order.Reason != "ContingentOrder")
        {
            EndContra(order);
            foreach (var pending in list.Orders.Where(o => o.Status == "Pending" && ReferenceEquals(order, list.Working)))
            {
                if (order.Status == "Filled")
                {
                    _queue.Enqueue((pending, IsFired: false));
                }
                else
                {
                    Expire(pending, "ContingentOrder");
                }
            }
        }

        if (!list.IsDone && list.Orders.TrueForAll(o => !o.IsOpen))
        {
            list.IsDone = true;
            Log.Add($"list {list.Id} Done");
        }
    }

    private void Prevent(NaiveOrder taker, NaiveOrder maker, decimal quantity)
    {
        var mode = taker.Request.SelfTradePrevention;
        if (mode is SelfTradePrevention.ExpireMaker or SelfTradePrevention.ExpireBoth)
        {
            ExpireInMatch(maker);
        }

        if (mode is SelfTradePrevention.ExpireTaker or SelfTradePrevention.ExpireBoth)
        {
            ExpireInMatch(taker);
        }

        if (mode is SelfTradePrevention.Decrement or SelfTradePrevention.Transfer)
        {
            if (mode == SelfTradePrevention.Transfer && maker.Request.SelfTradePrevention == mode && maker.Account != taker.Account)
            {
                Exchange(taker, maker.Price, quantity);
                Exchange(maker, maker.Price, quantity);
            }

            maker.Prevented += quantity;
            Reduce(maker, quantity);
            Reduced(maker, maker.Rest == 0);
            taker.Prevented += taker.IsQuoteSized ? 0 : quantity;
            taker.PreventedQuote += taker.IsQuoteSized ? quantity * maker.Price : 0;
            Reduced(taker, Wanted(taker, maker.Price) <= 0);
        }
    }

    private void Reduced(NaiveOrder order, bool isOver)
    {
        if (isOver)
        {
            ExpireInMatch(order);
        }
        else
        {
            Say("TradePrevention", order);
        }
    }

    private void ExpireInMatch(NaiveOrder order)
    {
        if (order.IsQuoteSized)
        {
            order.Quantity = order.Done;
        }
        else
        {
            order.Prevented += order.Rest;
        }

        End(order, "Expired", "ExpiredInMatch", "SelfTrade");
    }

    private void PublicTrade(decimal price, decimal quantity, bool takerBuys, long takerId)
    {
        _last = price;
        Log.Add($"public {++_tradeId} {price:0.####} {quantity:0.####} {(takerBuys ? "Buy" : "Sell")} #{takerId}");
        List<NaiveOrder> reached = [];
        foreach (var order in _orders.Where(o => o.Status == "Untriggered" && !o.IsFired))
        {
            if (Reaches(order, price))
            {
                order.IsFired = true;
                reached.Add(order);
            }
        }

        var rising = reached.Where(o => !o.FiresFalling).OrderBy(o => o.TriggerPrice).ThenBy(o => o.Id);
        var falling = reached.Where(o => o.FiresFalling).OrderByDescending(o => o.TriggerPrice).ThenBy(o => o.Id);
        foreach (var order in rising.Concat(falling).ToList())
        {
            _queue.Enqueue((order, IsFired: true));
        }
    }

    private static bool Reaches(NaiveOrder order, decimal price)
    {
        if (!order.IsTracking)
        {
            var isThere = order.Trigger!.Direction == TriggerDirection.RisesTo ? price >= order.TriggerPrice : price <= order.TriggerPrice;
            if (isThere && order.Trigger.IsTrailing)
            {
                order.IsTracking = true;
                Stretch(order, price);
                return false;
            }

            return isThere;
        }

        if (order.Extreme == 0 || (order.Buys ? price < order.Extreme : price > order.Extreme))
        {
            Stretch(order, price);
            return false;
        }

        return order.Buys ? price >= order.TriggerPrice : price <= order.TriggerPrice;
    }

    private static void Stretch(NaiveOrder order, decimal price)
    {
        var distance = price * order.Trigger!.TrailingBips / 10_000;
        order.Extreme = price;
        order.TriggerPrice = order.Buys ? price + distance : price - distance;
    }

    private void Drain()
    {
        while (_queue.TryDequeue(out var next))
        {
            if (next.IsFired && next.Order.Status == "Untriggered")
            {
                Activate(next.Order);
            }
            else if (!next.IsFired && next.Order.Status == "Pending")
            {
                TakeTurn(next.Order);
            }
        }
    }

    private void Activate(NaiveOrder order)
    {
        EndContra(order);
        order.Status = "New";
        if (!CanWork(order))
        {
            order.Status = "Untriggered";
            Expire(order, "InsufficientBalance");
            return;
        }

        Say("Triggered", order);
        Run(order);
    }

    private void TakeTurn(NaiveOrder order)
    {
        if (order.Trigger is { } trigger && IsReached(trigger))
        {
            Expire(order, "WouldTrigger");
            return;
        }

        order.Status = order.Trigger is null ? "New" : "Untriggered";
        if (order.Trigger is null ? !CanWork(order) : Money.Free(order.Account, order.Buys ? "B" : "A") < 0)
        {
            order.Status = "Pending";
            Expire(order, "InsufficientBalance");
            return;
        }

        Say("Placed", order);
        if (order.List!.Orders.TrueForAll(o => o.Status != "Pending"))
        {
            Log.Add($"list {order.List.Id} Updated");
        }

        Enter(order);
    }

    // Asked with the order's status already changed, so that what it locks is counted.
    private bool CanWork(NaiveOrder order)
    {
        var free = Money.Free(order.Account, order.Buys ? "B" : "A");
        return free >= (order.IsMarket ? MarketNeed(order.Account, order.Request, order.Rest) : 0);
    }
}
