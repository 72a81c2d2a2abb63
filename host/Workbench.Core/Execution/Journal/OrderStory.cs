using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Core.Execution.Journal;

/// <summary>Everything a journal says about one order.</summary>
/// <param name="Order">How it stands at the end of the journal.</param>
/// <param name="Entries">What happened to it, oldest first, with the restarts of the host while it was open.</param>
public sealed record OrderStory(Order Order, IReadOnlyList<JournalEntry> Entries)
{
    /// <summary>How it stands, what is not known, and what happens next: one line each.</summary>
    public IReadOnlyList<string> Outlook => Order switch
    {
        { IsDone: true, Status: null, Connection: null } => [$"Over: {Order.Reason ?? "never sent"}."],
        { IsDone: true } => [$"Over: {Order.Status?.ToString() ?? "never at the venue"}, {Filled}.{(Order.Reason is { } reason ? $" {reason}." : "")}"],
        { Knowledge: OrderKnowledge.Unknown } =>
        [
            $"UNKNOWN: nobody can say yet whether it is at {Order.Connection}. {Filled}; up to {Order.Leaves} may still fill and stays reserved.",
            "Next: a running host looks it up after 0.5, 1, 2, 4 and 8 s, then every 15 s. It is not sent again.",
            "It ends when the venue names it, or when two good look-ups do not find it, both asked later than receive window + engine bound + query lag + 1 s after the send (or after the last restart).",
        ],
        { Knowledge: OrderKnowledge.InFlight } => [$"In flight: its answer was not written down. {Filled}; up to {Order.Leaves} may still fill. A host that starts now takes it for unknown and looks it up."],
        { Knowledge: OrderKnowledge.NotSent } => ["Not sent yet. A host that starts now gives it up."],
        _ => [$"Open: {Order.Status?.ToString() ?? "known"} at {Order.Connection}, {Filled}; {Order.Leaves} left.{(Order.CancelRequested ? " A cancel is on its way." : "")}"],
    };

    private string Filled => string.Create(CultureInfo.InvariantCulture, $"{Order.FilledQuantity} of {Order.Request.Quantity} filled{(Order.AverageFillPrice is { } price ? $" at {price} on average" : "")}");

    /// <summary>The ids of the orders that a text may mean: one of ours or of its attempts, the beginning of one, or the venue's.</summary>
    public static IReadOnlyList<ClientOrderId> Matches(IReadOnlyList<JournalEntry> entries, string text)
    {
        var index = new OrderIndex(entries);
        return index.Exact(text) is { Count: > 0 } exact ? exact : index.Beginning(text);
    }

    /// <summary>The story of an order of ours, or null when the journal does not know it.</summary>
    public static OrderStory? Of(IReadOnlyList<JournalEntry> entries, ClientOrderId id)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var core = new ExecutionCore();
        var index = new OrderIndex(entries);
        List<JournalEntry> story = [];
        foreach (var entry in entries)
        {
            var isTouched = entry.Event is EpochStarted && core.Find(id) is { IsDone: false };
            core.Apply(entry.Event);
            if (isTouched || index.OrderOf(entry.Event) == id)
            {
                story.Add(entry);
            }
        }

        return core.Find(id) is { } order ? new OrderStory(order, story) : null;
    }
}
