using System.Text;
using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Execution.Journal;

public sealed class OrderJournalTests
{
    [Fact]
    public void All_record_types_are_covered() =>
        AllRecords.Events.Select(e => e.GetType()).Distinct().Count()
            .ShouldBe(typeof(ExecutionEvent).Assembly.GetTypes().Count(t => t.IsSubclassOf(typeof(ExecutionEvent))));

    [Fact]
    public void Events_come_back_as_they_were()
    {
        var opening = Reopen(Written(AllRecords.Events));
        opening.Tear.ShouldBeNull();
        opening.Journal.Sequence.ShouldBe(AllRecords.Events.Count);
        opening.Events.Count.ShouldBe(AllRecords.Events.Count);
        for (var i = 0; i < opening.Events.Count; i++)
        {
            ShouldBeSame(opening.Events[i], AllRecords.Events[i]);
        }

        Written(opening.Events).ShouldBe(Written(AllRecords.Events), "what was read writes the same bytes");
    }

    [Fact]
    public void Text_that_is_not_valid_Unicode_is_written_without_failing()
    {
        var opening = Reopen(Written([new IntentDenied(default, new ClientOrderId("a"), "x", "half \ud83d of a pair")]));
        ((IntentDenied)opening.Events[0]).Reason.ShouldBe("half \ufffd of a pair");
    }

    [Fact]
    public void Payload_reads_without_tools() =>
        Encoding.UTF8.GetString(Written([AllRecords.Events[0]])).ShouldContain("{\"at\":1723161253937123456,\"epoch\":7}");

    [Fact]
    public void Journal_goes_on_where_it_ended()
    {
        var storage = new MemoryJournalStorage(Written([AllRecords.Events[0]]));
        var journal = Ready(storage).Journal;
        journal.Append(AllRecords.Events[1]);
        journal.Commit(durable: true);
        Reopen(Bytes(storage)).Events.Count.ShouldBe(2);
    }

    [Fact]
    public void Nothing_is_written_before_the_commit_and_only_a_durable_one_flushes()
    {
        var storage = new MemoryJournalStorage();
        var journal = Ready(storage).Journal;
        journal.Append(AllRecords.Events[0], AllRecords.Events[1]);
        storage.Segments.ShouldBeEmpty();
        journal.Commit(durable: false);
        storage.Flushes.ShouldBe(0);
        journal.Commit(durable: true);
        storage.Flushes.ShouldBe(1);
        journal.Commit(durable: true);
        storage.Flushes.ShouldBe(1, "there was nothing to flush");
    }

    [Fact]
    public void Chain_runs_across_segments()
    {
        var storage = new MemoryJournalStorage();
        Write(storage, AllRecords.Events, segmentSize: 1000);
        storage.Segments.Count.ShouldBeGreaterThan(3);
        Ready(storage).Events.Count.ShouldBe(AllRecords.Events.Count);
    }

    [Fact]
    public void Missing_or_swapped_segment_is_damage()
    {
        var storage = new MemoryJournalStorage();
        Write(storage, AllRecords.Events, segmentSize: 1000);
        var segments = storage.Segments.Select(s => storage.Read(s).ToArray()).ToList();
        Damage(new MemoryJournalStorage(segments.Take(1).Concat(segments.Skip(2)))).Reason.ShouldContain("follows record");
        Damage(new MemoryJournalStorage(segments.Skip(1))).Reason.ShouldContain("follows record 0");
        segments[0][^1] ^= 1;
        Damage(new MemoryJournalStorage(segments)).Reason.ShouldContain("later segments exist");
    }

    [Fact]
    public void Record_of_a_newer_Workbench_is_refused_by_name()
    {
        var bytes = Written([AllRecords.Events[0]]);
        var altered = Resealed(bytes, type: 200);
        Damage(new MemoryJournalStorage(altered)).Reason.ShouldContain("record type 200 version 1 was written by another Workbench");
    }

