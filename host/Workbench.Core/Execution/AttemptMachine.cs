using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Carries out the cells of <see cref="AttemptTable"/> on one attempt.</summary>
internal sealed class AttemptMachine(ChangeSet changes, HaltBook halts)
{
    /// <summary>Something happened to an attempt.</summary>
    public void On(Attempt attempt, AttemptTrigger trigger, in Cause cause)
    {
        var before = attempt.Order;
        var state = attempt.State;
        var action = AttemptTable.Decide(state, trigger);
        attempt.IsCancelAnswered |= trigger is AttemptTrigger.CancelTaken or AttemptTrigger.CancelAmbiguous;
        if (IsAlarm(attempt, action, cause))
        {
            changes.Alarm($"order {before.Id}: {trigger} while {state} ({action}): {cause.Text}");
        }

        Act(attempt, action, cause);
        SendPostponedCancel(attempt, cause.At);
        if (!ReferenceEquals(before, attempt.Order))
        {
            changes.Changed(attempt);
        }
    }

    private static bool IsAlarm(Attempt attempt, AttemptAction action, in Cause cause) => action switch
    {
        AttemptAction.KeepAlarm or AttemptAction.Impossible or AttemptAction.DoubtAlarm => true,
        AttemptAction.ProbeAlarm or AttemptAction.AdoptAlarm or AttemptAction.FillReopenAlarm or AttemptAction.TakeBackAlarm => true,
        AttemptAction.ReopenIfNewerAlarm => IsNewer(attempt, cause.Report!),
        AttemptAction.FillLate => attempt.Everything + cause.Fill!.Quantity > attempt.AnnouncedFilled,
        _ => false,
    };

    private void Act(Attempt attempt, AttemptAction action, in Cause cause)
    {
        var order = attempt.Order;
        switch (action)
        {
            case AttemptAction.Keep or AttemptAction.KeepAlarm or AttemptAction.Impossible:
                break;
            case AttemptAction.Abandon or AttemptAction.DieUnsent:
                attempt.IsFreeForAnother = action == AttemptAction.DieUnsent;
                attempt.Become(order with { Knowledge = OrderKnowledge.NotSent, IsDone = true, CancelRequested = false, Reason = cause.Text }, cause.At);
                break;
            case AttemptAction.DieProven:
                attempt.IsFreeForAnother = true;
                attempt.Become(order with { Knowledge = OrderKnowledge.Known, IsDone = true, CancelRequested = false, Reason = cause.Text }, cause.At);
                break;
            case AttemptAction.Reject:
                attempt.Settle(order with { Knowledge = OrderKnowledge.Known, Status = OrderStatus.Rejected, Reason = cause.Text }, cause.At);
                break;
            case AttemptAction.Send:
                attempt.Become(order with { Knowledge = OrderKnowledge.InFlight }, cause.At);
                break;
            case AttemptAction.Doubt or AttemptAction.DoubtAlarm:
                Doubt(attempt, cause);
                Probe(attempt, cause);
                break;
            case AttemptAction.DoubtAfterRestart:
                // A cancel that was on its way may never have left; the wish is durable, so it is sent again once the order is seen working.
                attempt.IsCancelPostponed |= order.CancelRequested;
                Doubt(attempt, cause);
                attempt.Become(attempt.Order with { CancelRequested = false }, cause.At);
                break;
            case AttemptAction.LostAlarm:
                Halt(attempt, $"the venue had it and seems to have lost it: {cause.Text}");
                attempt.IsWatched = true;
                Probe(attempt, cause);
                break;
            case AttemptAction.Probe or AttemptAction.ProbeAlarm:
                attempt.IsWatched = true;
                Probe(attempt, cause);
                break;
            case AttemptAction.Watch:
                attempt.IsWatched = true;
                break;
            case AttemptAction.CountAbsence:
                CountAbsence(attempt, cause.AskedAt);
                break;
            default:
                ActOnWord(attempt, action, cause);
                break;
        }
    }

    private void ActOnWord(Attempt attempt, AttemptAction action, in Cause cause)
    {
        switch (action)
        {
            case AttemptAction.Adopt:
                Adopt(attempt, cause, isOverruling: false);
                break;
            case AttemptAction.AdoptAlarm:
            case AttemptAction.ReopenIfNewerAlarm when IsNewer(attempt, cause.Report!):
                Adopt(attempt, cause, isOverruling: true);
                attempt.IsWatched |= !attempt.Order.IsDone;
                Probe(attempt, cause);
                break;
            case AttemptAction.ReopenIfNewerAlarm:
                break;
            case AttemptAction.TakeBackAlarm:
                attempt.TakeBack(cause.Fill!, cause.At);
                break;
            case AttemptAction.Fill or AttemptAction.FillLate or AttemptAction.OverfillAlarm:
                AddFill(attempt, cause, reopen: false);
                break;
            case AttemptAction.FillReopenAlarm:
                AddFill(attempt, cause, reopen: true);
                attempt.IsWatched |= !attempt.Order.IsDone;
                Probe(attempt, cause);
                break;
            default:
                ActOnCancel(attempt, action, cause);
                break;
        }
    }

