using System.Globalization;
using System.Text.Json;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class BookDepthTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    [Theory]
    [InlineData(50, 20)]
    [InlineData(200, 100)]
    [InlineData(1000, 200)]
    public async Task S22_10_each_depth_keeps_its_window_at_its_own_pace(int depth, int periodMillis)
    {
        await using var bench = await BybitBench.StartAsync();
        for (var i = 1; i <= 1050; i++)
        {
            bench.Quote(Side.Buy, 59_999m - i, 1m);
        }

        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync($"orderbook.{depth}.BTCUSDT");
        var snapshot = await socket.ReceiveAsync();
        snapshot.GetProperty("data").GetProperty("b").GetArrayLength().ShouldBe(depth);
        var last = 60_000m - depth;
        bench.Quote(Side.Buy, last - 1, 1m);
        bench.Advance(Tick);
        (await socket.DrainAsync()).ShouldBeEmpty("below the window");

        var better = bench.Quote(Side.Buy, 60_000m, 2m);
        bench.Advance(Tick);
        bench.Withdraw(better);
        bench.Advance(TimeSpan.FromMilliseconds(periodMillis - 1));
        var entered = (await socket.DrainAsync()).Single();
        Levels(entered).ShouldBe($"60000:2 {Text(last)}:0");
        bench.Advance(TimeSpan.FromMilliseconds(1));
        var left = (await socket.DrainAsync()).Single();
        Levels(left).ShouldBe($"60000:0 {Text(last)}:1");
        (U(entered), U(left)).ShouldBe((U(snapshot) + 1, U(snapshot) + 2));
    }

    [Fact]
    public async Task S22_12_a_restart_sends_a_snapshot_with_u_1_and_counts_on_from_there()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("orderbook.50.BTCUSDT", "orderbook.1.BTCUSDT");
        await socket.ReceiveAsync();
        await socket.ReceiveAsync();
        bench.Quote(Side.Buy, 59_998m, 1m);
        await bench.Handle.ShutDownConnectionsAsync(TimeSpan.Zero);
        bench.Quote(Side.Buy, 59_999.5m, 1m);
        bench.Advance(Tick);
        var pushes = await socket.DrainAsync();
        pushes.ConvertAll(p => $"{p.Get("topic")} {p.Get("type")} {U(p)} {Levels(p)}").ShouldBe(
            [
                "orderbook.50.BTCUSDT snapshot 1 59999:0.5 59998:1",
                "orderbook.1.BTCUSDT snapshot 1 59999:0.5",
                "orderbook.50.BTCUSDT delta 2 59999.5:1",
                "orderbook.1.BTCUSDT snapshot 2 59999.5:1",
            ],
            ignoreOrder: true);
        await socket.SubscribeAsync("orderbook.200.BTCUSDT");
        U(await socket.ReceiveAsync()).ShouldBeInRange(1, 10);
        var rest = await bench.Client.GetAsync("/v5/market/orderbook?category=spot&symbol=BTCUSDT");
        rest.Result.GetProperty("u").GetInt64().ShouldBeInRange(1, 10);
    }

    [Fact]
    public async Task S22_12_a_gap_is_a_skipped_u_and_a_duplicate_the_same_delta_twice()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("orderbook.50.BTCUSDT");
        var u = U(await socket.ReceiveAsync());
        await bench.Faults.InjectAsync("book-gap", new FaultOptions { Count = 1 });
        bench.Quote(Side.Buy, 59_999.1m, 1m);
        bench.Advance(Tick);
        bench.Quote(Side.Buy, 59_999.2m, 1m);
        bench.Advance(Tick);
        (await socket.DrainAsync()).ConvertAll(U).ShouldBe([u + 2]);
        await bench.Faults.InjectAsync("duplicate-events", new Dictionary<string, string> { ["channel"] = "book", ["count"] = "1" });
        bench.Quote(Side.Buy, 59_999.3m, 1m);
        bench.Advance(Tick);
        bench.Quote(Side.Buy, 59_999.4m, 1m);
        bench.Advance(Tick);
        (await socket.DrainAsync()).ConvertAll(U).ShouldBe([u + 3, u + 3, u + 4]);
    }

    [Fact]
    public async Task S22_13_the_update_id_of_rest_rises_with_the_book()
    {
        await using var bench = await BybitBench.StartAsync();
        async Task<long> ReadAsync() =>
            (await bench.Client.GetAsync("/v5/market/orderbook?category=spot&symbol=BTCUSDT&limit=1000")).Result.GetProperty("u").GetInt64();
        var before = await ReadAsync();
        (await ReadAsync()).ShouldBe(before);
        bench.Quote(Side.Buy, 59_998m, 1m);
        (await ReadAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Full_book_is_rebuilt_from_rest_and_changes()
    {
        await using var bench = await BybitBench.StartAsync();
        for (var i = 1; i <= 1200; i++)
        {
            bench.Quote(Side.Buy, 59_999m - i, 1m);
        }

        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("orderbook.full.BTCUSDT");
        bench.Quote(Side.Buy, 59_998.5m, 3m);
        bench.Advance(Tick);
        var snapshot = (await bench.Client.GetAsync("/v5/market/full_orderbook?category=spot&symbol=BTCUSDT")).Result;
        snapshot.GetProperty("b").GetArrayLength().ShouldBe(1202);
        bench.Quote(Side.Buy, 59_998.6m, 4m);
        bench.Advance(Tick);
        var pushes = await socket.DrainAsync();
        pushes.ShouldAllBe(p => p.Get("type") == "delta");
        pushes.Where(p => U(p) > snapshot.GetProperty("u").GetInt64()).Select(Levels).ShouldBe(["59998.6:4"]);
        await bench.Handle.ShutDownConnectionsAsync(TimeSpan.Zero);
        var restart = (await socket.DrainAsync()).Single();
        (U(restart), restart.GetProperty("data").GetProperty("b").GetArrayLength()).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Price_limits_are_pushed_when_they_move()
    {
        await using var bench = await BybitBench.StartAsync();
        using var socket = await bench.Client.ConnectAsync("public");
        await socket.SubscribeAsync("priceLimit.BTCUSDT");
        var first = (await socket.ReceiveAsync()).GetProperty("data");
        (first.Get("buyLmt"), first.Get("sellLmt")).ShouldBe(("61800", "58200"));
        bench.Advance(TimeSpan.FromSeconds(2));
        (await socket.DrainAsync()).ShouldBeEmpty();
        await bench.Client.LimitAsync("Buy", "0.1", "60001");
        bench.Advance(TimeSpan.FromSeconds(2));
        var moved = (await socket.DrainAsync()).Single().GetProperty("data");
        var rest = (await bench.Client.GetAsync("/v5/market/price-limit?category=spot&symbol=BTCUSDT")).Result;
        (moved.Get("buyLmt"), moved.Get("sellLmt")).ShouldBe((rest.Get("buyLmt"), rest.Get("sellLmt")));
        moved.Get("buyLmt").ShouldBe("61801");
    }

    private static long U(JsonElement push) => push.GetProperty("data").GetProperty("u").GetInt64();

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Levels(JsonElement push) => string.Join(
        ' ', push.GetProperty("data").GetProperty("b").EnumerateArray().Select(l => $"{l[0].GetString()}:{l[1].GetString()}"));
}
