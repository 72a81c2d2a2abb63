using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Faults;

/// <summary>
/// A venue of either dialect on a real socket whose market does nothing of its own and whose clock the test owns, with a
/// client that knows the wire only. BTCUSDT opens with one bid (1 at 59999) and one ask (1 at 60001), made by the house.
/// </summary>
internal sealed class FaultBench : IAsyncDisposable
{
    public const string Key = "testkey";
    public const string Secret = "testsecret";
    private readonly VenueServer _server;
    private readonly IDialect _dialect;
    private readonly Account _house;

    private FaultBench(VenueHandle handle, VenueServer server, IDialect dialect, FakeTimeProvider time, Account house)
    {
        (Handle, _server, _dialect, Time, _house) = (handle, server, dialect, time, house);
        Client = handle.Dialect == "binance" ? new BinanceFaultClient(this) : new BybitFaultClient(this);
    }

    public VenueHandle Handle { get; }
    public FakeTimeProvider Time { get; }
    public FaultClient Client { get; }
    public FaultLab Faults => Handle.Faults;
    public SimulatedVenue Venue => Handle.Venue;
    public Account Account => Venue.Credentials[Key].Account;
    public OrderBook Book => Venue.Listed("BTCUSDT")!.Book;

    /// <summary>Whether the venue took an order of that client id, whatever it said about it.</summary>
    public bool Executed(string id) => Venue.Execute(_ => Account.Orders.Any(o => o.ClientId == id));

    public Order Find(string id) => Venue.Execute(_ => Account.Orders.Single(o => o.ClientId == id).Copy());

    public static async Task<FaultBench> StartAsync(string dialect, ulong faultSeed = 42, bool isQuiet = true)
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));
        var options = new VenueOptions { Name = dialect, Dialect = dialect, RateLimits = false };
        var definition = Dialects.All[dialect];
        var venue = new SimulatedVenue(dialect, new VenueClock(time), Listing().Select(definition.Adjust ?? (i => i)), isQuiet ? new QuietFlow() : new SyntheticFlow(5, 5), seed: 1);
        var plenty = new Dictionary<string, decimal> { ["USDT"] = 1_000_000m, ["BTC"] = 20m, ["ETH"] = 100m };
        var account = venue.OpenAccount("default", 0.001m, 0.001m, plenty);
        var house = new Account("house of the test", isHouse: true) { MakerRate = 0, TakerRate = 0 };
        venue.Execute(engine =>
        {
            engine.Add(house);
            engine.Deposit(house, "USDT", 1_000_000_000m);
            engine.Deposit(house, "BTC", 100_000m);
        });
        venue.SetCredential(new ApiCredential(Key, CredentialKind.Hmac, Encoding.UTF8.GetBytes(Secret), account));
        var faults = new FaultLab(time, dialect, faultSeed);
        var built = definition.Create(new DialectContext(venue, faults, options, NullLoggerFactory.Instance));
        var server = new VenueServer(dialect, built, faults, TimeSpan.Zero, TimeProvider.System, NullLoggerFactory.Instance);
        await server.ListenAsync(0, CancellationToken.None);
        var bench = new FaultBench(new VenueHandle(options, venue, built, server, faults, new DefaultKeys(Key, Secret)), server, built, time, house);
        if (isQuiet)
        {
            bench.Quote(Side.Buy, 59_999m, 1m);
            bench.Quote(Side.Sell, 60_001m, 1m);
        }

        return bench;
    }

    /// <summary>Puts a resting order of the house into the book, or hits what lies in its way.</summary>
    public Order Quote(Side side, decimal price, decimal quantity) => Venue.Execute(engine =>
        engine.Place(_house, new NewOrder { Symbol = "BTCUSDT", Side = side, Type = OrderType.Limit, Price = price, Quantity = quantity }).Order!);

    /// <summary>Moves the clock by enough for every feed to look at it.</summary>
    public void Advance(TimeSpan? by = null)
    {
        Time.Advance(by ?? TimeSpan.FromMilliseconds(1100));
        Venue.Pump();
    }

    /// <summary>Moves the clock in small steps until the task is done.</summary>
    public async Task<T> AdvanceUntilAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(task, Task.Delay(5));
        }

        return await task;
    }

    /// <summary>Changes the book, so that its feeds have something to tell.</summary>
    public void Stir()
    {
        Quote(Side.Buy, Book.Bids.BestTradable is { } best ? best.Price : 59_000m, 0.5m);
        Advance();
    }

    public async ValueTask DisposeAsync()
    {
        await Faults.ClearAllAsync();
        Client.Dispose();
        await _server.DisposeAsync();
        await _dialect.DisposeAsync();
    }

    private static IEnumerable<Instrument> Listing() =>
    [
        new() { Symbol = "BTCUSDT", BaseAsset = "BTC", QuoteAsset = "USDT", TickSize = 0.1m, StepSize = 0.00001m, MinQuantity = 0.00001m, ReferencePrice = 60_000m, FirstTradeId = 1000, FirstUpdateId = 5000 },
        new() { Symbol = "ETHUSDT", BaseAsset = "ETH", QuoteAsset = "USDT", TickSize = 0.01m, StepSize = 0.0001m, MinQuantity = 0.0001m, ReferencePrice = 3_000m, FirstTradeId = 1000, FirstUpdateId = 5000 },
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
