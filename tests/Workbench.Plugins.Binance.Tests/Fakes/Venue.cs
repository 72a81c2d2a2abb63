using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Fakes;

/// <summary>A connector with everything around it faked.</summary>
internal sealed class Venue : IVenueClock, IRateBudget
{
    public const long NowMilliseconds = 1_700_000_000_000;

    public static readonly Symbol Btc = Symbol.Parse("BTC/USDT");

    public FakeHttp Http { get; } = new();

    public FakeSockets Sockets { get; init; } = new();

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(NowMilliseconds));

    public ISigner? Signer { get; init; } = new HmacSigner();

    public List<string> Budget { get; } = [];

    public Timestamp Now => Timestamp.Now(Time);

    public TimeSpan Offset => TimeSpan.Zero;

    public static Instrument BtcInstrument { get; } = new()
    {
        Symbol = Btc,
        VenueSymbol = "BTCUSDT",
        TickSize = 0.01m,
        StepSize = 0.00001m,
    };

    public ConnectorContext Context => field ??= new ConnectorContext
    {
        Connection = new ConnectionId("binance"),
        Environment = VenueEnvironment.Simulator,
        Endpoints = new Dictionary<string, Uri>
        {
            ["rest"] = new("http://127.0.0.1:9999"),
            ["stream"] = new("ws://127.0.0.1:9999"),
            ["api"] = new("ws://127.0.0.1:9999/ws-api/v3"),
        },
        ReceiveWindow = TimeSpan.FromSeconds(5),
        Http = Http,
        WebSockets = Sockets,
        Signer = Signer,
        Budget = this,
        VenueClock = this,
        Time = Time,
        Logger = NullLogger.Instance,
    };

    /// <summary>A connector that has read its instruments: BTC/USDT and ETH/USDT.</summary>
    public async Task<BinanceConnector> ConnectorAsync()
    {
        var connector = new BinanceConnector(Context);
        Http.Then(200, ExchangeInfo);
        (await connector.GetInstrumentsAsync(CancellationToken.None)).IsOk.ShouldBeTrue();
        Http.Calls.Clear();
        Budget.Clear();
        return connector;
    }

    /// <summary>What the budget answers to costs of sockets; null grants them.</summary>
    public VenueError? BudgetRefusal { get; set; }

    public void Declare(RateLimit limit) => Budget.Add($"declare {limit.Class.Scope} {limit.Class.Name} {limit.Most} {limit.Window} {limit.Kind}{(limit.KeepsReserve ? "" : " whole")}");

    public void Observe(RateClass counted, TimeSpan window, int used, Timestamp sentAt) => Budget.Add($"observe {counted.Name} {used} {window}");

    public void PauseFor(RateScope scope, TimeSpan duration) => Budget.Add($"pause {scope} {duration}");

    public void PauseFor(RateClass counted, TimeSpan duration) => Budget.Add($"pause {counted.Name} {duration}");

    public void BanFor(RateScope scope, TimeSpan duration) => Budget.Add($"ban {scope} {duration}");

    public VenueError? Take(IReadOnlyList<RateCost> costs, RequestLane lane)
    {
        Budget.Add($"take {string.Join(", ", costs.Select(c => $"{c.Weight} {c.Class.Name}"))} {lane}");
        return BudgetRefusal;
    }

    public const string ExchangeInfo = """
        {"timezone":"UTC","serverTime":1,"rateLimits":[{"rateLimitType":"REQUEST_WEIGHT","interval":"MINUTE","intervalNum":1,"limit":6000},{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":100},{"rateLimitType":"RAW_REQUESTS","interval":"MINUTE","intervalNum":5,"limit":61000},{"rateLimitType":"MOONS","interval":"MINUTE","intervalNum":1,"limit":1},{"rateLimitType":"ORDERS","interval":"EON","intervalNum":1,"limit":1},{"rateLimitType":"ORDERS","interval":"DAY","intervalNum":1,"limit":0}],
        "symbols":[
        {"symbol":"BTCUSDT","status":"TRADING","baseAsset":"BTC","quoteAsset":"USDT","isSpotTradingAllowed":true,"unknownField":{"a":[1]},"filters":[
         {"filterType":"PRICE_FILTER","minPrice":"0.01","maxPrice":"1000000","tickSize":"0.01000000"},
         {"filterType":"LOT_SIZE","minQty":"0.00001","maxQty":"9000.00000000","stepSize":"0.00001000"},
         {"filterType":"MARKET_LOT_SIZE","minQty":"0.00000000","maxQty":"120.5","stepSize":"0.00000000"},
         {"filterType":"NOTIONAL","minNotional":"5.00000000","applyMinToMarket":true,"maxNotional":"9000000.00000000","applyMaxToMarket":false,"avgPriceMins":5},
         {"filterType":"SOMETHING_NEW","limit":3}]},
        {"symbol":"ETHUSDT","status":"CANCEL_ONLY","baseAsset":"ETH","quoteAsset":"USDT","filters":[{"filterType":"MIN_NOTIONAL","minNotional":"10.0"}]},
        {"symbol":"ABCUSDT","status":"MOON_PHASE","baseAsset":"ABC","quoteAsset":"USDT","filters":[]},
        {"symbol":"币安人生USDT","status":"TRADING","baseAsset":"币安人生","quoteAsset":"USDT","isSpotTradingAllowed":true,"filters":[]},
        {"symbol":"XUSDT","status":"TRADING","baseAsset":"X","quoteAsset":"USDT","isSpotTradingAllowed":false,"filters":[]}]}
        """;
}
