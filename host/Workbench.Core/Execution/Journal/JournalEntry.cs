namespace Workbench.Core.Execution.Journal;

/// <summary>One record of a journal and where it lies.</summary>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Segment">The number of its segment.</param>
/// <param name="Offset">Where its frame begins in the segment, in bytes.</param>
/// <param name="Event">What it says.</param>
public sealed record JournalEntry(long Sequence, int Segment, long Offset, ExecutionEvent Event);
