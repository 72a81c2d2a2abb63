using System.Globalization;
using System.Text.RegularExpressions;

namespace Workbench.EndToEnd.Tests;

/// <summary>What is recorded from a venue plays back through the same connector and gives the same books.</summary>
public sealed class RecordCommandTests
{
    [Theory]
    [InlineData("binance", "a.jsonl.gz")]
    [InlineData("bybit", "a.jsonl")]
    public async Task Recording_plays_back_with_equal_books_at_equal_update_ids(string venue, string name)
    {
        using var folder = new TestFolder();
        var tape = Path.Combine(folder.Path, name);
        using var recorded = await WorkbenchProcess.RunAsync(folder, "sim", "record", "--from", venue, "--to", tape, "--for", "5s");
        recorded.ExitCode.ShouldBe(0, recorded.ToString());
        recorded.Output.ShouldMatch(@"recorded \d+ messages, .* messages/s");
        File.Exists(tape + ".part").ShouldBeFalse();

        using var played = await WorkbenchProcess.RunAsync(folder, "run", "scripts/replay.csx", "--set", $"tape={tape}", "--set", $"dialect={venue}");
        played.ExitCode.ShouldBe(0, played.ToString());
        var result = Regex.Match(played.Output, @"comparisons (\d+), agreements (\d+): 100 %");
        result.Success.ShouldBeTrue(played.ToString());
        int.Parse(result.Groups[1].Value, CultureInfo.InvariantCulture).ShouldBeGreaterThan(5, played.ToString());
    }

    [Fact]
    public async Task Interrupt_ends_a_recording_with_a_whole_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are a Unix thing");
        using var folder = new TestFolder();
        var tape = Path.Combine(folder.Path, "a.jsonl");
        using var run = WorkbenchProcess.Start(folder, "sim", "record", "--from", "binance", "--to", tape, "--symbols", "ETH/USDT");
        while (!File.Exists(tape + ".part") || new FileInfo(tape + ".part").Length < 20_000)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        run.Signal("INT");
        await run.EndedAsync();
        run.ExitCode.ShouldBe(0, run.ToString());
        var lines = await File.ReadAllLinesAsync(tape, TestContext.Current.CancellationToken);
        lines[0].ShouldContain("\"kind\":\"recording\"");
        lines[0].ShouldContain("ETH/USDT");
        lines[^1].ShouldEndWith("}");
        lines.ShouldContain(l => l.Contains("ethusdt@depth", StringComparison.Ordinal));
        lines.ShouldNotContain(l => l.Contains("btcusdt@", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recording_that_cannot_begin_says_why()
    {
        using var folder = new TestFolder();
        using var unknown = await WorkbenchProcess.RunAsync(folder, "sim", "record", "--from", "nope", "--to", "x.jsonl");
        unknown.ExitCode.ShouldBe(3);
        unknown.Error.ShouldContain("there are binance, bybit");

        var there = folder.Write("there.jsonl", "old");
        using var taken = await WorkbenchProcess.RunAsync(folder, "sim", "record", "--from", "binance", "--to", there, "--for", "1s");
        taken.ExitCode.ShouldBe(3);
        taken.Error.ShouldContain("--force");
        (await File.ReadAllTextAsync(there, TestContext.Current.CancellationToken)).ShouldBe("old");
    }
}
