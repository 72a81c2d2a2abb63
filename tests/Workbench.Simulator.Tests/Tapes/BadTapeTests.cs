using System.IO.Compression;
using System.Text;
using Workbench.Simulator.Server;
using Workbench.Simulator.Tests.Binance;

namespace Workbench.Simulator.Tests.Tapes;

/// <summary>A tape that cannot be played says in one sentence which file, which line, and what is wrong.</summary>
public sealed class BadTapeTests : IDisposable
{
    private const string Good = """{"t_ns":1700000000000000000,"kind":"ws-in","raw":"{\"stream\":\"btcusdt@trade\",\"data\":{\"e\":\"trade\",\"E\":1,\"s\":\"BTCUSDT\",\"t\":1,\"p\":\"10.0\",\"q\":\"1.0\",\"T\":1,\"m\":true,\"M\":true}}"}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("wb-tape-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a.jsonl", Good + "\n{\"t_ns\":170000000000000", "line 2", "not a capture record")]
    [InlineData("a.jsonl", Good + "\nnonsense", "line 2", "not a capture record")]
    [InlineData("a.jsonl", Good + "\n{\"kind\":\"ws-in\",\"raw\":\"{}\"}", "line 2", "t_ns")]
    [InlineData("a.jsonl", Good + "\n{\"t_ns\":1600000000000000000,\"kind\":\"ws-in\",\"raw\":\"{}\"}", "line 2", "time goes back")]
    [InlineData("a.jsonl", "", "a.jsonl", "holds no")]
    [InlineData("BTCUSDT.csv", "time_ms,price\n1700000000000,10", "line 1", "side or is_buyer_maker")]
    [InlineData("BTCUSDT.csv", "open_time_ms,open,high,low,close\n1700000000000,1,1,1,1", "line 1", "volume")]
    [InlineData("BTCUSDT.csv", "time_ms,side,price,qty\n1700000000000,buy,10,1\n1700000000000,buy,ten,1", "line 3", "ten")]
    [InlineData("BTCUSDT.csv", "time_ms,side,price,qty\n1700000000000,buy,10,1\n1700000000000,buy", "line 3", "only 2 columns")]
    [InlineData("BTCUSDT.csv", "time_ms,side,price,qty\n1700000000001,buy,10,1\n1700000000000,buy,10,1", "line 3", "time goes back")]
    [InlineData("BTCUSDT.csv", "time_ms,side,price,qty\n", "BTCUSDT.csv", "no trades")]
    [InlineData("x.txt", "hello", "x.txt", "neither")]
    public async Task Damage_is_named_with_its_line(string name, string text, params string[] words)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        await ShouldRefuseAsync(path, words);
    }

    [Theory]
    [InlineData("a.jsonl.gz")]
    [InlineData("BTCUSDT.csv.gz")]
    public async Task Cut_off_archive_is_named_with_the_line_it_ends_in(string name)
    {
        var lines = name.EndsWith("csv.gz", StringComparison.Ordinal)
            ? "time_ms,side,price,qty\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => FormattableString.Invariant($"{1700000000000 + i},buy,{10 + (i * 7919 % 1000)},{1 + (i * 31 % 97)}\n")))
            : string.Concat(Enumerable.Range(0, 5000).Select(i => Good.Replace("\\\"t\\\":1,", FormattableString.Invariant($"\\\"t\\\":{i * 7919},"), StringComparison.Ordinal) + "\n"));
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(Encoding.UTF8.GetBytes(lines));
        }

        var path = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(path, packed.ToArray()[..(int)(packed.Length / 2)], TestContext.Current.CancellationToken);
        await ShouldRefuseAsync(path, ["cut off", "line 2"]);
    }

    [Fact]
    public async Task Archive_that_is_none_is_named()
    {
        var path = Path.Combine(_folder, "a.jsonl.gz");
        await File.WriteAllTextAsync(path, "this is no gzip", TestContext.Current.CancellationToken);
        await ShouldRefuseAsync(path, ["damaged"]);
    }

    private static async Task ShouldRefuseAsync(string path, string[] words)
    {
        var refusal = await Should.ThrowAsync<TapeException>(() => Simulators.StartAsync(v => v with { TapePath = path }));
        refusal.Message.ShouldContain(path);
        refusal.Message.ShouldNotContain("\n");
        foreach (var word in words)
        {
            refusal.Message.ShouldContain(word);
        }
    }
}