    [Fact]
    public void Journal_of_version_1_stays_readable()
    {
        // Computed apart from this code: magic, length, sequence 1, previous 0, type 1, version 1, CRC-32C, payload.
        var golden = Convert.FromHexString("57424A3117000000010000000000000000000000010100001C4FFA357B226174223A312C2265706F6368223A3132333435367D");
        ((EpochStarted)Reopen(golden).Events.ShouldHaveSingleItem()).ShouldBe(new EpochStarted(new Timestamp(1), 123456));
    }

    [Fact]
    public void P17_every_truncation_recovers_exactly_the_whole_records()
    {
        var bytes = Written(AllRecords.Events);
        var ends = Ends();
        for (var length = 0; length < bytes.Length; length++)
        {
            var opening = Reopen(bytes[..length]);
            var whole = ends.Count(e => e <= length);
            opening.Events.Count.ShouldBe(whole, $"cut at {length}");
            var end = whole == 0 ? 0 : ends[whole - 1];
            (opening.Tear?.Offset ?? length).ShouldBe(end, $"cut at {length}");
        }
    }

    [Fact]
    public void P17_zeros_behind_a_cut_change_nothing()
    {
        var bytes = Written(AllRecords.Events);
        var ends = Ends();
        for (var length = 0; length < bytes.Length; length += 7)
        {
            byte[] preallocated = [.. bytes[..length], .. new byte[4096]];
            Reopen(preallocated).Events.Count.ShouldBe(ends.Count(e => e <= length), $"cut at {length}");
        }
    }

