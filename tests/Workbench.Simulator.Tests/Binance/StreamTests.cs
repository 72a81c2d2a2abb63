
namespace Workbench.Simulator.Tests.Binance;

public sealed class StreamTests
{
    [Fact]
    public async Task S20_33_a_client_that_follows_the_procedure_ends_with_the_venues_book()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws/btcusdt@depth@100ms");
        var book = new ClientBook();
        book.Buffer((await socket.ReceiveAsync()).Clone());
        book.Start((await client.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=5000")).Json);

        for (var i = 0; i < 15; i++)
        {
            book.Apply(await socket.ReceiveAsync());
        }

        // The venue's book at exactly the id the client has reached.
        for (var attempt = 0; attempt < 400; attempt++)
        {
            var now = (await client.GetAsync("/api/v3/depth?symbol=BTCUSDT&limit=5000")).Json;
            var id = now.GetProperty("lastUpdateId").GetInt64();
            while (book.LastId < id)
            {
                book.Apply(await socket.ReceiveAsync());
            }

            if (book.LastId == id)
            {
                book.ShouldEqual(now);
                return;
            }
        }

        Assert.Fail("The ids never met.");
    }

    [Fact]
    public async Task Klines_and_partial_depth_and_tickers_arrive()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/stream?streams=btcusdt@kline_1m/btcusdt@depth5@100ms/btcusdt@ticker/!miniTicker@arr/btcusdt@aggTrade/btcusdt@kline_1s");
        var seen = new HashSet<string>();

        while (seen.Count < 6)
        {
            var message = await socket.ReceiveAsync();
            seen.Add(message.GetProperty("stream").GetString()!);
        }

        var bars = (await client.GetAsync("/api/v3/klines?symbol=BTCUSDT&interval=5m&limit=100")).Json;
        bars.GetArrayLength().ShouldBe(100);
        bars[0].GetArrayLength().ShouldBe(12);
        (bars[1][0].GetInt64() - bars[0][0].GetInt64()).ShouldBe(300_000);
    }
}
