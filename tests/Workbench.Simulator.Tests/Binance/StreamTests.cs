using System.Text.Json;

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
    public async Task S20_30_wrapping_follows_the_path_and_set_property()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var raw = await client.ConnectAsync("/ws/0");
        await raw.SendAsync("""{"method":"SUBSCRIBE","params":["btcusdt@bookTicker","BTCUSDT@trade"],"id":"one"}""");
        (await raw.ReceiveTextAsync()).ShouldBe("""{"result":null,"id":"one"}""");
        var top = await raw.ReceiveAsync();
        top.TryGetProperty("e", out _).ShouldBeFalse("S20_35");
        top.TryGetProperty("E", out _).ShouldBeFalse("S20_35");
        top.GetProperty("s").GetString().ShouldBe("BTCUSDT");

        await raw.SendAsync("""{"method":"SET_PROPERTY","params":["combined",true],"id":2}""");
        var wrapped = await raw.ReceiveAsync(m => m.TryGetProperty("stream", out _));
        wrapped.GetProperty("stream").GetString().ShouldBe("btcusdt@bookTicker");

        using var combined = await client.ConnectAsync("/stream?streams=btcusdt@trade/ethusdt@bookTicker");
        (await combined.ReceiveAsync()).GetProperty("stream").GetString().ShouldBeOneOf("btcusdt@trade", "ethusdt@bookTicker");
        using var ccxt = await client.ConnectAsync("/stream/ws/0");
        await ccxt.SendAsync("""{"method":"SUBSCRIBE","params":["btcusdt@bookTicker"],"id":1}""");
        (await ccxt.ReceiveTextAsync()).ShouldBe("""{"result":null,"id":1}""");
        (await ccxt.ReceiveAsync()).TryGetProperty("stream", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task S20_31_unknown_streams_are_acknowledged_and_errors_keep_the_connection()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws");

        await socket.SendAsync("""{"method":"SUBSCRIBE","params":["nosuch@trade"],"id":1}""");
        (await socket.ReceiveTextAsync()).ShouldBe("""{"result":null,"id":1}""");
        await socket.SendAsync("{not json");
        (await socket.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32().ShouldBe(3);
        await socket.SendAsync("""{"method":"NOPE","id":null}""");
        var error = await socket.ReceiveAsync();
        error.GetProperty("error").GetProperty("code").GetInt32().ShouldBe(2);
        error.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":3}""");
        (await socket.ReceiveTextAsync()).ShouldBe("""{"result":["nosuch@trade"],"id":3}""");
    }

    [Fact]
    public async Task S20_15_more_than_five_messages_in_a_second_close_the_connection()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws");

        for (var i = 0; i < 12; i++)
        {
            await socket.SendAsync($$"""{"method":"LIST_SUBSCRIPTIONS","id":{{i}}}""");
        }

        var answers = 0;
        while (await socket.ReceiveTextAsync() is not null)
        {
            answers++;
        }

        answers.ShouldBeLessThan(12);
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
