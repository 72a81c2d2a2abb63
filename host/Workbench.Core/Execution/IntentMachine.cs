using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Draws the conclusions from what became of attempts: whether another one may follow, and whether more could fill than was asked for.</summary>
internal sealed class IntentMachine(ChangeSet changes)
{
    /// <summary>After an event: judges every intent that it touched and makes their snapshots anew.</summary>
    public void Conclude(int epoch, Timestamp at)
    {
        foreach (var attempt in changes.ChangedAttempts)
        {
            if (attempt.IsFreeForAnother)
            {
                attempt.IsFreeForAnother = false;
                TryAgain(attempt.Intent, epoch, at);
            }
        }

        foreach (var intent in changes.ChangedIntents)
        {
            Judge(intent);
            intent.Refresh(at);
        }
    }

    private void TryAgain(Intent intent, int epoch, Timestamp at)
    {
        if (!intent.TryAwait(epoch, at) || intent.Awaited is not { } next)
        {
            return;
        }

        changes.Want(new NextAttempt(at, intent.Id, next, intent.Order.Request with { Quantity = intent.Left }, intent.Origin, intent.Tried));
    }

    private void Judge(Intent intent)
    {
        if (intent.Awaited is not null && intent.Alive > 0)
        {
            intent.StopWaiting();
        }

        var isTooMuch = intent.Attempts.Count > 1 && (intent.Alive > 1 || intent.Filled + intent.Leaves > intent.Order.Request.Quantity);
        if (isTooMuch && !intent.IsOverCommitted)
        {
            intent.IsOverCommitted = true;
            changes.Alarm($"order {intent.Id}: OVER-COMMITTED, an attempt that was settled is back: {intent.Filled} filled and {intent.Leaves} may still fill of {intent.Order.Request.Quantity}");
        }
    }
}
