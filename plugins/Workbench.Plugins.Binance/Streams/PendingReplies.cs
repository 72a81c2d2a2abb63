namespace Workbench.Plugins.Binance.Streams;

/// <summary>Control messages that wait for their answer.</summary>
internal sealed class PendingReplies(TimeProvider time)
{
    private readonly Dictionary<long, (ControlCommand Command, long SentAt)> _waiting = [];

    public void Add(ControlCommand command) => _waiting.Add(command.Id, (command, time.GetTimestamp()));

    /// <summary>Takes the command that an answer belongs to; null when nobody waits for it.</summary>
    public ControlCommand? Take(long id) => _waiting.Remove(id, out var entry) ? entry.Command : null;

    /// <summary>True when an answer is overdue.</summary>
    public bool IsOverdue(TimeSpan deadline) => _waiting.Values.Any(entry => time.GetElapsedTime(entry.SentAt) >= deadline);
}