    /// <summary>A flip in the last record cannot be told from an unfinished write; everywhere else it is refused. Nowhere is a wrong event read.</summary>
    [Fact]
    public void P18_every_bit_flip_is_refused_or_cuts_only_the_last_record()
    {
        var bytes = Written(AllRecords.Events);
        var ends = Ends();
        var torn = 0;
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var isInLast = bit / 8 >= ends[^2];
            switch (OrderJournal.Open(new MemoryJournalStorage(bytes)))
            {
                case JournalOpening.Damaged damaged:
                    isInLast.ShouldBeFalse($"bit {bit}");
                    damaged.Offset.ShouldBe(ends.LastOrDefault(e => e <= bit / 8), $"bit {bit}");
                    break;
                case JournalOpening.Ready ready:
                    isInLast.ShouldBeTrue($"bit {bit}");
                    ready.Tear!.Offset.ShouldBe(ends[^2], $"bit {bit}");
                    ready.Events.Count.ShouldBe(AllRecords.Events.Count - 1, $"bit {bit}");
                    torn++;
                    break;
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        torn.ShouldBe((bytes.Length - ends[^2]) * 8);
    }

    [Fact]
    public void Torn_end_is_cut_so_that_later_records_follow_the_last_whole_one()
    {
        var bytes = Written(AllRecords.Events);
        var storage = new MemoryJournalStorage(bytes[..^3]);
        var opening = Ready(storage);
        opening.Tear!.ToString().ShouldContain("cut at offset");
        opening.Journal.Append(AllRecords.Events[0]);
        opening.Journal.Commit(durable: true);
        var again = Reopen(Bytes(storage));
        again.Tear.ShouldBeNull();
        again.Events.Count.ShouldBe(AllRecords.Events.Count);
        again.Events[^1].ShouldBe(AllRecords.Events[0]);
    }

    [Fact]
    public void P20_storage_that_failed_is_not_tried_again()
    {
        var storage = new FailingStorage();
        var journal = Ready(storage).Journal;
        journal.Append(AllRecords.Events[0]);
        Should.Throw<IOException>(() => journal.Commit(durable: true));
        storage.IsFailing = false;
        Should.Throw<InvalidOperationException>(() => journal.Commit(durable: true));
        Should.Throw<InvalidOperationException>(() => journal.Append(AllRecords.Events[0]));
    }

    private static JournalOpening.Ready Ready(IJournalStorage storage) => OrderJournal.Open(storage).ShouldBeOfType<JournalOpening.Ready>();

    private static JournalOpening.Damaged Damage(IJournalStorage storage) => OrderJournal.Open(storage).ShouldBeOfType<JournalOpening.Damaged>();

    private static JournalOpening.Ready Reopen(byte[] bytes) => Ready(new MemoryJournalStorage(bytes));

    private static void Write(MemoryJournalStorage storage, IReadOnlyList<ExecutionEvent> events, int segmentSize)
    {
        var journal = OrderJournal.Open(storage, segmentSize).ShouldBeOfType<JournalOpening.Ready>().Journal;
        foreach (var e in events)
        {
            journal.Append(e);
            journal.Commit(durable: false);
        }
    }

    private static byte[] Written(IReadOnlyList<ExecutionEvent> events)
    {
        var storage = new MemoryJournalStorage();
        Write(storage, events, OrderJournal.DefaultSegmentSize);
        return Bytes(storage);
    }

    private static byte[] Bytes(MemoryJournalStorage storage) => storage.Read(storage.Segments[0]).ToArray();

    private static int[] Ends() => [.. Enumerable.Range(1, AllRecords.Events.Count).Select(n => Written([.. AllRecords.Events.Take(n)]).Length)];

    private static byte[] Resealed(byte[] frame, byte type)
    {
        var altered = frame.ToArray();
        altered[20] = type;
        var crc = uint.MaxValue;
        foreach (var b in altered.AsSpan(0, 24).ToArray().Concat(altered.Skip(28)))
        {
            crc = System.Numerics.BitOperations.Crc32C(crc, b);
        }

        BitConverter.TryWriteBytes(altered.AsSpan(24), ~crc);
        return altered;
    }

    private static void ShouldBeSame(ExecutionEvent actual, ExecutionEvent expected)
    {
        switch (actual, expected)
        {
            case (AttemptAnswered x, AttemptAnswered y):
                (x.At, x.Id).ShouldBe((y.At, y.Id));
                ShouldBeSame(x.Outcome, y.Outcome);
                break;
            case (CancelAnswered x, CancelAnswered y):
                (x.At, x.Id).ShouldBe((y.At, y.Id));
                ShouldBeSame(x.Outcome, y.Outcome);
                break;
            case (OrderLookedUp x, OrderLookedUp y):
                (x.At, x.Id, x.AskedAt, x.Answer.Error).ShouldBe((y.At, y.Id, y.AskedAt, y.Answer.Error));
                (x.Answer.IsOk ? x.Answer.Value : null).ShouldBe(y.Answer.IsOk ? y.Answer.Value : null);
                break;
            default:
                actual.ShouldBe(expected);
                break;
        }
    }

    // Lists are equal by what they hold.
    private static void ShouldBeSame(OrderOutcome actual, OrderOutcome expected)
    {
        switch (actual, expected)
        {
            case (OrderOutcome.Accepted a, OrderOutcome.Accepted b):
                a.Report.ShouldBe(b.Report);
                a.Fills.ShouldBe(b.Fills);
                break;
            case (OrderOutcome.Replaced a, OrderOutcome.Replaced b):
                ShouldBeSame(a.Cancel, b.Cancel);
                ShouldBeSame(a.Placement, b.Placement);
                break;
            default:
                actual.ShouldBe(expected);
                break;
        }
    }

    private sealed class FailingStorage : IJournalStorage
    {
        public bool IsFailing { get; set; } = true;

        public IReadOnlyList<int> Segments => [];

        public string NameOf(int segment) => "failing";

        public ReadOnlyMemory<byte> Read(int segment) => default;

        public void ContinueAt(int segment, long offset)
        {
        }

        public void StartSegment(int segment, long capacity)
        {
        }

        public void Append(ReadOnlySpan<byte> bytes)
        {
        }

        public void Flush()
        {
            if (IsFailing)
            {
                throw new IOException("the disk is gone");
            }
        }

        public void Dispose()
        {
        }
    }
}
