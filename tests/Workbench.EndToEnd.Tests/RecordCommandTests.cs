using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Workbench.EndToEnd.Tests;

/// <summary>What is recorded from a venue plays back through the same connector and gives the same books.</summary>
public sealed class RecordCommandTests
{
    [Fact]
    public async Task Binance_recording_plays_back_with_books_equal_to_the_quotes_of_the_same_update_ids()
    {
        using var folder = new TestFolder();
        var tape = Path.Combine(folder.Path, "a.jsonl.gz");
        using var recorded = await WorkbenchProcess.RunAsync(folder, "sim", "record", "--from", "binance", "--to", tape, "--for", "5s");
        recorded.ExitCode.ShouldBe(0, recorded.ToString());
        recorded.Output.ShouldMatch(@"recorded \d+ messages, .* messages/s");
        File.Exists(tape + ".part").ShouldBeFalse();

        using var played = await WorkbenchProcess.RunAsync(folder, "run", "scripts/replay.csx", "--set", $"tape={tape}");
        played.ExitCode.ShouldBe(0, played.ToString());
        var result = Regex.Match(played.Output, @"comparisons (\d+), agreements (\d+): 100 %");
        result.Success.ShouldBeTrue(played.ToString());
        int.Parse(result.Groups[1].Value, CultureInfo.InvariantCulture).ShouldBeGreaterThan(5, played.ToString());
    }

    // Each topic of Bybit counts for itself, so a book is compared with the book that the recording itself holds at its update id.
    [Fact]
    public async Task Bybit_recording_plays_back_with_the_books_that_were_recorded_at_the_same_update_ids()
    {
        using var folder = new TestFolder();
        var tape = Path.Combine(folder.Path, "a.jsonl");
        using var recording = await WorkbenchProcess.RunAsync(folder, "sim", "record", "--from", "bybit", "--to", tape, "--for", "5s", "--symbols", "BTC/USDT");
        recording.ExitCode.ShouldBe(0, recording.ToString());
        var script = folder.Write("books.csx", """
            var tape = await Simulator.PlayAsync(Args.Require<string>("tape", "a recording"), "bybit", 0, Stop);
            var last = Args.Require<long>("last", "the last update id in it");
            await foreach (var e in Market.Events("BTC/USDT", via: tape.Connection, cancellationToken: Stop))
            {
                if (e is OrderBook b)
                {
                    Print($"BOOK {b.Stamp.Sequence} {b.BestBid?.Price} {b.BestBid?.Quantity} {b.BestAsk?.Price} {b.BestAsk?.Quantity}");
                    if (b.Stamp.Sequence >= last)
                    {
                        break;
                    }
                }
            }

            await tape.DisposeAsync();
            """);
        var recorded = Books(await File.ReadAllLinesAsync(tape, TestContext.Current.CancellationToken));
        using var played = await WorkbenchProcess.RunAsync(folder, "run", script, "--set", $"tape={tape}", "--set", FormattableString.Invariant($"last={recorded.Keys.Max()}"));
        played.ExitCode.ShouldBe(0, played.ToString());

        var heard = Regex.Matches(played.Output, @"BOOK (\d+) (\S+) (\S+) (\S+) (\S+)").ToDictionary(
            m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture),
            m => (Number(m.Groups[2].Value), Number(m.Groups[3].Value), Number(m.Groups[4].Value), Number(m.Groups[5].Value)));
        heard.Count.ShouldBeGreaterThan(5, played.ToString());
        foreach (var (id, book) in heard)
        {
            book.ShouldBe(recorded[id], $"update {id}");
        }
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

    // The best prices of the recorded book after each message, by update id.
    private static Dictionary<long, (decimal Bid, decimal BidQuantity, decimal Ask, decimal AskQuantity)> Books(IEnumerable<string> lines)
    {
        var (bids, asks) = (new SortedDictionary<decimal, decimal>(), new SortedDictionary<decimal, decimal>());
        var books = new Dictionary<long, (decimal, decimal, decimal, decimal)>();
        foreach (var raw in lines.Select(l => JsonDocument.Parse(l).RootElement).Where(l => l.GetProperty("kind").GetString() == "ws-in").Select(l => l.GetProperty("raw").GetString()!))
        {
            using var message = JsonDocument.Parse(raw);
            if (!message.RootElement.TryGetProperty("topic", out var topic) || topic.GetString() != "orderbook.50.BTCUSDT")
            {
                continue;
            }

            var data = message.RootElement.GetProperty("data");
            foreach (var (side, name) in ((SortedDictionary<decimal, decimal>, string)[])[(bids, "b"), (asks, "a")])
            {
                Apply(side, data.GetProperty(name), message.RootElement.GetProperty("type").GetString() == "snapshot");
            }

            var (bid, ask) = (bids.Last(), asks.First());
            books[data.GetProperty("u").GetInt64()] = (bid.Key, bid.Value, ask.Key, ask.Value);
        }

        return books;
    }

    private static void Apply(SortedDictionary<decimal, decimal> side, JsonElement levels, bool isWhole)
    {
        if (isWhole)
        {
            side.Clear();
        }

        foreach (var level in levels.EnumerateArray())
        {
            var (price, quantity) = (Number(level[0].GetString()!), Number(level[1].GetString()!));
            side.Remove(price);
            if (quantity > 0)
            {
                side.Add(price, quantity);
            }
        }
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
