using System.Globalization;
using Workbench.Core.Execution.Journal;

namespace Workbench.Storage;

/// <summary>The order journal in a folder for those who only look: takes no lock and changes nothing, so it works while a host is writing.</summary>
internal sealed class ReadOnlyJournalStorage : IJournalStorage
{
    private readonly string _directory;

    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be read.</exception>
    public ReadOnlyJournalStorage(string directory)
    {
        _directory = Path.GetFullPath(directory);
        Segments = FileJournalStorage.SegmentsIn(_directory);
    }

    /// <inheritdoc />
    public IReadOnlyList<int> Segments { get; }

    /// <inheritdoc />
    public string NameOf(int segment) => Path.Combine(_directory, segment.ToString("D8", CultureInfo.InvariantCulture) + FileJournalStorage.Extension);

    /// <inheritdoc />
    public ReadOnlyMemory<byte> Read(int segment)
    {
        using var file = new FileStream(NameOf(segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        return bytes.AsMemory(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    /// <inheritdoc />
    public void ContinueAt(int segment, long offset) => throw ReadOnly();

    /// <inheritdoc />
    public void StartSegment(int segment, long capacity) => throw ReadOnly();

    /// <inheritdoc />
    public void Append(ReadOnlySpan<byte> bytes) => throw ReadOnly();

    /// <inheritdoc />
    public void Flush() => throw ReadOnly();

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private static NotSupportedException ReadOnly() => new("This journal is only read.");
}
