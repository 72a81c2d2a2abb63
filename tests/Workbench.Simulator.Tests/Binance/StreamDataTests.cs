using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Tests.Binance;

public sealed class StreamDataTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 5, TimeSpan.Zero));

    [Fact]
    public async Task S20_33_every_update_id_is_in_exactly_one_event_and_deletions_are_zero_quantities()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws/btcusdt@depth@100ms");
        long? last = null;
        var deletions = 0;

        for (var i = 0; i < 25; i++)
        {
            var e = await socket.ReceiveAsync();
            e.GetProperty("e").GetString().ShouldBe("depthUpdate");
            e.GetProperty("U").GetInt64().ShouldBe(last + 1 ?? e.GetProperty("U").GetInt64());
            last = e.GetProperty("u").GetInt64();
            last.Value.ShouldBeGreaterThanOrEqualTo(e.GetProperty("U").GetInt64());
            deletions += e.GetProperty("b").EnumerateArray().Concat(e.GetProperty("a").EnumerateArray()).Count(l => l[1].GetString() == "0.00000000");
        }

        deletions.ShouldBeGreaterThan(0);
        (await client.GetAsync("/api/v3/depth?symbol=BTCUSDT")).Json.GetProperty("lastUpdateId").GetInt64().ShouldBeGreaterThanOrEqualTo(last!.Value);
    }

    [Fact]
    public async Task S20_34_a_dropped_event_leaves_a_gap()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws/btcusdt@depth@100ms");
        var before = (await socket.ReceiveAsync()).GetProperty("u").GetInt64();

        await sim["binance"].Faults.InjectAsync("book-gap", new FaultOptions { Count = 1 }, TestContext.Current.CancellationToken);
        var gaps = 0;
        for (var i = 0; i < 10; i++)
        {
            var e = await socket.ReceiveAsync();
            gaps += e.GetProperty("U").GetInt64() > before + 1 ? 1 : 0;
            before = e.GetProperty("u").GetInt64();
        }

        gaps.ShouldBe(1);
    }

    [Fact]
    public async Task S20_34_a_duplicated_event_comes_twice()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws/btcusdt@depth@100ms");
        await socket.ReceiveAsync();

        await sim["binance"].Faults.InjectAsync("duplicate-events", new FaultOptions { Count = 1 }, TestContext.Current.CancellationToken);
        var ids = new List<long>();
        for (var i = 0; i < 8; i++)
        {
            ids.Add((await socket.ReceiveAsync()).GetProperty("u").GetInt64());
        }

        ids.Distinct().Count().ShouldBe(7);
    }

    [Fact]
    public async Task S20_34_a_snapshot_may_be_older_than_the_first_event()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        await sim["binance"].Faults.InjectAsync("stale-snapshot", cancellationToken: TestContext.Current.CancellationToken);
        using var socket = await client.ConnectAsync("/ws/btcusdt@depth@100ms");
        var first = await socket.ReceiveAsync();

        var snapshot = (await client.GetAsync("/api/v3/depth?symbol=BTCUSDT")).Json;
        snapshot.GetProperty("lastUpdateId").GetInt64().ShouldBeLessThan(first.GetProperty("U").GetInt64());
    }

    [Fact]
    public async Task S20_34_a_stale_connection_answers_but_brings_no_data()
    {
        await using var sim = await Simulators.StartAsync();
        using var socket = await RawSocket.ConnectAsync(sim["binance"].Port, "/ws/btcusdt@bookTicker");
        await socket.ReceiveJsonAsync();
        await sim["binance"].Faults.InjectAsync("stall-streams", cancellationToken: TestContext.Current.CancellationToken);

        // What was queued before is still coming; then only the answer to a ping and to a request.
        await socket.SendAsync(RawSocket.Ping, "1"u8.ToArray());
        await socket.ReceiveAsync(RawSocket.Pong);
        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":1}""");
        while (!(await socket.ReceiveJsonAsync()).TryGetProperty("result", out _))
        {
            // An event from before the fault.
        }

        await socket.SendAsync("""{"method":"LIST_SUBSCRIPTIONS","id":2}""");
        (await socket.ReceiveJsonAsync()).GetProperty("id").GetInt32().ShouldBe(2);
        await sim["binance"].Faults.ClearAllAsync(TestContext.Current.CancellationToken);
        (await socket.ReceiveJsonAsync()).GetProperty("s").GetString().ShouldBe("BTCUSDT");
    }

    [Fact]
    public async Task S20_35_book_tickers_tell_no_event_type_and_partial_books_no_symbol()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var top = await client.ConnectAsync("/ws/btcusdt@bookTicker");
        using var part = await client.ConnectAsync("/ws/btcusdt@depth5@100ms");

        (await top.ReceiveAsync()).EnumerateObject().Select(p => p.Name).ShouldBe(["u", "s", "b", "B", "a", "A"]);
        var book = await part.ReceiveAsync();
        book.EnumerateObject().Select(p => p.Name).ShouldBe(["lastUpdateId", "bids", "asks"]);
        book.GetProperty("bids").GetArrayLength().ShouldBe(5);
        book.GetProperty("asks").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task S20_35_a_bar_closes_exactly_once_and_agrees_with_the_trades()
    {
        await using var sim = await Simulators.StartAsync(v => v with { RateLimits = false, Binance = Simulators.Patient }, _time);
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/stream?streams=btcusdt@kline_1m/btcusdt@trade");
        var trades = new List<JsonElement>();
        var bars = new List<JsonElement>();
        var collecting = CollectAsync(socket, trades, bars, closed: 3);
        while (!collecting.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));

            // Keeps the clock from running away from what is sent.
            await client.GetAsync("/api/v3/ping");
        }

        await collecting;
        var closes = bars.Where(b => b.GetProperty("x").GetBoolean()).ToList();
        closes.Select(b => b.GetProperty("t").GetInt64()).Distinct().Count().ShouldBe(3, "each bar closes once");
        bars.Count.ShouldBeGreaterThan(closes.Count);
        foreach (var bar in closes.Skip(1))
        {
            var within = trades.Where(t => t.GetProperty("T").GetInt64() >= bar.GetProperty("t").GetInt64() && t.GetProperty("T").GetInt64() <= bar.GetProperty("T").GetInt64()).ToList();
            within.Count.ShouldBe(bar.GetProperty("n").GetInt32());
            Dec(bar, "o").ShouldBe(Dec(within[0], "p"));
            Dec(bar, "c").ShouldBe(Dec(within[^1], "p"));
            Dec(bar, "h").ShouldBe(within.Max(t => Dec(t, "p")));
            Dec(bar, "l").ShouldBe(within.Min(t => Dec(t, "p")));
            Dec(bar, "v").ShouldBe(within.Sum(t => Dec(t, "q")));
            Dec(bar, "V").ShouldBe(within.Where(t => !t.GetProperty("m").GetBoolean()).Sum(t => Dec(t, "q")));
            (bar.GetProperty("f").GetInt64(), bar.GetProperty("L").GetInt64()).ShouldBe((within[0].GetProperty("t").GetInt64(), within[^1].GetProperty("t").GetInt64()));
        }
    }

    [Fact]
    public async Task S20_35_trade_ids_are_contiguous_and_the_same_everywhere()
    {
        await using var sim = await Simulators.StartAsync();
        var venue = sim["binance"];
        using var client = new BinanceTestClient(venue);
        using var market = await client.ConnectAsync("/ws/btcusdt@trade");
        using var user = await client.ConnectAsync("/ws-api/v3");
        await user.SendAsync(TestKey.Hmac(venue).Frame("userDataStream.subscribe.signature", "1"));
        await user.ReceiveAsync();
        var first = (await market.ReceiveAsync()).GetProperty("t").GetInt64();

        var reply = await client.OrderAsync("symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.3");
        var ids = reply.Json.GetProperty("fills").EnumerateArray().Select(f => f.GetProperty("tradeId").GetInt64()).ToList();
        var reported = new List<long>();
        while (reported.Count < ids.Count)
        {
            var e = (await user.ReceiveAsync(m => m.TryGetProperty("event", out _))).GetProperty("event");
            if (e.TryGetProperty("x", out var kind) && kind.GetString() == "TRADE")
            {
                reported.Add(e.GetProperty("t").GetInt64());
            }
        }

        var mine = (await client.SignedAsync(HttpMethod.Get, "/api/v3/myTrades", "symbol=BTCUSDT")).Json.EnumerateArray().Select(t => t.GetProperty("id").GetInt64());
        reported.ShouldBe(ids);
        mine.ShouldBe(ids);
        var last = first;
        while (last < ids[^1])
        {
            var id = (await market.ReceiveAsync()).GetProperty("t").GetInt64();
            id.ShouldBe(last + 1);
            last = id;
        }

        var all = (await client.GetAsync("/api/v3/trades?symbol=BTCUSDT&limit=1000")).Json.EnumerateArray().Select(t => t.GetProperty("id").GetInt64()).ToList();
        all.ShouldBe(Enumerable.Range(0, all.Count).Select(i => all[0] + i));
        ids.ShouldBeSubsetOf(all);
    }

    [Theory]
    [InlineData("btcusdt@ticker_1h", "1hTicker", 3_600_000)]
    [InlineData("btcusdt@ticker_4h", "4hTicker", 14_400_000)]
    [InlineData("btcusdt@ticker_1d", "1dTicker", 86_400_000)]
    [InlineData("!ticker_1h@arr", "1hTicker", 3_600_000)]
    [InlineData("!ticker_4h@arr", "4hTicker", 14_400_000)]
    [InlineData("!ticker_1d@arr", "1dTicker", 86_400_000)]
    [InlineData("btcusdt@miniTicker", "24hrMiniTicker", 0)]
    [InlineData("!miniTicker@arr", "24hrMiniTicker", 0)]
    [InlineData("btcusdt@ticker", "24hrTicker", 86_400_000)]
    [InlineData("btcusdt@avgPrice", "avgPrice", 0)]
    [InlineData("btcusdt@aggTrade", "aggTrade", 0)]
    [InlineData("btcusdt@kline_1h@+08:00", "kline", 0)]
    public async Task Streams_that_sum_up_arrive(string stream, string type, long window)
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        using var socket = await client.ConnectAsync("/ws/" + Uri.EscapeDataString(stream));

        var e = await socket.ReceiveAsync();
        e = e.ValueKind == JsonValueKind.Array ? e[0] : e;
        e.GetProperty("e").GetString().ShouldBe(type);
        if (window > 0)
        {
            var span = e.GetProperty("C").GetInt64() - e.GetProperty("O").GetInt64();
            span.ShouldBeInRange(window, window + 59_999);
            Dec(e, "p").ShouldBe(Dec(e, "c") - Dec(e, "o"));
            (e.GetProperty("L").GetInt64() - e.GetProperty("F").GetInt64() + 1).ShouldBe(e.GetProperty("n").GetInt64());
        }
    }

    [Fact]
    public async Task Reference_prices_are_told_every_second_where_there_is_one()
    {
        await using var sim = await Simulators.StartAsync();
        using var client = new BinanceTestClient(sim["binance"]);
        (await client.GetAsync("/api/v3/referencePrice?symbol=BTCUSDT")).Code.ShouldBe(-2043);
        sim["binance"].Venue.Execute(engine =>
        {
            var book = engine.Books["BTCUSDT"];
            book.Instrument = book.Instrument with { Spot = book.Instrument.Spot with { ReferencePrice = 61_000.5m } };
        });
        using var socket = await client.ConnectAsync("/ws/btcusdt@referencePrice");

        (await client.GetAsync("/api/v3/referencePrice?symbol=BTCUSDT")).Json.GetProperty("referencePrice").GetString().ShouldBe("61000.5");
        for (var i = 0; i < 2; i++)
        {
            var e = await socket.ReceiveAsync();
            e.EnumerateObject().Select(p => p.Name).ShouldBe(["e", "s", "r", "t"]);
            e.GetProperty("r").GetString().ShouldBe("61000.5");
        }
    }

    private static async Task CollectAsync(TestSocket socket, List<JsonElement> trades, List<JsonElement> bars, int closed)
    {
        while (closed > 0)
        {
            var message = (await socket.ReceiveAsync()).GetProperty("data");
            if (message.GetProperty("e").GetString() == "trade")
            {
                trades.Add(message);
                continue;
            }

            bars.Add(message.GetProperty("k"));
            closed -= bars[^1].GetProperty("x").GetBoolean() ? 1 : 0;
        }
    }

    private static decimal Dec(JsonElement e, string name) => decimal.Parse(e.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
