namespace Workbench.Core.Execution.Journal;

/// <summary>A journal that lives as long as the object: for tests, backtests and simulations.</summary>
public sealed class MemoryJournalStorage : IJournalStorage
{
    private readonly SortedList<int, List<byte>> _segments = [];

    /// <summary>An empty journal.</summary>
    public MemoryJournalStorage()
    {
    }

    /// <summary>A journal with segments, numbered from 1.</summary>
    public MemoryJournalStorage(params IEnumerable<byte[]> segments)
    {
        foreach (var bytes in segments)
        {
            _segments.Add(_segments.Count + 1, [.. bytes]);
        }
    }

    /// <inheritdoc />
    public IReadOnlyList<int> Segments => [.. _segments.Keys];

    /// <summary>How often <see cref="Flush"/> was called.</summary>
    public int Flushes { get; private set; }

    /// <inheritdoc />
    public string NameOf(int segment) => $"memory segment {segment}";

    /// <inheritdoc />
    public ReadOnlyMemory<byte> Read(int segment) => _segments[segment].ToArray();

    /// <inheritdoc />
    public void ContinueAt(int segment, long offset)
    {
        var bytes = _segments[segment];
        bytes.RemoveRange((int)offset, bytes.Count - (int)offset);
    }

    /// <inheritdoc />
    public void StartSegment(int segment, long capacity) => _segments.Add(segment, []);

    /// <inheritdoc />
    public void Append(ReadOnlySpan<byte> bytes) => _segments.GetValueAtIndex(_segments.Count - 1).AddRange(bytes);

    /// <inheritdoc />
    public void Flush() => Flushes++;

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
