using BenchmarkDotNet.Attributes;
using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Storage;

namespace Workbench.Benchmarks.Journal;

/// <summary>One commit of some records, beside a plain append of the same bytes to a file. Every iteration begins with empty files.</summary>
public abstract class JournalAppend(bool durable)
{
    private TemporaryFolder _folder = null!;
    private FileJournalStorage _storage = null!;
    private OrderJournal _journal = null!;
    private FileStream _plain = null!;
    private ExecutionEvent[] _records = null!;
    private byte[] _bytes = null!;

    [Params(1, 16)]
    public int Records { get; set; }

    [IterationSetup]
    public void Open()
    {
        _records = JournalRecords.Take(Records);
        _bytes = JournalRecords.BytesOf(_records);
        _folder = new TemporaryFolder();
        _storage = FileJournalStorage.Open(Path.Combine(_folder.FullName, "journal"));
        _journal = ((JournalOpening.Ready)OrderJournal.Open(_storage)).Journal;
        _plain = new FileStream(Path.Combine(_folder.FullName, "plain"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);

        // The first commit makes the first segment; that happens once in the life of a host.
        _journal.Append(_records);
        _journal.Commit(durable: true);
    }

    [IterationCleanup]
    public void Close()
    {
        _plain.Dispose();
        _journal.Dispose();
        _folder.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void PlainAppend()
    {
        _plain.Write(_bytes);
        if (durable)
        {
            _plain.Flush(flushToDisk: true);
        }
    }

    [Benchmark]
    public void JournalCommit()
    {
        _journal.Append(_records);
        _journal.Commit(durable);
    }
}

/// <summary>Journal durability <c>os</c>: a record outlives the process, not a loss of power.</summary>
[InvocationCount(16384)]
public class JournalAppendOs() : JournalAppend(durable: false);

/// <summary>Journal durability <c>fsync</c>: a record outlives a loss of power.</summary>
[InvocationCount(1024)]
public class JournalAppendFsync() : JournalAppend(durable: true);
