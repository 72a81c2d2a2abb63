using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Bybit;
using Workbench.Simulator.Bybit.Linear;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Bybit;

/// <summary>
/// A Bybit venue on a real socket whose market does nothing of its own: the test owns the clock and every order of the book.
/// It opens with one bid (0.5 at 59999) and one ask (0.5 at 60001).
/// </summary>
internal sealed class BybitBench : IAsyncDisposable
{
    public const string Key = "test_api_key";
    public const string Secret = "test_secret";
    private readonly VenueServer _server;
    private readonly BybitDialect _dialect;

    private BybitBench(VenueHandle handle, VenueServer server, BybitDialect dialect, FakeTimeProvider time, Account maker)
    {
        _server = server;
        _dialect = dialect;
        Handle = handle;
        Time = time;
        Maker = maker;
        Client = new BybitTestClient(handle, Key, Secret);
    }

    public FakeTimeProvider Time { get; }
    public VenueHandle Handle { get; }
    public FaultLab Faults => Handle.Faults;
    public BybitTestClient Client { get; }

    /// <summary>The other side of the market.</summary>
    public Account Maker { get; }

    /// <summary>The perpetuals; their books open empty.</summary>
    public LinearVenue Linear => _dialect.Linear;

    public SimulatedVenue Venue => Handle.Venue;
    public Account Account => Venue.Credentials[Key].Account;

    /// <summary>Options of a venue called bybit.</summary>
    public static VenueOptions With(BybitOptions options) => new() { Name = "bybit", Dialect = "bybit", Bybit = options };

    public static async Task<BybitBench> StartAsync(long nowMillis = 1_700_000_000_000, VenueOptions? options = null)
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(nowMillis));
        options ??= new VenueOptions { Name = "bybit", Dialect = "bybit" };
        var venue = new SimulatedVenue("bybit", new VenueClock(time) { Offset = options.ClockOffset }, Listing(), new QuietFlow(), seed: 1);
        var plenty = new Dictionary<string, decimal> { ["USDT"] = 1_000_000m, ["BTC"] = 20m, ["ETH"] = 100m };
        var account = venue.OpenAccount("default", 0.001m, 0.001m, plenty);
        var endless = plenty.ToDictionary(b => b.Key, b => b.Value * 1000);
        var maker = venue.OpenAccount("maker", 0.001m, 0.001m, endless);
        venue.SetCredential(new ApiCredential(Key, CredentialKind.Hmac, Encoding.UTF8.GetBytes(Secret), account));
        var faults = new FaultLab(time, "bybit", 1);
        var dialect = new BybitDialect(new DialectContext(venue, faults, options, NullLoggerFactory.Instance) { PerpetualFlow = new QuietFlow() });
        var server = new VenueServer("bybit", dialect, faults, TimeSpan.Zero, TimeProvider.System, NullLoggerFactory.Instance);
        var keys = new DefaultKeys(Key, Secret);
        await server.ListenAsync(0, CancellationToken.None);
        var bench = new BybitBench(new VenueHandle(options, venue, dialect, server, faults, keys), server, dialect, time, maker);
        bench.Quote(Side.Buy, 59_999m, 0.5m);
        bench.Quote(Side.Sell, 60_001m, 0.5m);
        return bench;
    }

    /// <summary>Puts a resting order of the maker into the book.</summary>
    public Order Quote(Side side, decimal price, decimal quantity, string symbol = "BTCUSDT") => Venue.Execute(engine =>
        engine.Place(Maker, new NewOrder { Symbol = symbol, Side = side, Type = OrderType.Limit, Price = price, Quantity = quantity }).Order!);

    public void Withdraw(Order order) => Venue.Execute(engine => engine.Cancel(order));

    /// <summary>Moves the clock and lets the feeds look at it.</summary>
    public void Advance(TimeSpan by)
    {
        Time.Advance(by);
        Venue.Pump();
    }

    /// <summary>Moves the clock by that much; what waits for it registers on threads of its own, so it is moved until the task is done.</summary>
    public async Task AdvanceUntilAsync(TimeSpan by, Task task)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!task.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            Advance(by);
            await Task.WhenAny(task, Task.Delay(10, limit.Token));
        }
    }

    /// <summary>Waits for what happens on another thread.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!Venue.Execute(_ => condition()))
        {
            await Task.Delay(5, limit.Token);
        }
    }

    /// <summary>All pages of a query.</summary>
    public async Task<List<JsonElement>> AllAsync(string path, string query)
    {
        var items = new List<JsonElement>();
        var cursor = "";
        do
        {
            var page = await Client.PrivateGetAsync(path, cursor.Length == 0 ? query : $"{query}&cursor={cursor}");
            items.AddRange(page.List.EnumerateArray());
            cursor = page.Result.Get("nextPageCursor");
        }
        while (cursor.Length > 0);
        return items;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        await _dialect.DisposeAsync();
    }

    private static IEnumerable<Instrument> Listing() =>
    [
        new()
        {
            Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT", TickSize = 0.1m, StepSize = 0.000001m, MinQuantity = 0.000001m,
            ReferencePrice = 60_000m, MaxQuantity = 230m, MaxMarketQuantity = 120m, FirstTradeId = 1000, FirstUpdateId = 5000,
        },
        new()
        {
            Symbol = "ETHUSDT", BaseAsset = "ETH", QuoteAsset = "USDT", TickSize = 0.01m, StepSize = 0.00001m, MinQuantity = 0.00001m,
            ReferencePrice = 3_000m, FirstTradeId = 1000, FirstUpdateId = 5000,
        },
    ];

    private sealed class QuietFlow : IMarketFlow
    {
        public void Open(MatchingEngine engine, long nowMicros)
        {
        }

        public void Step(MatchingEngine engine, long nowMicros)
        {
        }
    }
}
