using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Tapes;
using Workbench.Simulator.Tests.Binance;

namespace Workbench.Simulator.Tests.Tapes;

/// <summary>A recording of Bybit's public spot socket, played in its own dialect.</summary>
public sealed class BybitCaptureTests
{
    private const string Recording = "series/l2/bybit_v5_BTCUSDT_20260809_cryptofeed.jsonl.gz";

    [Fact]
    public async Task Recorded_topic_goes_out_as_it_was_recorded_and_clients_can_trade_against_it()
    {
        var file = SharedData.File(Recording);
        var recorded = CaptureReader.Read(file).Where(r => r.Kind == CaptureKind.StreamIn).Select(r => CaptureIndex.Parse("bybit", in r)).OfType<CaptureEvent>()
            .Where(e => e.Stream == "orderbook.200.BTCUSDT").Select(e => System.Text.Encoding.UTF8.GetString(e.Data.Span)).ToList();
        await using var sim = await Simulators.StartAsync(v => v with { Dialect = "bybit", TapePath = file, TapeSpeed = 0 });
        var venue = sim.Venues.Values.Single();
        using var socket = await TestSocket.ConnectAsync(new UriBuilder("ws", "127.0.0.1", venue.Port).Uri, "/v5/public/spot");
        await socket.SendAsync("""{"op":"subscribe","args":["orderbook.200.BTCUSDT"]}""");
        var heard = new List<string>();
        while (await socket.ReceiveTextAsync() is { } text)
        {
            if (text.Contains("\"topic\":\"orderbook.200", StringComparison.Ordinal))
            {
                heard.Add(text);
            }
        }

        heard.ShouldBe(recorded);
        var book = new RecordedBook("orderbook.200.BTCUSDT");
        foreach (var text in recorded)
        {
            using var message = JsonDocument.Parse(text);
            book.Apply(message.RootElement);
        }

        // The engine holds the whole recorded depth, not only its best prices.
        var market = venue.Venue.Market("BTCUSDT")!;
        var depth = venue.Venue.Execute(_ => Enumerable.Range(0, market.Book.Bids.Count).ToDictionary(r => market.Book.Bids[r].Price, r => market.Book.Bids[r].Quantity));
        depth.Count.ShouldBeGreaterThan(150);
        var same = book.Levels(Workbench.Simulator.Matching.Side.Buy).Count(l => depth.GetValueOrDefault(l.Key) == l.Value);
        same.ShouldBeGreaterThan(book.Levels(Workbench.Simulator.Matching.Side.Buy).Count * 9 / 10, "but for what the trades since took");
    }

    [Fact]
    public async Task Late_subscriber_gets_a_snapshot_that_the_next_change_fits()
    {
        var file = SharedData.File(Recording);
        await using var sim = await Simulators.StartAsync(v => v with { Dialect = "bybit", TapePath = file, TapeSpeed = 20 });
        var address = new UriBuilder("ws", "127.0.0.1", sim.Venues.Values.Single().Port).Uri;
        using var first = await TestSocket.ConnectAsync(address, "/v5/public/spot");
        await first.SendAsync("""{"op":"subscribe","args":["orderbook.200.BTCUSDT"]}""");
        for (var i = 0; i < 40; i++)
        {
            await first.ReceiveTextAsync();
        }

        using var late = await TestSocket.ConnectAsync(address, "/v5/public/spot");
        await late.SendAsync("""{"op":"subscribe","args":["orderbook.200.BTCUSDT"]}""");
        var ids = new List<long>();
        var kinds = new List<string>();
        while (ids.Count < 10 && await late.ReceiveTextAsync() is { } text)
        {
            using var message = JsonDocument.Parse(text);
            if (message.RootElement.TryGetProperty("topic", out _))
            {
                ids.Add(message.RootElement.GetProperty("data").GetProperty("u").GetInt64());
                kinds.Add(message.RootElement.GetProperty("type").GetString()!);
            }
        }

        kinds[0].ShouldBe("snapshot");
        ids.ShouldBe(Enumerable.Range(0, 10).Select(i => ids[0] + i), string.Join(' ', ids.Select(i => i.ToString(CultureInfo.InvariantCulture))));
    }
}
