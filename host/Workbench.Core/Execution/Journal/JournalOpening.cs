namespace Workbench.Core.Execution.Journal;

/// <summary>What opening a journal found. Closed.</summary>
public abstract record JournalOpening
{
    private JournalOpening()
    {
    }

    /// <summary>It can be used.</summary>
    /// <param name="Journal">Appends go here.</param>
    /// <param name="Events">Every event in it, oldest first.</param>
    /// <param name="Tear">What was cut off the end, or null.</param>
    public sealed record Ready(OrderJournal Journal, IReadOnlyList<ExecutionEvent> Events, JournalTear? Tear) : JournalOpening;

    /// <summary>It must not be used before a person has looked at it: records behind the damage are intact, so cutting there would lose facts.</summary>
    /// <param name="Segment">The segment, as its storage calls it.</param>
    /// <param name="Offset">Where the damage begins.</param>
    /// <param name="Reason">What is wrong there.</param>
    public sealed record Damaged(string Segment, long Offset, string Reason) : JournalOpening
    {
        /// <summary>For a person, on one line.</summary>
        public override string ToString() => $"{Segment} is damaged at offset {Offset}: {Reason}";
    }
}

/// <summary>An unfinished write at the end of the journal, as a crash leaves it; it was cut off. Damage of the very last record looks the same.</summary>
/// <param name="Segment">The segment, as its storage calls it.</param>
/// <param name="Offset">Where the journal ends now.</param>
/// <param name="Length">How many bytes were cut, without trailing zeros.</param>
public sealed record JournalTear(string Segment, long Offset, long Length)
{
    /// <summary>For a person, on one line.</summary>
    public override string ToString() => $"{Segment} ended in an unfinished record: cut at offset {Offset}, {Length} bytes";
}
