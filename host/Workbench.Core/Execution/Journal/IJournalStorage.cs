namespace Workbench.Core.Execution.Journal;

/// <summary>Where the journal's bytes live: numbered segments, written at the end of the newest one only. Used by one thread.</summary>
/// <remarks>A failure is an <see cref="IOException"/>. After one the journal writes no more: retrying a failed flush is known to lose data silently.</remarks>
public interface IJournalStorage : IDisposable
{
    /// <summary>The numbers of the segments, oldest first.</summary>
    IReadOnlyList<int> Segments { get; }

    /// <summary>What people call a segment, such as its file name.</summary>
    string NameOf(int segment);

    /// <summary>Everything in a segment; a preallocated one ends in zeros.</summary>
    ReadOnlyMemory<byte> Read(int segment);

    /// <summary>Continues the newest segment at an offset. What stood behind it is gone for good.</summary>
    void ContinueAt(int segment, long offset);

    /// <summary>Begins a new segment, of at least this many bytes; appends go there from now on.</summary>
    void StartSegment(int segment, long capacity);

    /// <summary>Adds bytes at the end.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Returns when everything appended would survive a loss of power.</summary>
    void Flush();
}
