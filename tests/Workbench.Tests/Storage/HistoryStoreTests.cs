using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;
using Workbench.Storage;

namespace Workbench.Tests.Storage;

public sealed class HistoryStoreTests : IAsyncDisposable
{
    private static readonly Timestamp Start = Timestamp.FromUnixMilliseconds(1_767_323_045_000);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("workbench-history-");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private HistoryStore? _store;

    private string HistoryPath => Path.Combine(_root.FullName, "data", "history.db");

    [Fact]
    public async Task Order_comes_back_as_it_went_in()
    {
        var order = SomeOrder("wb-1") with
        {
            Connection = new ConnectionId("bybit"),
            IsBackup = true,
            IsSimulated = true,
            VenueOrderId = new VenueOrderId("28"),
            Status = OrderStatus.PartiallyFilled,
            CancelRequested = true,
            FilledQuantity = new Quantity(0.0000000000000000000000000001m),
            AverageFillPrice = new Price(61234.123456789012345678901234m),
            Reason = "line\nbreak \u001b[31m and ünïcode",
            Version = 7,
        };
        var bare = new Order
        {
            Id = new ClientOrderId("WB-1"), // differs from the other in letter case only
            Request = OrderRequest.Market("ETH/USDT", Side.Sell, new Quantity(1m)),
            Knowledge = OrderKnowledge.NotSent,
            CreatedAt = new Timestamp(long.MaxValue - 1),
            UpdatedAt = new Timestamp(long.MaxValue),
        };
        var store = Open();
        store.OnOrder(order);
        store.OnOrder(bare);

        (await store.FlushAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();

        store.GetOrders(new HistoryQuery()).ShouldBe([bare, order]);
    }

    [Fact]
    public async Task Fill_comes_back_as_it_went_in_and_is_kept_once()
    {
        var store = Open();
        var fill = SomeFill("9", 1) with { OrderId = new ClientOrderId("wb-1"), IsBackup = true };
        var rebate = SomeFill("9", 2) with { Connection = new ConnectionId("bybit"), Report = SomeFill("9", 2).Report with { Fee = new Amount(-0.00001m), FeeAsset = null, ClientOrderId = new ClientOrderId("foreign") } };
        store.OnFill(fill);
        await store.FlushAsync(TestContext.Current.CancellationToken);
        store.OnFill(fill);
        store.OnFill(rebate);
        await store.FlushAsync(TestContext.Current.CancellationToken);

        store.GetFills(new HistoryQuery()).ShouldBe([rebate, fill]);
    }

    [Fact]
    public async Task Disposal_writes_what_waits_and_the_next_start_finds_it()
    {
        var store = Open();
        for (var i = 0; i < 500; i++)
        {
            store.OnOrder(SomeOrder($"wb-{i}"));
            store.OnOrder(SomeOrder($"wb-{i}") with { Version = 2 });
            store.OnFill(SomeFill($"{i}", i));
        }

        store.OnError("boom");
        await store.DisposeAsync();

        var again = Open();
        again.GetOrders(new HistoryQuery { Limit = 1000 }).Count.ShouldBe(500);
        again.GetOrders(new HistoryQuery { Limit = 1000 }).ShouldAllBe(o => o.Version == 2);
        again.GetFills(new HistoryQuery { Limit = 1000 }).Count.ShouldBe(500);
        again.GetErrors(new HistoryQuery()).ShouldBe([new HistoryError(Timestamp.Now(_time), "boom")]);
    }

    [Fact]
    public async Task Query_narrows_by_connection_symbol_and_time_and_is_bounded()
    {
        var store = Open();
        for (var i = 0; i < 200; i++)
        {
            store.OnFill(SomeFill($"{i}", i) with { Connection = new ConnectionId(i % 2 == 0 ? "binance" : "bybit") });
        }

        await store.FlushAsync(TestContext.Current.CancellationToken);

        store.GetFills(new HistoryQuery()).Count.ShouldBe(100);
        store.GetFills(new HistoryQuery { Limit = 3 }).Select(f => f.Report.TradeId.Value).ShouldBe(["199", "198", "197"]);
        store.GetFills(new HistoryQuery { Connection = new ConnectionId("bybit"), Symbol = "BTC/USDT", From = At(10), Until = At(15) })
            .Select(f => f.Report.TradeId.Value).ShouldBe(["13", "11"]);
        store.GetFills(new HistoryQuery { Symbol = "ETH/USDT" }).ShouldBeEmpty();
    }

    [Fact]
    public void Second_host_on_the_same_file_is_told_so_in_one_line()
    {
        Open();

        var second = HistoryStore.Open(HistoryPath, _time, NullLogger.Instance);

        second.Store.ShouldBeNull();
        second.Error.ShouldNotBeNull();
        second.Error.ShouldContain("in use by another Workbench");
        second.Error.ShouldContain(HistoryPath);
        second.Error.ShouldNotContain("\n");
    }

    [Fact]
    public async Task File_is_free_again_after_disposal()
    {
        await Open().DisposeAsync();

        Open().GetOrders(new HistoryQuery()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("this is not a database")]
    [InlineData("")]
    public async Task Damaged_file_is_set_aside_and_reported_as_new(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(HistoryPath)!);
        await File.WriteAllTextAsync(HistoryPath, content.Length == 0 ? "" : content + new string('x', 20_000));

        var opened = HistoryStore.Open(HistoryPath, _time, NullLogger.Instance);
        _store = opened.Store;

        opened.Error.ShouldBeNull();
        opened.IsNew.ShouldBeTrue();
        Directory.EnumerateFiles(Path.GetDirectoryName(HistoryPath)!, "*.damaged-*").Count().ShouldBe(content.Length == 0 ? 0 : 1);
        _store!.OnError("still works");
        (await _store.FlushAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    [Fact]
    public async Task Truncated_file_is_never_an_exception()
    {
        var store = Open();
        for (var i = 0; i < 2000; i++)
        {
            store.OnOrder(SomeOrder($"wb-{i}"));
        }

        await store.DisposeAsync();
        var whole = await File.ReadAllBytesAsync(HistoryPath);
        foreach (var share in new[] { 1, 20, 60, 95 })
        {
            await File.WriteAllBytesAsync(HistoryPath, whole[..(whole.Length * share / 100)]);
            var opened = HistoryStore.Open(HistoryPath, _time, NullLogger.Instance);
            opened.Error.ShouldBeNull();
            await opened.Store!.DisposeAsync();
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Rebuild_replaces_orders_and_fills_and_keeps_errors()
    {
        var store = Open();
        store.OnOrder(SomeOrder("old"));
        store.OnFill(SomeFill("old", 1));
        store.OnError("kept");
        await store.FlushAsync(TestContext.Current.CancellationToken);

        await store.RebuildAsync([SomeOrder("new")], [SomeFill("new", 2)], TestContext.Current.CancellationToken);

        store.GetOrders(new HistoryQuery()).Single().Id.Value.ShouldBe("new");
        store.GetFills(new HistoryQuery()).Single().Report.TradeId.Value.ShouldBe("new");
        store.GetErrors(new HistoryQuery()).Count.ShouldBe(1);
    }

    [Fact]
    public void Flood_of_errors_is_bounded_and_counted_and_drops_no_order_or_fill()
    {
        var backlog = new HistoryBacklog();
        for (var i = 0; i < 5000; i++)
        {
            backlog.Add(new HistoryError(Start, "again"));
            backlog.Add(SomeFill($"{i}", i));
            backlog.Add(SomeOrder($"wb-{i % 10}") with { Version = i });
        }

        var batch = backlog.Take();
        backlog.DroppedErrors.ShouldBe(4000);
        batch.Errors.Count.ShouldBe(HistoryBacklog.MaxErrors);
        batch.Fills.Count.ShouldBe(5000);
        batch.Orders.Values.Select(o => o.Version).Order().ShouldBe(Enumerable.Range(4990, 10));
        backlog.Count.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        _root.Delete(recursive: true);
    }

    private static Timestamp At(int second) => Start + TimeSpan.FromSeconds(second);

    private static Order SomeOrder(string id) => new()
    {
        Id = new ClientOrderId(id),
        Request = OrderRequest.Limit("BTC/USDT", Side.Buy, new Quantity(0.00100m), new Price(60000.10m)) with { PostOnly = true, Tag = "t", Connection = new ConnectionId("binance") },
        Knowledge = OrderKnowledge.Known,
        Quantity = new Quantity(0.001m),
        CreatedAt = Start,
        UpdatedAt = Start,
    };

    private static Fill SomeFill(string trade, int second) => new()
    {
        Connection = new ConnectionId("binance"),
        Report = new FillReport
        {
            Symbol = "BTC/USDT",
            TradeId = new TradeId(trade),
            VenueOrderId = new VenueOrderId("28"),
            Side = Side.Buy,
            Price = new Price(60000.10m),
            Quantity = new Quantity(0.001m),
            Fee = new Amount(0.0600001m),
            FeeAsset = new Asset("USDT"),
            Role = LiquidityRole.Taker,
            VenueTime = At(second),
        },
    };

    private HistoryStore Open()
    {
        var opened = HistoryStore.Open(HistoryPath, _time, NullLogger.Instance);
        opened.Error.ShouldBeNull();
        return _store = opened.Store!;
    }
}
