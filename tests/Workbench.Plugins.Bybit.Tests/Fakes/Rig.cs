using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Fakes;

/// <summary>A connector with fakes on all sides and a venue clock that stands at the moment of the signature vectors.</summary>
internal sealed class Rig
{
    public const string Instruments =
        """
        {"category":"spot","list":[
          {"symbol":"BTCUSDT","baseCoin":"BTC","quoteCoin":"USDT","status":"Trading","lotSizeFilter":{"basePrecision":"0.000001","quotePrecision":"0.0000001","minOrderQty":"0.000048","maxOrderQty":"71","minOrderAmt":"5","maxOrderAmt":"8000000","maxLimitOrderQty":"83","maxMarketOrderQty":"41.5"},"priceFilter":{"tickSize":"0.01"}},
          {"symbol":"ETHUSDT","baseCoin":"ETH","quoteCoin":"USDT","status":"PreLaunch","lotSizeFilter":{"basePrecision":"0.00001","minOrderAmt":"5"},"priceFilter":{"tickSize":"0.01"}}]}
        """;

    public Rig(ISigner? signer = null, VenueEnvironment environment = VenueEnvironment.Live, Dictionary<string, Uri>? endpoints = null)
    {
        Sockets = new FakeSockets(Time);
        VenueClock = new Clock();
        Context = new ConnectorContext
        {
            Connection = new ConnectionId("bybit"),
            Environment = environment,
            Endpoints = endpoints ?? [],
            ReceiveWindow = TimeSpan.FromSeconds(5),
            Http = Http,
            WebSockets = Sockets,
            Signer = signer,
            Budget = Budget,
            VenueClock = VenueClock,
            Time = Time,
            Logger = NullLogger.Instance,
        };
        Connector = new BybitConnector(Context);
    }

    public static Symbol Bitcoin { get; } = Symbol.Parse("BTC/USDT");

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000));

    public FakeHttp Http { get; } = new();

    public FakeSockets Sockets { get; }

    public FakeBudget Budget { get; } = new();

    public Clock VenueClock { get; }

    public ConnectorContext Context { get; }

    public BybitConnector Connector { get; }

    public ITradingConnector Trading => Connector.Trading.ShouldNotBeNull();

    public Instrument Instrument { get; private set; } = null!;

    /// <summary>A rig that has read its markets.</summary>
    public static async Task<Rig> ReadyAsync(ISigner? signer = null)
    {
        var rig = new Rig(signer);
        rig.Http.Ok("/v5/market/instruments-info", Instruments);
        var read = await rig.Connector.GetInstrumentsAsync(CancellationToken.None);
        rig.Instrument = read.Value[0];
        rig.Http.Calls.Clear();
        return rig;
    }

    public NewOrder Order(string id = "wb-0001") => new()
    {
        ClientOrderId = new ClientOrderId(id),
        Instrument = Instrument,
        Side = Side.Buy,
        Type = OrderType.Limit,
        Quantity = Quantity.Parse("0.01"),
        LimitPrice = Price.Parse("28000.1"),
        PostOnly = true,
    };

    public OrderReference Reference(string id = "wb-0001", string? venueId = null) =>
        new(Instrument, new ClientOrderId(id), venueId is null ? null : new VenueOrderId(venueId));

    internal sealed class Clock : IVenueClock
    {
        public Timestamp Now { get; set; } = Timestamp.FromUnixMilliseconds(1_700_000_000_000);

        public TimeSpan Offset => TimeSpan.Zero;
    }
}
