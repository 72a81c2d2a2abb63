using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Bybit;
using Workbench.Simulator.Bybit.Linear;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Bybit.Linear;

public sealed class LinearMarketTests
{
    [Fact]
    public async Task S22_08_linear_topics_live_on_their_own_socket_without_a_limit_of_ten()
    {
        await using var bench = await LinearBench.StartAsync();
        using var linear = await bench.Client.ConnectAsync("linear");
        (await linear.SubscribeAsync("priceLimit.BTCUSDT")).Get("success").ShouldBe("True");
        var many = (string[])["orderbook.1", "orderbook.50", "orderbook.200", "orderbook.1000", "publicTrade", "tickers", "kline.1", "kline.5", "kline.15", "kline.60", "kline.D", "allLiquidation"];
        var ack = await bench.Client.ConnectAsync("linear");
        var answer = await ack.SubscribeAsync([.. many.Select(t => t + ".BTCUSDT")]);
        (answer.Get("success"), answer.Get("ret_msg"), answer.Get("req_id")).ShouldBe(("True", "", "s"));
        using var spot = await bench.Client.ConnectAsync("public");
        (await spot.SubscribeAsync("allLiquidation.BTCUSDT")).Get("success").ShouldBe("False");
    }

    [Fact]
    public async Task S22_10_linear_books_are_not_those_of_spot()
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("linear");
        await socket.SubscribeAsync("orderbook.50.BTCUSDT");
        var snapshot = (await socket.ReceiveAsync()).GetProperty("data");
        (snapshot.GetProperty("b")[0][0].GetString(), snapshot.GetProperty("b")[0][1].GetString()).ShouldBe(("59999", "5"));
        bench.Bench.Quote(Side.Buy, 59_999.5m, 0.1m);
        bench.Bench.Advance(TimeSpan.FromMilliseconds(100));
        (await socket.DrainAsync()).ShouldBeEmpty();
        bench.Quote(Side.Buy, 59_999.5m, 2m);
        bench.Bench.Advance(TimeSpan.FromMilliseconds(100));
        var delta = (await socket.DrainAsync()).Single();
        delta.Get("type").ShouldBe("delta");
        delta.GetProperty("data").GetProperty("u").GetInt64().ShouldBe(snapshot.GetProperty("u").GetInt64() + 1);
    }

    [Fact]
    public async Task S22_13_linear_rest_book_has_25_levels_and_the_update_id_of_the_1000_level_stream()
    {
        await using var bench = await LinearBench.StartAsync();
        for (var i = 1; i <= 40; i++)
        {
            bench.Quote(Side.Buy, 59_999m - i, 1m);
        }

        (await Book(bench)).GetProperty("b").GetArrayLength().ShouldBe(25);
        using var socket = await bench.Client.ConnectAsync("linear");
        await socket.SubscribeAsync("orderbook.1000.BTCUSDT");
        var u = (await socket.ReceiveAsync()).GetProperty("data").GetProperty("u").GetInt64();
        for (var round = 0; round < 3; round++)
        {
            bench.Quote(Side.Sell, 60_010m + round, 1m);
            bench.Quote(Side.Sell, 60_020m + round, 1m);
            bench.Bench.Advance(TimeSpan.FromMilliseconds(200));
        }

        // Not due yet on the stream: asking brings both to the same state.
        bench.Quote(Side.Sell, 60_000.5m, 1m);
        var rest = await Book(bench, "&limit=1");
        rest.GetProperty("a")[0][0].GetString().ShouldBe("60000.5");
        var last = (await socket.DrainAsync())[^1].GetProperty("data");
        rest.GetProperty("u").GetInt64().ShouldBe(last.GetProperty("u").GetInt64());
        last.GetProperty("u").GetInt64().ShouldBe(u + 4);
        last.GetProperty("a")[0][0].GetString().ShouldBe("60000.5");
    }

    [Fact]
    public async Task S22_14_linear_ticker_is_a_snapshot_then_only_what_changed()
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("linear");
        await socket.SubscribeAsync("tickers.BTCUSDT");
        var snapshot = await socket.ReceiveAsync();
        snapshot.Get("type").ShouldBe("snapshot");
        var all = snapshot.GetProperty("data");
        (all.Get("markPrice"), all.Get("indexPrice"), all.Get("bid1Price"), all.Get("ask1Price")).ShouldBe(("60000", "60000", "59999", "60001"));
        all.TryGetProperty("usdIndexPrice", out _).ShouldBeFalse();
        bench.Bench.Advance(TimeSpan.FromSeconds(1));
        await socket.DrainAsync();
        bench.Bench.Advance(TimeSpan.FromSeconds(1));
        (await socket.DrainAsync()).ShouldBeEmpty("nothing has changed");
        bench.Quote(Side.Buy, 59_999m, 1m);
        bench.Bench.Advance(TimeSpan.FromSeconds(1));
        var delta = (await socket.DrainAsync()).Single();
        delta.Get("type").ShouldBe("delta");
        delta.GetProperty("data").EnumerateObject().Select(m => $"{m.Name} {m.Value.GetString()}").ShouldBe(["symbol BTCUSDT", "bid1Size 6"]);
    }

    [Fact]
    public async Task S22_14_linear_ticker_snapshot_and_deltas_add_up_to_the_rest_ticker()
    {
        await using var bench = await LinearBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("linear");
        await socket.SubscribeAsync("tickers.BTCUSDT");
        await bench.MarketAsync("Buy", "0.5");
        bench.MoveTo(60_200m);
        await bench.MarketAsync("Sell", "0.2");
        bench.Bench.Advance(TimeSpan.FromSeconds(2));
        var held = new Dictionary<string, string>();
        foreach (var message in await socket.DrainAsync())
        {
            foreach (var member in message.GetProperty("data").EnumerateObject())
            {
                held[member.Name] = member.Value.GetString()!;
            }
        }

        var rest = (await bench.Client.GetAsync("/v5/market/tickers?category=linear&symbol=BTCUSDT")).List[0];
        held.ShouldBe(rest.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetString()!), ignoreOrder: true);
        held["openInterest"].ShouldBe("0.3");
    }

    [Fact]
    public async Task S22_15_linear_trades_tell_the_tick_direction_and_carry_the_ids_of_rest()
    {
        await using var bench = await LinearBench.StartAsync();
        bench.Quote(Side.Sell, 60_002m, 5m);
        using var socket = await bench.Client.ConnectAsync("linear");
        await socket.SubscribeAsync("publicTrade.BTCUSDT");
        await bench.LimitAsync("Buy", "6", "60002");
        await bench.MarketAsync("Sell", "1");
        var trades = (await socket.DrainAsync()).SelectMany(p => p.GetProperty("data").EnumerateArray()).ToList();
        trades.ConvertAll(t => $"{t.Get("S")} {t.Get("v")}@{t.Get("p")} {t.Get("L")}")
            .ShouldBe(["Buy 5@60001 ZeroPlusTick", "Buy 1@60002 PlusTick", "Sell 1@59999 MinusTick"]);
        var rest = (await bench.Client.GetAsync("/v5/market/recent-trade?category=linear&symbol=BTCUSDT")).List;
        rest.EnumerateArray().Select(t => t.Get("execId")).Reverse().ShouldBe(trades.Select(t => t.Get("i")));
        rest.EnumerateArray().Select(t => t.Get("seq")).Reverse().ShouldBe(trades.Select(t => t.Get("seq")));
    }

    [Fact]
    public async Task S22_16_linear_klines_come_newest_first_and_on_the_stream()
    {
        await using var bench = await LinearBench.StartAsync();
        await bench.MarketAsync("Buy", "0.5");
        var bars = (await bench.Client.GetAsync("/v5/market/kline?category=linear&symbol=BTCUSDT&interval=1&limit=3")).List;
        var starts = bars.EnumerateArray().Select(b => long.Parse(b[0].GetString()!, CultureInfo.InvariantCulture)).ToList();
        starts.ShouldBe(starts.OrderDescending());
        bars[0][4].GetString().ShouldBe("60001");
        using var socket = await bench.Client.ConnectAsync("linear");
        await socket.SubscribeAsync("kline.1.BTCUSDT");
        (await socket.ReceiveAsync()).First().Get("close").ShouldBe("60001");
    }

    [Fact]
    public async Task S22_17_linear_instruments_come_in_pages()
    {
        await using var bench = await LinearBench.StartAsync(new() { Name = "bybit", Dialect = "bybit", Bybit = new() { InstrumentPageSize = 1 } });
        var first = await bench.Client.GetAsync("/v5/market/instruments-info?category=linear");
        first.List.EnumerateArray().Select(i => i.Get("symbol")).ShouldBe(["BTCUSDT"], "who ignores the cursor sees one page only");
        var cursor = first.Result.Get("nextPageCursor");
        cursor.ShouldNotBeEmpty();
        foreach (var sent in (string[])[cursor, Uri.EscapeDataString(cursor)])
        {
            var second = await bench.Client.GetAsync("/v5/market/instruments-info?category=linear&cursor=" + sent);
            second.List.EnumerateArray().Select(i => i.Get("symbol")).ShouldBe(["ETHUSDT"]);
            second.Result.Get("nextPageCursor").ShouldBe("");
        }
    }

    [Fact]
    public async Task S22_17_linear_pages_follow_the_limit_and_filters()
    {
        await using var bench = await LinearBench.StartAsync();
        var page = await bench.Client.GetAsync("/v5/market/instruments-info?category=linear&limit=1");
        page.List.GetArrayLength().ShouldBe(1);
        page.Result.Get("nextPageCursor").ShouldNotBeEmpty();
        var eth = (await bench.Client.GetAsync("/v5/market/instruments-info?category=linear&symbol=ETHUSDT")).List[0];
        (eth.Get("contractType"), eth.Get("settleCoin"), eth.Get("status"), eth.Get("fundingInterval")).ShouldBe(("LinearPerpetual", "USDT", "Trading", "480"));
        eth.GetProperty("leverageFilter").Get("maxLeverage").ShouldBe("100");
        eth.GetProperty("lotSizeFilter").Get("minNotionalValue").ShouldBe("5");
        (await bench.Client.GetAsync("/v5/market/instruments-info?category=linear&baseCoin=BTC")).List.GetArrayLength().ShouldBe(1);
        (await bench.Client.GetAsync("/v5/market/instruments-info?category=linear&symbol=NOPE")).Code.ShouldBe(10001);
        (await bench.Client.GetAsync("/v5/market/instruments-info?category=linear&cursor=junk")).Code.ShouldBe(10001);
    }

    [Fact]
    public async Task Linear_instruments_and_tickers_have_the_members_of_recorded_ones()
    {
        await using var bench = await LinearBench.StartAsync();
        var own = (await bench.Client.GetAsync("/v5/market/instruments-info?category=linear&symbol=BTCUSDT")).List[0];
        foreach (var name in (string[])["symbol", "contractType", "status", "baseCoin", "quoteCoin", "launchTime", "deliveryTime", "deliveryFeeRate", "priceScale",
            "leverageFilter", "priceFilter", "lotSizeFilter", "unifiedMarginTrade", "fundingInterval", "settleCoin", "copyTrading", "upperFundingRate", "lowerFundingRate"])
        {
            own.TryGetProperty(name, out _).ShouldBeTrue(name);
        }

        own.Get("priceScale").ShouldBe("1");
    }

    [Fact]
    public async Task Linear_price_limit_topic_tells_the_bounds_and_their_changes()
    {
        await using var bench = await LinearBench.StartAsync();
        bench.MoveTo(60_000m);
        using var socket = await bench.Client.ConnectAsync("linear");
        await socket.SubscribeAsync("priceLimit.BTCUSDT");
        var first = (await socket.ReceiveAsync()).GetProperty("data");
        (first.Get("buyLmt"), first.Get("sellLmt")).ShouldBe(("61200", "58800"));
        bench.MoveTo(61_000m);
        (await socket.DrainAsync())[^1].GetProperty("data").Get("buyLmt").ShouldNotBe("61200");
    }

    [Fact]
    public void Linear_market_makes_prices_near_spot_by_itself()
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        var listing = DefaultInstruments.Create(DefaultInstruments.Names, 40, 7);
        var spot = new SimulatedVenue("bybit", new VenueClock(time), listing, new SyntheticFlow(7, 7), 7);
        var linear = new LinearVenue(spot, LinearListing.Beside(spot, TimeSpan.FromHours(8)), new LinearFlow(spot, 7), 7, new BybitOptions());
        spot.AddListener(linear);
        for (var i = 0; i < 500; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(20));
            spot.Pump();
        }

        linear.All.Select(p => p.Contract.Symbol).ShouldBe(["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT"], "invented pairs have no perpetual");
        foreach (var prices in linear.All)
        {
            prices.Market.Trades.Count.ShouldBeGreaterThan(5);
            (Math.Abs(prices.Market.LastPrice - prices.Index) / prices.Index).ShouldBeLessThan(0.002m);
            (Math.Abs(prices.Mark - prices.Index) / prices.Index).ShouldBeLessThan(0.001m);
            prices.Market.Book.Bids.Count.ShouldBeGreaterThan(10);
            prices.FundingRate.ShouldBeInRange(-0.0005m, 0.0007m);
        }

        // The house's own positions offset each other, too.
        linear.Accounts.All.Sum(a => a.Holding(linear.Prices("BTCUSDT")!.Contract)[0].Size).ShouldBe(0m);
    }

    private static async Task<JsonElement> Book(LinearBench bench, string more = "") =>
        (await bench.Client.GetAsync("/v5/market/orderbook?category=linear&symbol=BTCUSDT" + more)).Result;
}
