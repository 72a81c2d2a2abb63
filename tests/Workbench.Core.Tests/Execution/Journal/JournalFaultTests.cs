using Workbench.Core.Execution.Journal;

namespace Workbench.Core.Tests.Execution.Journal;

/// <summary>The journal on storage that fails at every possible call, and on storage that forgets what was not flushed.</summary>
public sealed class JournalFaultTests
{
    private const int SegmentSize = 1000;

    [Fact]
    public void P19_P20_Storage_failing_at_any_call_stops_the_journal_and_loses_nothing_acknowledged()
    {
        var calls = Run(new FaultyStorage(int.MaxValue)).Storage.Calls;
        calls.ShouldBeGreaterThan(AllRecords.Events.Count);
        for (var k = 1; k <= calls; k++)
        {
            var (storage, acknowledged, failed) = Run(new FaultyStorage(k));
            failed.ShouldBeTrue($"call {k}");
            var found = Recovered(storage.Everything(), $"call {k}");
            found.ShouldBeGreaterThanOrEqualTo(acknowledged, $"call {k}");
            storage.Calls.ShouldBe(k, "nothing is tried again");
        }
    }

    [Fact]
    public void P16_Power_loss_at_any_call_keeps_every_record_that_was_acted_on()
    {
        var calls = Run(new FaultyStorage(int.MaxValue)).Storage.Calls;
        for (var k = 1; k <= calls; k++)
        {
            var (storage, acknowledged, _) = Run(new FaultyStorage(k));
            for (var kept = 0; kept <= storage.Unflushed; kept += 13)
            {
                Recovered(storage.AfterPowerLoss(kept), $"call {k}, {kept} unflushed bytes kept").ShouldBeGreaterThanOrEqualTo(acknowledged, $"call {k}, {kept} kept");
            }
        }
    }

    [Fact]
    public void P31_Every_unknown_record_version_is_refused_by_name_and_never_skipped()
    {
        var storage = new MemoryJournalStorage();
        var journal = OrderJournal.Open(storage).ShouldBeOfType<JournalOpening.Ready>().Journal;
        journal.Append(AllRecords.Events[0], AllRecords.Events[1]);
        journal.Commit(durable: true);
        var bytes = storage.Read(storage.Segments[0]).ToArray();
        Frame.TryRead(bytes, 0, out var first).ShouldBeTrue();
        for (var version = 0; version <= byte.MaxValue; version++)
        {
            var altered = bytes.ToArray();
            Frame.Seal(altered.AsSpan(0, first.Payload.End.Value), 1, 0, first.Type, (byte)version);
            var opening = OrderJournal.Open(new MemoryJournalStorage(altered));
            (opening is JournalOpening.Ready).ShouldBe(version == 1, $"version {version}");
            var inspection = JournalInspection.Read(new MemoryJournalStorage(altered));
            inspection.IsFromAnother.ShouldBe(version != 1, $"version {version}");
            inspection.Damage?.Reason.ShouldContain($"record type 1 version {version} was written by another Workbench");
        }
    }

    private static (FaultyStorage Storage, int Acknowledged, bool Failed) Run(FaultyStorage storage)
    {
        var journal = OrderJournal.Open(storage, SegmentSize).ShouldBeOfType<JournalOpening.Ready>().Journal;
        var acknowledged = 0;
        try
        {
            for (var i = 0; i < AllRecords.Events.Count; i++)
            {
                journal.Append(AllRecords.Events[i]);
                var isDurable = i % 3 == 2;
                journal.Commit(isDurable);
                acknowledged = isDurable ? i + 1 : acknowledged;
            }
        }
        catch (IOException)
        {
            Should.Throw<InvalidOperationException>(() => journal.Commit(durable: true));
            return (storage, acknowledged, true);
        }

        return (storage, acknowledged, false);
    }

    private static int Recovered(IJournalStorage storage, string where)
    {
        var events = OrderJournal.Open(storage).ShouldBeOfType<JournalOpening.Ready>(where).Events;
        events.Select(e => e.GetType()).ShouldBe(AllRecords.Events.Take(events.Count).Select(e => e.GetType()), where);
        return events.Count;
    }

    private sealed class FaultyStorage(int failingCall) : IJournalStorage
    {
        private readonly List<List<byte>> _segments = [];
        private int _flushed;

        public int Calls { get; private set; }

        public int Unflushed => _segments.Count == 0 ? 0 : _segments[^1].Count - _flushed;

        public IReadOnlyList<int> Segments => [.. Enumerable.Range(1, _segments.Count)];

        public MemoryJournalStorage Everything() => new(_segments.Select(s => s.ToArray()));

        public MemoryJournalStorage AfterPowerLoss(int kept) => new(_segments.Select((s, i) => i == _segments.Count - 1 ? s.Take(_flushed + kept).ToArray() : [.. s]));

        public string NameOf(int segment) => $"faulty segment {segment}";

        public ReadOnlyMemory<byte> Read(int segment) => _segments[segment - 1].ToArray();

        public void ContinueAt(int segment, long offset) => Fail();

        public void StartSegment(int segment, long capacity)
        {
            Fail();
            _segments.Add([]);
            _flushed = 0;
        }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            if (Calls + 1 == failingCall)
            {
                _segments[^1].AddRange(bytes[..(bytes.Length / 2)]);
            }

            Fail();
            _segments[^1].AddRange(bytes);
        }

        public void Flush()
        {
            Fail();
            _flushed = _segments[^1].Count;
        }

        public void Dispose()
        {
        }

        private void Fail()
        {
            if (++Calls == failingCall)
            {
                throw new IOException("no space left on device");
            }
        }
    }
}
