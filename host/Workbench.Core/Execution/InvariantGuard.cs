using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Checks after every event that no rule of the core is broken by what the event touched. A broken rule means that the core cannot be trusted: it must not trade on.</summary>
/// <remarks>The cost depends on what one event touches, never on how many orders there are.</remarks>
internal static class InvariantGuard
{
    /// <exception cref="InvariantBrokenException">A rule is broken.</exception>
    public static void Check(ChangeSet changes, HaltBook halts, ExecutionEvent e)
    {
        foreach (var attempt in changes.ChangedAttempts)
        {
            if (Broken(attempt) is { } rule)
            {
                throw new InvariantBrokenException(rule, $"attempt {attempt.Order}", e);
            }

            attempt.GuardedFilled = attempt.Order.FilledQuantity;
        }

        foreach (var intent in changes.ChangedIntents)
        {
            if (Broken(intent, halts) is { } rule)
            {
                throw new InvariantBrokenException(rule, $"order {intent.Order}", e);
            }
        }

        foreach (var effect in changes.Effects)
        {
            if (effect is SendOrder send && BrokenSend(send, changes.ChangedAttempts) is { } rule)
            {
                throw new InvariantBrokenException(rule, $"send {send}", e);
            }
        }
    }

    private static string? Broken(Attempt attempt) => attempt.Order switch
    {
        var order when order.FilledQuantity.Value < attempt.GuardedFilled.Value - attempt.TakenBackNow.Value => "I8: a filled quantity never falls, except by the venue's own correction",
        { IsDone: true, Knowledge: OrderKnowledge.Unknown or OrderKnowledge.InFlight } => "I5: an order whose fate is not known is not done",
        { IsDone: true, Status: OrderStatus.Pending or OrderStatus.New or OrderStatus.PartiallyFilled } => "an order that works is not done",
        _ => attempt.TimesSent > 1 ? "I3: one attempt is one request" : null,
    };

    private static string? Broken(Intent intent, HaltBook halts)
    {
        if (intent.IsOverCommitted)
        {
            return null;
        }

        if (intent.Alive > 1)
        {
            return "I4: one unsettled attempt for an order";
        }

        // An overfill is the venue's doing and a fact; it must have halted the instrument.
        var isTooMuch = intent.Filled + intent.Leaves > intent.Ceiling;
        return isTooMuch && !halts.Has(intent.Last) ? "I6: what is filled and may still fill is at most what was asked for" : null;
    }

    private static string? BrokenSend(SendOrder send, IReadOnlyList<Attempt> changed)
    {
        foreach (var attempt in changed)
        {
            if (attempt.Order.Id == send.Order.ClientOrderId)
            {
                return attempt.Order is not { Knowledge: OrderKnowledge.InFlight, IsDone: false } ? "I5: only what was just prepared is sent"
                    : attempt.Intent.Order.Request.Connection is { } named && named != send.Connection ? "I22: an order for one connection stays there"
                    : send.Order.Quantity > attempt.Order.Request.Quantity ? "I25: quantities are only rounded down"
                    : null;
            }
        }

        return "I1: what is sent was prepared by the same event";
    }
}

/// <summary>A rule of the execution core is broken: a bug, not a fault of a venue. The process must end; the journal replays up to this event.</summary>
/// <param name="rule">Which.</param>
/// <param name="subject">About what.</param>
/// <param name="e">The event that broke it, already in the journal.</param>
public sealed class InvariantBrokenException(string rule, string subject, ExecutionEvent e) : Exception($"INVARIANT BROKEN: {rule}: {subject}; after {e}")
{
    /// <summary>The rule in words.</summary>
    public string Rule { get; } = rule;
}
