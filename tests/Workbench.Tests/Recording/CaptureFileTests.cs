using System.IO.Compression;
using System.Text;
using Workbench.Recording;

namespace Workbench.Tests.Recording;

public sealed class CaptureFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wb-recording-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Finished_recording_takes_its_name_at_once_and_whole()
    {
        var path = Path.Combine(_folder, "a.jsonl.gz");
        using var file = CaptureFile.Create(path, replaces: false);
        await file.AppendAsync("one\n"u8.ToArray(), CancellationToken.None);
        await file.AppendAsync("two\n"u8.ToArray(), CancellationToken.None);
        File.Exists(path).ShouldBeFalse();
        file.Finish();

        Unpack(File.ReadAllBytes(path)).ShouldBe("one\ntwo\n");
        Directory.GetFiles(_folder).ShouldBe([path]);
    }

    [Fact]
    public async Task Flushed_part_of_a_packed_recording_can_be_read_while_it_goes_on()
    {
        using var file = CaptureFile.Create(Path.Combine(_folder, "a.jsonl.gz"), replaces: false);
        await file.AppendAsync("one\n"u8.ToArray(), CancellationToken.None);

        await using var partial = new FileStream(Path.Combine(_folder, "a.jsonl.gz.part"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        await partial.CopyToAsync(copy, TestContext.Current.CancellationToken);
        Unpack(copy.ToArray()).ShouldBe("one\n");
    }

    [Fact]
    public void Unfinished_recording_leaves_nothing_behind()
    {
        CaptureFile.Create(Path.Combine(_folder, "a.jsonl"), replaces: false).Dispose();
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    [Fact]
    public void File_that_is_there_is_replaced_only_when_asked()
    {
        var path = Path.Combine(_folder, "a.jsonl");
        File.WriteAllText(path, "old");
        Should.Throw<RecordingException>(() => CaptureFile.Create(path, replaces: false)).Message.ShouldContain("--force");
        using (var file = CaptureFile.Create(path, replaces: true))
        {
            File.ReadAllText(path).ShouldBe("old", "it goes when the new one is whole");
            file.Finish();
        }

        File.ReadAllText(path).ShouldBe("");
    }

    [Theory]
    [InlineData("a.csv", "ends in .jsonl")]
    [InlineData("no/such/folder/a.jsonl", "a.jsonl")]
    public void Impossible_name_is_named(string name, string reason) =>
        Should.Throw<RecordingException>(() => CaptureFile.Create(Path.Combine(_folder, name), replaces: false)).Message.ShouldContain(reason);

    [Fact]
    public async Task Full_disk_is_said_and_the_file_ends_with_its_last_whole_flush()
    {
        var path = Path.Combine(_folder, "a.jsonl");
        var disk = new SmallDisk(path + ".part", 10);
        using var file = new CaptureFile(path, path + ".part", false, disk);
        await file.AppendAsync("one\n"u8.ToArray(), CancellationToken.None);

        var failure = await Should.ThrowAsync<RecordingException>(() => file.AppendAsync("a long line\n"u8.ToArray(), CancellationToken.None));
        file.Finish();

        failure.Message.ShouldBe($"{path}: the disk is full");
        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe("one\n");
    }

    private static string Unpack(byte[] bytes)
    {
        using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var text = new StreamReader(zip, Encoding.UTF8);
        return text.ReadToEnd();
    }

    // Takes what fits and then says what a full disk says.
    private sealed class SmallDisk(string path, int room) : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0)
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var fits = Math.Min(buffer.Length, room - (int)Length);
            await base.WriteAsync(buffer[..fits], cancellationToken);
            if (fits < buffer.Length)
            {
                throw new IOException("No space left on device", 28);
            }
        }
    }
}
