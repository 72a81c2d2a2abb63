using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Sdk;
using Workbench.Storage;

namespace Workbench.Tests.Storage;

public sealed class FileJournalStorageTests : IDisposable
{
    private const int SegmentSize = 4096;
    private readonly string _directory = Directory.CreateTempSubdirectory("workbench-journal-").FullName;

    private string Journal => Path.Combine(_directory, "journal");

    [Fact]
    public void Events_survive_the_process_over_many_segments()
    {
        Write(Enumerable.Range(1, 200));
        Directory.GetFiles(Journal, "*.wbj").Length.ShouldBeGreaterThanOrEqualTo(3);
        Epochs(Open()).ShouldBe(Enumerable.Range(1, 200));
        Write([201]);
        Epochs(Open()).ShouldBe(Enumerable.Range(1, 201));
    }

    [Fact]
    public void Second_host_is_refused_while_the_first_lives()
    {
        using (FileJournalStorage.Open(Journal))
        {
            var message = Should.Throw<IOException>(() => FileJournalStorage.Open(Journal)).Message;
            message.ShouldContain($"in use by another workbench (lock file {Path.Combine(Journal, "lock")})");
            message.ShouldContain("WORKBENCH_DATA=FOLDER");
        }

        using var _ = FileJournalStorage.Open(Journal);
    }

    [Fact]
    public void Folder_and_segments_belong_to_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Write([1]);
        ModeOf(Journal).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ModeOf(Newest()).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Torn_end_is_cut_on_the_disk_too()
    {
        Write([1, 2, 3]);
        var bytes = File.ReadAllBytes(Newest());
        var end = bytes.AsSpan().TrimEnd((byte)0).Length;
        bytes.AsSpan(end - 5, 5).Clear();
        File.WriteAllBytes(Newest(), bytes);
        var opening = Open();
        Epochs(opening).ShouldBe([1, 2]);
        var offset = (int)((JournalOpening.Ready)opening).Tear!.Offset;
        File.ReadAllBytes(Newest()).AsSpan(offset).ContainsAnyExcept((byte)0).ShouldBeFalse();
        Write([4]);
        Epochs(Open()).ShouldBe([1, 2, 4]);
    }

    [Fact]
    public void Damage_in_the_middle_names_the_file_and_the_offset_and_changes_nothing()
    {
        Write([1, 2, 3]);
        var bytes = File.ReadAllBytes(Newest());
        bytes[70] ^= 1;
        File.WriteAllBytes(Newest(), bytes);
        using var storage = FileJournalStorage.Open(Journal);
        var damage = OrderJournal.Open(storage, SegmentSize).ShouldBeOfType<JournalOpening.Damaged>();
        damage.Segment.ShouldBe(Newest());
        damage.ToString().ShouldContain("is damaged at offset ");
        File.ReadAllBytes(Newest()).ShouldBe(bytes);
    }

    [Fact]
    public void Empty_newest_segment_of_a_crash_is_used()
    {
        Write([1]);
        File.WriteAllBytes(Path.Combine(Journal, "00000002.wbj"), []);
        Write([2]);
        Epochs(Open()).ShouldBe([1, 2]);
    }

    [Fact]
    public void Opened_empty_it_forgets_its_segments_and_nothing_else()
    {
        Write(Enumerable.Range(1, 200));
        var other = Path.Combine(Journal, "notes.wbj");
        File.WriteAllText(other, "mine");
        Epochs(OrderJournal.Open(FileJournalStorage.OpenEmpty(Journal), SegmentSize)).ShouldBeEmpty();
        File.ReadAllText(other).ShouldBe("mine");
        Write([1]);
        Epochs(Open()).ShouldBe([1]);
    }

    [Fact]
    public void Opened_empty_it_is_refused_and_forgets_nothing_while_another_host_has_it()
    {
        Write([1, 2]);
        using (FileJournalStorage.Open(Journal))
        {
            Should.Throw<IOException>(() => FileJournalStorage.OpenEmpty(Journal));
        }

        Epochs(Open()).ShouldBe([1, 2]);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static IEnumerable<int> Epochs(JournalOpening opening)
    {
        var ready = opening.ShouldBeOfType<JournalOpening.Ready>();
        ready.Journal.Dispose();
        return ready.Events.Cast<EpochStarted>().Select(e => e.Epoch);
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    private JournalOpening Open() => OrderJournal.Open(FileJournalStorage.Open(Journal), SegmentSize);

    private string Newest() => Directory.GetFiles(Journal, "*.wbj").Order().Last();

    private void Write(IEnumerable<int> epochs)
    {
        using var journal = Open().ShouldBeOfType<JournalOpening.Ready>().Journal;
        foreach (var epoch in epochs)
        {
            journal.Append(new EpochStarted(new Timestamp(epoch), epoch));
            journal.Commit(durable: true);
        }
    }
}
