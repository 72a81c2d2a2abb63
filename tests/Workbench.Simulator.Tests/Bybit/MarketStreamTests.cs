using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class MarketStreamTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    [Theory]
    [InlineData("publicTrade.BTCPERP")]
    [InlineData("orderbook.500.BTCUSDT")]
    [InlineData("kline.7.BTCUSDT")]
    [InlineData("nonsense")]
    public async Task S22_08_topics_of_other_categories_and_unknown_ones_are_refused(string topic)
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("public");
        var ack = await socket.SubscribeAsync("orderbook.1.BTCUSDT", topic);
        ack.Get("success").ShouldBe("False");
        ack.Get("ret_msg").ShouldContain(topic);
        (await socket.DrainAsync()).ShouldBeEmpty("one bad topic fails the request");
    }

    [Fact]
    public async Task S22_08_more_than_ten_args_are_refused()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("public");
        string[] topics = ["1", "3", "5", "15", "30", "60", "120", "240", "360", "720", "D"];
        (await socket.SubscribeAsync([.. topics.Select(t => $"kline.{t}.BTCUSDT")])).Get("success").ShouldBe("False");
        (await socket.SubscribeAsync([.. topics.Take(10).Select(t => $"kline.{t}.BTCUSDT")])).Get("success").ShouldBe("True");
    }

    [Theory]
    [InlineData("\"7\"")]
    [InlineData("7")]
    public async Task S22_09_acks_echo_req_id_in_its_json_type(string id)
    {
        await using var bench = await BybitBench.StartAsync();
        using var pub = await bench.Client.ConnectAsync("public");
        var ack = await pub.AskAsync($"{{\"req_id\":{id},\"op\":\"subscribe\",\"args\":[\"publicTrade.BTCUSDT\"]}}");
        ack.GetProperty("req_id").GetRawText().ShouldBe(id);
        ack.Get("ret_msg").ShouldBe("subscribe");
        ack.EnumerateObject().Select(m => m.Name).ShouldBe(["success", "ret_msg", "conn_id", "req_id", "op"], ignoreOrder: true);
        var bare = await pub.AskAsync("{\"op\":\"subscribe\",\"args\":[\"publicTrade.ETHUSDT\"]}");
        bare.TryGetProperty("req_id", out _).ShouldBeFalse();

        using var priv = await bench.Client.LoginAsync("private");
        var ack2 = await priv.AskAsync($"{{\"req_id\":{id},\"op\":\"subscribe\",\"args\":[\"order\"]}}");
        ack2.GetProperty("req_id").GetRawText().ShouldBe(id);
        ack2.Get("ret_msg").ShouldBe("");
    }

    [Fact]
    public async Task S22_09_pongs_have_the_shape_of_their_socket()
    {
        await using var bench = await BybitBench.StartAsync();
        const string Ping = "{\"req_id\":\"1\",\"reqId\":\"1\",\"op\":\"ping\"}";
        using var pub = await bench.Client.ConnectAsync("public");
        using var priv = await bench.Client.ConnectAsync("private");
        using var trade = await bench.Client.ConnectAsync("trade");
        var (a, b, c) = (await pub.AskAsync(Ping), await priv.AskAsync(Ping), await trade.AskAsync(Ping));
        (a.Get("op"), a.Get("ret_msg"), a.Get("success"), a.Get("req_id")).ShouldBe(("ping", "pong", "True", "1"));
        (b.Get("op"), b.Get("req_id"), b.GetProperty("args")[0].GetString()).ShouldBe(("pong", "1", "1700000000000"));
        (c.Get("op"), c.Get("retCode"), c.GetProperty("data")[0].GetString()).ShouldBe(("pong", "0", "1700000000000"));
    }

    [Fact]
    public async Task S22_09_an_idle_connection_is_closed_after_its_active_time()
    {
        await using var bench = await BybitBench.StartAsync();
        using var brief = await bench.Client.LoginAsync("private", "?max_active_time=30s");
        using var standard = await bench.Client.LoginAsync("private");
        bench.Time.Advance(TimeSpan.FromSeconds(20));
        await brief.DrainAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(20));
        await brief.DrainAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(31));
        (await brief.ReceiveTextAsync()).ShouldBeNull();
        await standard.DrainAsync();
        bench.Time.Advance(TimeSpan.FromMinutes(10));
        (await standard.ReceiveTextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task S22_10_book_begins_with_a_snapshot_and_deltas_follow_by_one()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("orderbook.50.BTCUSDT");
        var snapshot = await socket.ReceiveAsync();
        snapshot.Get("type").ShouldBe("snapshot");
        Levels(snapshot, "b").ShouldBe("59999:0.5");
        Levels(snapshot, "a").ShouldBe("60001:0.5");

        var quote = bench.Quote(Side.Buy, 59_999.5m, 0.25m);
        bench.Advance(Tick);
        bench.Quote(Side.Buy, 59_999.5m, 0.25m);
        bench.Advance(Tick);
        bench.Withdraw(quote);
        bench.Withdraw(bench.Quote(Side.Buy, 59_000m, 1m));
        bench.Advance(Tick);
        bench.Advance(Tick);
        var deltas = await socket.DrainAsync();
        deltas.ConvertAll(d => $"{d.Get("type")} {Levels(d, "b")}|{Levels(d, "a")}").ShouldBe(
            ["delta 59999.5:0.25|", "delta 59999.5:0.5|", "delta 59999.5:0.25|"]);
        var u = snapshot.GetProperty("data").GetProperty("u").GetInt64();
        deltas.ConvertAll(d => d.GetProperty("data").GetProperty("u").GetInt64()).ShouldBe([u + 1, u + 2, u + 3]);
    }

    [Fact]
    public async Task S22_10_levels_leave_and_re_enter_the_window()
    {
        await using var bench = await BybitBench.StartAsync();
        for (var i = 1; i < 50; i++)
        {
            bench.Quote(Side.Buy, 59_999m - i, 1m);
        }

        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("orderbook.50.BTCUSDT");
        (await socket.ReceiveAsync()).GetProperty("data").GetProperty("b").GetArrayLength().ShouldBe(50);
        var better = bench.Quote(Side.Buy, 60_000m, 2m);
        bench.Advance(Tick);
        bench.Withdraw(better);
        bench.Advance(Tick);
        (await socket.DrainAsync()).ConvertAll(d => Levels(d, "b")).ShouldBe(["60000:2 59950:0", "60000:0 59950:1"]);
    }

    [Fact]
    public async Task S22_10_resubscription_gives_a_fresh_snapshot()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("orderbook.200.BTCUSDT");
        var first = await socket.ReceiveAsync();
        await socket.AskAsync("{\"op\":\"unsubscribe\",\"args\":[\"orderbook.200.BTCUSDT\"]}");
        bench.Quote(Side.Buy, 59_999.5m, 0.25m);
        bench.Advance(Tick);
        (await socket.DrainAsync()).ShouldBeEmpty();
        await socket.SubscribeAsync("orderbook.200.BTCUSDT");
        var second = await socket.ReceiveAsync();
        second.Get("type").ShouldBe("snapshot");
        Levels(second, "b").ShouldBe("59999.5:0.25 59999:0.5");
        second.GetProperty("data").GetProperty("u").GetInt64().ShouldBeGreaterThan(first.GetProperty("data").GetProperty("u").GetInt64());
    }

    [Fact]
    public async Task S22_10_a_live_book_rebuilt_from_deltas_equals_the_venues()
    {
        await using var bench = await BybitBench.StartAsync();
        const int Seed = 20_241;
        var random = new Random(Seed);
        for (var i = 0; i < 80; i++)
        {
            bench.Quote(Side.Buy, 59_990m - i, 1m);
            bench.Quote(Side.Sell, 60_010m + i, 1m);
        }

        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("orderbook.50.BTCUSDT");
        var book = new RebuiltBook(await socket.ReceiveAsync());
        var open = new List<Order>();
        for (var i = 0; i < 400; i++)
        {
            if (open.Count > 20 && random.Next(2) == 0)
            {
                var at = random.Next(open.Count);
                bench.Withdraw(open[at]);
                open.RemoveAt(at);
            }
            else
            {
                var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
                open.Add(bench.Quote(side, 60_000m + (random.Next(-600, 600) / 10m), random.Next(1, 9) / 100m));
            }

            if (i % 5 == 0)
            {
                bench.Advance(TimeSpan.FromMilliseconds(20));
            }
        }

        bench.Advance(Tick);
        (await socket.DrainAsync()).ForEach(book.Apply);
        var (bids, asks) = bench.Venue.Execute(engine => (Top(engine.Book("BTCUSDT")!.Bids), Top(engine.Book("BTCUSDT")!.Asks)));
        book.Bids.ShouldBe(bids, $"seed {Seed}");
        book.Asks.ShouldBe(asks, $"seed {Seed}");
    }

    [Fact]
    public async Task S22_11_level_one_sends_snapshots_only_and_repeats_with_the_same_u_after_3_seconds()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("orderbook.1.BTCUSDT");
        var first = await socket.ReceiveAsync();
        bench.Quote(Side.Buy, 50_000m, 1m);
        bench.Advance(TimeSpan.FromSeconds(2.9));
        (await socket.DrainAsync()).ShouldBeEmpty("the best prices are the same");
        bench.Advance(TimeSpan.FromSeconds(0.1));
        var repeated = (await socket.DrainAsync()).Single();
        U(repeated).ShouldBe(U(first));
        repeated.GetProperty("ts").GetInt64().ShouldBe(first.GetProperty("ts").GetInt64() + 3000);
        bench.Venue.Execute(engine => engine.Cancel(bench.Maker.OpenOrders.Single(o => o.Side == Side.Sell)));
        bench.Advance(Tick);
        var changed = (await socket.DrainAsync()).Single();
        changed.Get("type").ShouldBe("snapshot");
        U(changed).ShouldBeGreaterThan(U(first));
        (Levels(changed, "b"), Levels(changed, "a")).ShouldBe(("59999:0.5", ""));
    }

    [Fact]
    public async Task S22_13_rest_book_is_one_level_deep_unless_asked()
    {
        await using var bench = await BybitBench.StartAsync();
        bench.Quote(Side.Buy, 59_998m, 1m);
        var one = (await bench.Client.GetAsync("/v5/market/orderbook?category=spot&symbol=BTCUSDT")).Result;
        one.GetProperty("b").GetArrayLength().ShouldBe(1);
        var two = (await bench.Client.GetAsync("/v5/market/orderbook?category=spot&symbol=BTCUSDT&limit=50")).Result;
        two.GetProperty("b").GetRawText().ShouldBe("[[\"59999\",\"0.5\"],[\"59998\",\"1\"]]");
    }

    [Fact]
    public async Task S22_14_spot_tickers_are_snapshots_with_index_price_and_without_bid_and_ask()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("tickers.BTCUSDT");
        await socket.ReceiveAsync();
        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        bench.Advance(Tick);
        var ticker = (await socket.DrainAsync()).Single();
        ticker.Get("type").ShouldBe("snapshot");
        ticker.GetProperty("data").EnumerateObject().Select(m => m.Name).ShouldBe(
            Recorded.Read("WS-PUBLIC/tickers.symbol/push_09_rec-cryptofeed.json").GetProperty("data").EnumerateObject().Select(m => m.Name),
            ignoreOrder: true);
        ticker.GetProperty("data").Get("lastPrice").ShouldBe("60001");
        var rest = (await bench.Client.GetAsync("/v5/market/tickers?category=spot&symbol=BTCUSDT")).List[0];
        (rest.Get("bid1Price"), rest.Get("ask1Size"), rest.Get("lastPrice")).ShouldBe(("59999", "0.4", "60001"));
    }

    [Fact]
    public async Task S22_15_trades_ascend_with_the_takers_side_and_equal_rest()
    {
        await using var bench = await BybitBench.StartAsync();
        bench.Quote(Side.Sell, 60_002m, 0.5m);
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("publicTrade.BTCUSDT", "orderbook.1000.BTCUSDT");
        await socket.ReceiveAsync();
        await bench.Client.LimitAsync("Buy", "0.7", "60002");
        bench.Advance(Tick);
        var pushes = await socket.DrainAsync();
        var trades = pushes.Single(p => p.Get("topic").StartsWith("publicTrade", StringComparison.Ordinal)).GetProperty("data");
        trades.EnumerateArray().Select(t => $"{t.Get("S")} {t.Get("v")} {t.Get("p")}").ShouldBe(["Buy 0.5 60001", "Buy 0.2 60002"]);
        var rest = (await bench.Client.GetAsync("/v5/market/recent-trade?category=spot&symbol=BTCUSDT&limit=2")).List;
        rest.EnumerateArray().Select(t => t.Get("execId")).ShouldBe(trades.EnumerateArray().Reverse().Select(t => t.Get("i")));
        var book = pushes.Single(p => p.Get("topic").StartsWith("orderbook", StringComparison.Ordinal)).GetProperty("data");
        book.GetProperty("seq").GetInt64().ShouldBe(trades[1].GetProperty("seq").GetInt64(), "the book shows the last trade's effect");
    }

    [Fact]
    public async Task S22_16_a_bar_is_confirmed_exactly_once_and_rest_lists_newest_first()
    {
        await using var bench = await BybitBench.StartAsync(nowMillis: 1_700_000_040_000 - 500);
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("kline.1.BTCUSDT");
        (await socket.ReceiveAsync()).First().Get("confirm").ShouldBe("False");
        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        for (var i = 0; i < 130; i++)
        {
            bench.Advance(TimeSpan.FromSeconds(1));
        }

        var bars = (await socket.DrainAsync()).ConvertAll(p => p.First());
        bars.Where(b => b.Get("confirm") == "True").Select(b => b.Get("start")).ShouldBe(
            ["1699999980000", "1700000040000", "1700000100000"]);
        var list = (await bench.Client.GetAsync("/v5/market/kline?category=spot&symbol=BTCUSDT&interval=1&limit=3")).List;
        list.EnumerateArray().Select(b => b[0].GetString()).ShouldBe(["1700000160000", "1700000100000", "1700000040000"]);
        list[0].EnumerateArray().ShouldAllBe(v => v.ValueKind == JsonValueKind.String);
        var day = (await bench.Client.GetAsync("/v5/market/kline?category=spot&symbol=BTCUSDT&interval=D&limit=1")).List[0];
        (long.Parse(day[0].GetString()!, CultureInfo.InvariantCulture) % 86_400_000).ShouldBe(0);
    }

    [Fact]
    public async Task Instruments_have_the_members_of_recorded_ones_and_other_categories_are_empty()
    {
        await using var bench = await BybitBench.StartAsync();
        var list = (await bench.Client.GetAsync("/v5/market/instruments-info?category=spot")).List;
        list.GetArrayLength().ShouldBe(2);
        list[0].GetProperty("lotSizeFilter").Get("basePrecision").ShouldBe("0.000001");
        (await bench.Client.GetAsync("/v5/market/instruments-info?category=inverse")).List.GetArrayLength().ShouldBe(0);
        (await bench.Client.GetAsync("/v5/market/instruments-info")).Code.ShouldBe(10001);
        (await bench.Client.GetAsync("/v5/market/instruments-info?category=spot&symbol=NOPE")).Code.ShouldBe(10001);
        var recorded = Recorded.Read("REST/GET_v5_market_instruments-info/response_21_rec-cryptofeed.json").GetProperty("result").GetProperty("list")[0];
        recorded.EnumerateObject().Select(m => m.Name).Except(list[0].EnumerateObject().Select(m => m.Name)).ShouldBeEmpty();
        recorded.GetProperty("lotSizeFilter").EnumerateObject().Select(m => m.Name)
            .Except(list[0].GetProperty("lotSizeFilter").EnumerateObject().Select(m => m.Name)).ShouldBeEmpty();
    }

    private static long U(JsonElement push) => push.GetProperty("data").GetProperty("u").GetInt64();

    private static string Levels(JsonElement push, string side) => string.Join(
        ' ', push.GetProperty("data").GetProperty(side).EnumerateArray().Select(l => $"{l[0].GetString()}:{l[1].GetString()}"));

    private static List<(decimal, decimal)> Top(Ladder ladder) =>
        [.. Enumerable.Range(0, Math.Min(50, ladder.Count)).Select(r => (ladder[r].Price, ladder[r].Quantity))];

    /// <summary>A client's book: no ordering rules of its own, every delta must follow by one.</summary>
    private sealed class RebuiltBook
    {
        private readonly Dictionary<decimal, decimal> _bids = [];
        private readonly Dictionary<decimal, decimal> _asks = [];
        private long _u;

        public RebuiltBook(JsonElement snapshot)
        {
            _u = U(snapshot) - 1;
            Apply(snapshot);
        }

        public List<(decimal, decimal)> Bids => [.. _bids.OrderByDescending(l => l.Key).Select(l => (l.Key, l.Value))];
        public List<(decimal, decimal)> Asks => [.. _asks.OrderBy(l => l.Key).Select(l => (l.Key, l.Value))];

        public void Apply(JsonElement push)
        {
            U(push).ShouldBe(++_u);
            Apply(_bids, push.GetProperty("data").GetProperty("b"));
            Apply(_asks, push.GetProperty("data").GetProperty("a"));
        }

        private static void Apply(Dictionary<decimal, decimal> side, JsonElement levels)
        {
            foreach (var level in levels.EnumerateArray())
            {
                var price = decimal.Parse(level[0].GetString()!, CultureInfo.InvariantCulture);
                var quantity = decimal.Parse(level[1].GetString()!, CultureInfo.InvariantCulture);
                if (quantity == 0)
                {
                    side.Remove(price).ShouldBeTrue();
                }
                else
                {
                    side[price] = quantity;
                }
            }
        }
    }
}
