using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Server;
using Workbench.Simulator.Tests.Binance;

namespace Workbench.Simulator.Tests.Tapes;

public sealed class CaptureTapeTests
{
    private static Task<SimulatorHost> PlayAsync(string path, decimal speed = 0) =>
        Simulators.StartAsync(v => v with { TapePath = SharedData.File(path), TapeSpeed = speed });

    [Theory]
    [InlineData("series/l2/binance_spot_BTCUSDT_20240808_235413.jsonl.gz", "BTCUSDT", 70_000)]
    [InlineData("series/l2/binance_spot_10symbols_20210405_cryptofeed.jsonl.gz", "ZILUSDT", 100)]
    [InlineData("series/l2/binance_spot_10symbols_20210417_cryptofeed.jsonl.gz", "ADARUB", 1)]
    [InlineData("series/l2/binance_spot_4symbols_20211012_cryptofeed.jsonl.gz", "NKNUSDT", 10)]
    public async Task Rebuilt_book_agrees_with_the_recorded_best_prices(string path, string symbol, int atLeast)
    {
        await using var sim = await PlayAsync(path);
        using var client = new BinanceTestClient(sim["binance"]);
        var lower = symbol.ToLowerInvariant();
        using var socket = await client.ConnectAsync($"/stream?streams={lower}@depth@100ms/{lower}@bookTicker");
        var book = new ClientBook();
        var tops = new Dictionary<long, (decimal, decimal, decimal, decimal)>();
        var (compared, agreed) = (0, 0);
        var snapshot = client.GetAsync($"/api/v3/depth?symbol={symbol}&limit=1000");

        void Compare()
        {
            if (tops.TryGetValue(book.LastId, out var recorded))
            {
                compared++;
                agreed += book.Top == recorded ? 1 : 0;
            }
        }

        while (await socket.ReceiveTextAsync() is { } text)
        {
            var message = JsonDocument.Parse(text).RootElement;
            var data = message.GetProperty("data");
            if (message.GetProperty("stream").GetString()!.EndsWith("bookTicker", StringComparison.Ordinal))
            {
                tops[data.GetProperty("u").GetInt64()] = (Number(data, "b"), Number(data, "B"), Number(data, "a"), Number(data, "A"));
                continue;
            }

            if (!book.IsStarted)
            {
                book.Buffer(data);
                if (!snapshot.IsCompleted)
                {
                    continue;
                }

                book.Start((await snapshot).Json, Compare);
                continue;
            }

            book.Apply(data);
            Compare();
        }

        if (!book.IsStarted)
        {
            // A short tape may be over before the answer: the buffered stream still fits the snapshot.
            book.Start((await snapshot).Json, Compare);
        }

        book.IsStarted.ShouldBeTrue();
        tops.Count.ShouldBeGreaterThanOrEqualTo(atLeast);
        await sim["binance"].Tape!.Completion;
        if (compared > 0)
        {
            ((decimal)agreed / compared).ShouldBeGreaterThanOrEqualTo(0.999m, $"{agreed} of {compared}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{symbol}: {agreed} of {compared} agree, {tops.Count} recorded tops");
    }

    [Fact]
    public async Task Recording_without_snapshot_starts_from_an_empty_book_before_its_first_id()
    {
        await using var sim = await PlayAsync("series/l2/binance_spot_TRXUSDT_depth_20250304.jsonl.gz");
        using var client = new BinanceTestClient(sim["binance"]);
        var before = (await client.GetAsync("/api/v3/depth?symbol=TRXUSDT&limit=1000")).Json;
        before.GetProperty("lastUpdateId").GetInt64().ShouldBe(5434434561);
        before.GetProperty("bids").GetArrayLength().ShouldBe(0);
        using var socket = await client.ConnectAsync("/ws/trxusdt@depth");
        var book = new ClientBook();
        book.Start(before);
        var count = 0;

        while (await socket.ReceiveTextAsync() is { } text)
        {
            book.Apply(JsonDocument.Parse(text).RootElement);
            count++;
        }

        count.ShouldBe(2833, "nothing is dropped");
    }

    [Fact]
    public async Task Late_client_gets_a_snapshot_that_fits_what_it_hears()
    {
        await using var sim = await PlayAsync("series/l2/binance_spot_BTCUSDT_20240808_235413.jsonl.gz", speed: 20);
        using var client = new BinanceTestClient(sim["binance"]);
        using var first = await client.ConnectAsync("/ws/btcusdt@depth@100ms");
        for (var i = 0; i < 60; i++)
        {
            await first.ReceiveAsync();
        }

        using var late = await client.ConnectAsync("/ws/btcusdt@depth@100ms");
        var book = new ClientBook();
        book.Buffer(await late.ReceiveAsync());
        book.Start((await client.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=1000")).Json);
        for (var i = 0; i < 60; i++)
        {
            book.Apply(await late.ReceiveAsync());
        }

        (book.Top!.Value.Bid < book.Top.Value.Ask).ShouldBeTrue();
    }

    [Fact]
    public async Task Orders_fill_at_the_recorded_touch()
    {
        await using var sim = await PlayAsync("series/l2/binance_spot_BTCUSDT_20240808_235413.jsonl.gz", speed: 5);
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws/btcusdt@bookTicker");
        for (var i = 0; i < 30; i++)
        {
            await socket.ReceiveAsync();
        }

        var reply = await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001");

        reply.Json.GetProperty("status").GetString().ShouldBe("FILLED", reply.Text);
        Number(reply.Json.GetProperty("fills")[0], "price").ShouldBeInRange(61_000m, 63_000m);
        var info = (await client.GetAsync("/api/v3/exchangeInfo?symbol=BTCUSDT")).Json.GetProperty("symbols")[0];
        info.GetProperty("baseAsset").GetString().ShouldBe("BTC");
        Number(info.GetProperty("filters")[0], "tickSize").ShouldBe(0.01m);
        Number(info.GetProperty("filters")[1], "stepSize").ShouldBe(0.00001m);
    }

    [Fact]
    public async Task Missing_tape_is_named() =>
        (await Should.ThrowAsync<TapeException>(() => Simulators.StartAsync(v => v with { TapePath = "/nowhere/x.jsonl.gz" })))
            .Message.ShouldContain("no such file");

    [Fact]
    public async Task Tape_of_another_venue_is_named()
    {
        var foreign = SharedData.File("series/l2/bybit_v5_BTCUSDT_20260809_cryptofeed.jsonl.gz");
        (await Should.ThrowAsync<TapeException>(() => Simulators.StartAsync(v => v with { TapePath = foreign })))
            .Message.ShouldContain("recorded from bybit");
    }

    private static decimal Number(JsonElement e, string name) => decimal.Parse(e.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
