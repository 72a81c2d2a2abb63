using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>What people have decided for all orders, as the fold of its events: the kill switch and the limits. Changed by <see cref="ExecutionCore"/> alone.</summary>
public sealed class TradingControls
{
    /// <summary>The origin of the orders that close positions for the kill switch. No script or plugin can have it: theirs begin with what they are.</summary>
    public const string KillOrigin = "kill";

    private readonly HashSet<ClientOrderId> _closing = [];

    /// <summary>The kill switch; null while it is not engaged.</summary>
    public KillStatus? Kill { get; private set; }

    /// <summary>The limits of the newest <see cref="LimitChanged"/>; empty before the first.</summary>
    public string Limits { get; private set; } = "";

    /// <summary>Why an order must not be sent now; null when it may.</summary>
    public string? Refusal(ClientOrderId id) =>
        Kill is { } kill && !_closing.Contains(id) ? $"killed: the kill switch is engaged ({kill.Level}, by {kill.By}: {kill.Reason})" : null;

    internal void Note(IntentCreated intent)
    {
        if (intent.Origin == KillOrigin && Kill is { Level: KillLevel.Flatten })
        {
            _closing.Add(intent.Id);
        }
    }

    internal void Take(ExecutionEvent e, ChangeSet changes)
    {
        switch (e)
        {
            case KillEngaged engaged when Kill is null || engaged.Level > Kill.Level:
                Kill = new KillStatus(engaged.Level, engaged.At, engaged.By, engaged.Reason) { IsJournaled = true };
                break;
            case KillCleared:
                Kill = null;
                _closing.Clear();
                break;
            case LimitChanged limits:
                Limits = limits.After;
                break;
        }

        if (e is KillEngaged or KillCleared)
        {
            changes.Do(new KillJournaled(Kill));
        }
    }
}
