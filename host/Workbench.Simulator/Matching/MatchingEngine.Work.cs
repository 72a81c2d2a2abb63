using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Matching;

/// <content>What follows from a command in the same step: triggered orders, pending orders of lists, a settlement's own wishes.</content>
internal sealed partial class MatchingEngine
{
    // A queue, not recursion: however long the cascade, the stack stays flat. It ends because an order is triggered once.
    private void Drain()
    {
        while (_step.TryNext(out var work))
        {
            switch (work.Kind)
            {
                case WorkKind.Activate:
                    Activate(work.Order!);
                    break;
                case WorkKind.Place:
                    PlacePending(work.Order!);
                    break;
                default:
                    work.Action!(this);
                    break;
            }
        }
    }

    private void Activate(Order order)
    {
        if (order.Status != OrderStatus.Untriggered)
        {
            return;
        }

        order.Trigger!.FiredMicros = NowMicros;
        new Contingencies(Matcher, _step, NowMicros).EndContra(order);
        if (order.Book.Settlement.AdmitWork(order) is not CloseReason.None and var reason)
        {
            Matcher.Expire(order, reason);
            return;
        }

        order.Status = OrderStatus.New;
        order.WorkingMicros = NowMicros;
        order.Book.Settlement.Reserve(order, _step);
        _step.Emit(OrderEventKind.Triggered, order, NowMicros);
        Enter(order);
    }

    private void PlacePending(Order order)
    {
        if (order.Status != OrderStatus.Pending)
        {
            return;
        }

        var list = order.List!;
        if (list.PendingTakesProceeds && !order.IsQuoteSized)
        {
            order.Quantity = Proceeds(order, list.Working!);
        }

        var reason = AdmitPending(order);
        if (reason != CloseReason.None)
        {
            Matcher.Expire(order, reason);
            return;
        }

        order.Status = order.Trigger is null ? OrderStatus.New : OrderStatus.Untriggered;
        order.WorkingMicros = order.Trigger is null ? NowMicros : 0;
        order.Book.Settlement.Reserve(order, _step);
        _step.Emit(OrderEventKind.Placed, order, NowMicros);
        if (!list.Orders.Exists(o => o.Status == OrderStatus.Pending))
        {
            _step.Emit(OrderListEventKind.Updated, list, NowMicros);
        }

        Enter(order);
    }

    private static CloseReason AdmitPending(Order order)
    {
        if (order.Book.Instrument.Status != InstrumentStatus.Trading)
        {
            return CloseReason.CancelledByVenue;
        }

        if (order.Trigger is { } trigger && Admission.WouldTrigger(order.Book, trigger.Terms))
        {
            return CloseReason.WouldTrigger;
        }

        return (order.Remaining <= 0 && !order.IsQuoteSized) || order.Book.Settlement.AdmitPending(order) != CloseReason.None
            ? CloseReason.InsufficientBalance
            : CloseReason.None;
    }

    // What the working order brought in after fees, in units of the pending order's quantity.
    private static decimal Proceeds(Order pending, Order working)
    {
        var fees = working.Fills?.Where(f => f.FeeAsset == Received(working)).Sum(f => f.Fee) ?? 0;
        var received = (working.Side == Side.Buy ? working.Executed : working.ExecutedQuote) - fees;
        var quantity = pending.Side == Side.Sell || pending.Price == 0 ? received : received / pending.Price;
        return pending.Book.Instrument.FloorToStep(quantity);
    }

    private static string Received(Order order) => order.Side == Side.Buy ? order.Book.Base : order.Book.Quote;
}