    private void ActOnCancel(Attempt attempt, AttemptAction action, in Cause cause)
    {
        switch (action)
        {
            case AttemptAction.RequestCancel:
            case AttemptAction.RequestCancelAnyway when attempt.Order.Knowledge == OrderKnowledge.Known:
                SendCancel(attempt, cause.At);
                break;
            case AttemptAction.RequestCancelAnyway:
                break;
            case AttemptAction.ClearCancel:
                ClearCancel(attempt, cause);
                break;
            case AttemptAction.PostponeCancel:
                attempt.IsCancelPostponed |= attempt.Order.CancelRequested;
                ClearCancel(attempt, cause);
                break;
            case AttemptAction.ClearCancelAndProbe:
                ClearCancel(attempt, cause);
                attempt.IsWatched = true;
                Probe(attempt, cause);
                break;
            default:
                throw new InvalidOperationException($"The table names {action}, which nothing carries out.");
        }
    }

    private static void Doubt(Attempt attempt, in Cause cause)
    {
        attempt.UnknownSince = cause.At;
        attempt.Absences = default;
        attempt.Become(attempt.Order with { Knowledge = OrderKnowledge.Unknown, Reason = cause.Text }, cause.At);
    }

    private void Probe(Attempt attempt, in Cause cause)
    {
        // A look-up that answers a look-up would spin at the speed of the network; the resolver paces those.
        if (cause.AskedAt is null && !attempt.Order.IsDone && attempt is { Reference: { } reference, Order.Connection: { } connection })
        {
            changes.Do(new LookUpOrder(connection, reference));
        }
    }

    private static void CountAbsence(Attempt attempt, Timestamp? askedAt)
    {
        if (askedAt is { } asked && asked > (attempt.Absences.Later ?? default))
        {
            attempt.Absences = (attempt.Absences.Later, asked);
        }
    }

    private static bool IsNewer(Attempt attempt, OrderReport report) => report.VenueTime > (attempt.LastWord ?? default);

    private static void Adopt(Attempt attempt, in Cause cause, bool isOverruling)
    {
        var (order, report) = (attempt.Order, cause.Report!);
        var announced = report.FilledQuantity ?? (report.Status == OrderStatus.Filled ? order.Quantity : Quantity.Zero);
        attempt.AnnouncedFilled = announced > attempt.AnnouncedFilled ? announced : attempt.AnnouncedFilled;
        attempt.LastWord = IsNewer(attempt, report) ? report.VenueTime : attempt.LastWord;
        attempt.Absences = default;
        var status = StatusAfter(order, report.Status, isOverruling);
        var reason = status.IsFinal() ? report.Reason ?? (order.Status == status ? order.Reason : null) : null;
        attempt.Settle(order with { Knowledge = OrderKnowledge.Known, Status = status, Reason = reason }, cause.At);
        if (cause.AskedAt is not null && attempt is { IsCancelAnswered: true, Order: { CancelRequested: true } current })
        {
            // The cancel was answered without effect so far: another one may be asked for.
            attempt.Become(current with { CancelRequested = false }, cause.At);
        }
    }

    /// <summary>Words overtake each other: a status never goes back, and fills weigh more than words.</summary>
    private static OrderStatus StatusAfter(Order order, OrderStatus said, bool isOverruling)
    {
        if (order.Status is { } now && !isOverruling && (now.IsFinal() || (!said.IsFinal() && now > said)))
        {
            return now;
        }

        var isComplete = !order.Quantity.IsZero && order.FilledQuantity + order.TakenBackQuantity >= order.Quantity;
        return said switch
        {
            _ when isComplete => OrderStatus.Filled,
            OrderStatus.Pending or OrderStatus.New when !order.FilledQuantity.IsZero => OrderStatus.PartiallyFilled,
            _ => said,
        };
    }

    private void AddFill(Attempt attempt, in Cause cause, bool reopen)
    {
        attempt.Add(cause.Fill!, reopen, cause.At);
        if (attempt.Everything > attempt.Order.Quantity)
        {
            Halt(attempt, $"overfilled, {attempt.Everything} of {attempt.Order.Quantity}");
        }
    }

    private void Halt(Attempt attempt, string why)
    {
        if (attempt.Order is { Connection: { } connection, Request.Symbol: var symbol })
        {
            halts.Halt(connection, symbol, $"order {attempt.Order.Id}: {why}");
        }

        changes.Alarm($"HALTED: {attempt.Order.Request.Symbol} at {attempt.Order.Connection} takes no new orders until an operator has looked: order {attempt.Order.Id}: {why}");
    }

    private void SendCancel(Attempt attempt, Timestamp at)
    {
        if (attempt is not { Reference: { } reference, Order: { Connection: { } connection } order })
        {
            return;
        }

        attempt.IsCancelAnswered = false;
        attempt.IsCancelPostponed = false;
        attempt.Become(order with { CancelRequested = true }, at);
        changes.Do(new SendCancel(connection, reference));
    }

    private static void ClearCancel(Attempt attempt, in Cause cause)
    {
        var order = attempt.Order;
        attempt.IsCancelAnswered = false;
        attempt.Become(order with { CancelRequested = false, Reason = order.IsDone ? order.Reason : cause.Text }, cause.At);
    }

    private void SendPostponedCancel(Attempt attempt, Timestamp at)
    {
        if (attempt is { IsCancelPostponed: true, Order: { Knowledge: OrderKnowledge.Known, CancelRequested: false, Status: { } status } } && !status.IsFinal())
        {
            SendCancel(attempt, at);
        }
    }
}
