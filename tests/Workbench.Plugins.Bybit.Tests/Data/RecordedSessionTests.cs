using System.Globalization;
using System.Text;
using Workbench.Plugins.Bybit.Streams;
using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Data;

public sealed class RecordedSessionTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("bybit_v5_BTCUSDT_20260809_cryptofeed.jsonl.gz", 700)]
    [InlineData("bybit_v5_spot_ob1_20250613_cryptofeed.jsonl.gz", 130)]
    [InlineData("bybit_v5_linear_XRPUSDT_ob500_20241201.jsonl.gz", 50)]
    public void Recorded_books_are_in_sequence_never_crossed_and_every_message_decodes_without_loss(string file, int atLeastBooks)
    {
        var frame = new MarketFrame();
        var books = new Dictionary<string, Ladder>(StringComparer.Ordinal);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in Recordings.Session(SharedData.Need("series/l2/" + file)).Where(l => l.Kind == "ws-in"))
        {
            FrameComparer.Check(frame, Encoding.UTF8.GetBytes(line.Text)).ShouldBeTrue(line.Text);
            var count = $"{(line.IsSpot ? "spot" : "linear")} {frame.Kind}";
            counts[count] = counts.GetValueOrDefault(count) + 1;
            if (frame.Kind == FrameKind.Book)
            {
                Follow(frame, books, line);
            }
        }

        output.WriteLine($"{file}: {string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"))}; books {books.Count}, gaps 0, crossed 0");
        counts.Where(c => c.Key.EndsWith("Book", StringComparison.Ordinal)).Sum(c => c.Value).ShouldBeGreaterThanOrEqualTo(atLeastBooks);
    }

    [Fact]
    public async Task Recorded_top_of_book_session_gives_one_quote_per_message_through_the_connector()
    {
        var lines = Recordings.Session(SharedData.Need("series/l2/bybit_v5_spot_ob1_20250613_cryptofeed.jsonl.gz"));
        var topics = lines.Where(l => l.Kind == "ws-out").Select(l => l.Text.Split("orderbook.1.")[1].Split('"')[0]).Distinct().ToArray();
        var rows = topics.Select(t => $$$"""{"symbol":"{{{t}}}","baseCoin":"{{{t[..^4]}}}","quoteCoin":"{{{t[^4..]}}}","status":"Trading","lotSizeFilter":{"basePrecision":"1"},"priceFilter":{"tickSize":"1"}}""");
        var (rig, session) = (new Rig(), new FakeMarketSession());
        rig.Http.Ok("/v5/market/instruments-info", $$"""{"list":[{{string.Join(",", rows)}}]}""");
        await rig.Connector.GetInstrumentsAsync(CancellationToken.None);
        foreach (var topic in topics)
        {
            session.Wish(new MarketSubscription(Symbol.Parse($"{topic[..^4]}/{topic[^4..]}"), MarketChannel.Quotes));
        }

        using var ending = new CancellationTokenSource();
        var run = rig.Connector.RunMarketStreamAsync(session, ending.Token);
        await session.NextAsync<Up>();
        await rig.Sockets.Socket.SentAsync();
        var arrived = lines.Where(l => l.Kind == "ws-in").Select(l => l.Text).Where(t => t.Contains("\"topic\"", StringComparison.Ordinal)).ToList();
        arrived.ForEach(rig.Sockets.Socket.Arrive);
        foreach (var text in arrived)
        {
            var quote = await session.NextAsync<Quote>();
            text.ShouldContain($"\"u\":{quote.Stamp.Sequence.ToString(CultureInfo.InvariantCulture)},");
            (quote.Spread?.Value ?? 1).ShouldBeGreaterThan(0);
        }

        output.WriteLine($"{arrived.Count} messages of {topics.Length} markets, {arrived.Count} quotes");
        await ending.CancelAsync();
        (await run).ShouldBe(StreamEnd.Orderly);
    }

    private static void Follow(MarketFrame frame, Dictionary<string, Ladder> books, Recorded line)
    {
        var topic = Encoding.UTF8.GetString(frame.Topic);
        if (!books.TryGetValue(line.Url + topic, out var ladder))
        {
            books[line.Url + topic] = ladder = new Ladder();
        }

        var step = ladder.Sequence.Next(frame.IsSnapshot, frame.UpdateId);
        step.ShouldBeOneOf(BookStep.Replace, BookStep.Apply);
        ladder.Take(frame, step == BookStep.Replace);
        ladder.IsCrossed.ShouldBeFalse($"{topic} at {frame.UpdateId}");
        ladder.Levels.ShouldBeLessThanOrEqualTo(int.Parse(topic.Split('.')[1], CultureInfo.InvariantCulture), $"{topic} at {frame.UpdateId}");
    }
}
