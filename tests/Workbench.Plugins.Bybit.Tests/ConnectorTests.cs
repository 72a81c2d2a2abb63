using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests;

public sealed class ConnectorTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(VenueEnvironment.Live, "https://api.bybit.com/v5/market/time")]
    [InlineData(VenueEnvironment.Testnet, "https://api-testnet.bybit.com/v5/market/time")]
    [InlineData(VenueEnvironment.Demo, "https://api-demo.bybit.com/v5/market/time")]
    public async Task Environment_decides_where_requests_go(VenueEnvironment environment, string address)
    {
        var rig = new Rig(environment: environment);
        rig.Http.Ok("/v5/market/time", """{"timeSecond":"1694667737","timeNano":"1694667737126471019"}""");

        (await rig.Connector.GetServerTimeAsync(None)).Value.UnixNanoseconds.ShouldBe(1694667737126471019);
        rig.Http.Calls.Single().Address.AbsoluteUri.ShouldBe(address);
        rig.Http.Calls.Single().Headers.ShouldBeEmpty();
    }

    [Fact]
    public async Task Configured_address_wins_and_keeps_its_path()
    {
        var rig = new Rig(endpoints: new() { ["rest"] = new Uri("http://127.0.0.1:9/bybit/") });
        rig.Http.Ok("/bybit/v5/market/time", """{"timeSecond":"1694667737"}""");

        (await rig.Connector.GetServerTimeAsync(None)).Value.UnixMilliseconds.ShouldBe(1694667737000);
    }

    [Fact]
    public void Simulator_without_addresses_and_unknown_endpoint_names_are_refused_in_words()
    {
        Should.Throw<ArgumentException>(() => new Rig(environment: VenueEnvironment.Simulator)).Message.ShouldContain("'rest'");
        Should.Throw<ArgumentException>(() => new Rig(endpoints: new() { ["stream"] = new Uri("ws://x") })).Message.ShouldContain("'stream'");

        var some = new Dictionary<string, Uri> { ["rest"] = new("http://x"), ["public"] = new("ws://x/v5/public/spot") };
        new Rig(null, VenueEnvironment.Simulator, some).Connector.Trading.ShouldBeNull();
        Should.Throw<ArgumentException>(() => new Rig(new TestSigner(), VenueEnvironment.Simulator, some)).Message.ShouldContain("'private'");
    }

    [Fact]
    public async Task Instruments_carry_the_rules_that_the_venue_checks()
    {
        var rig = await Rig.ReadyAsync();
        var instrument = rig.Instrument;

        (instrument.Symbol, instrument.VenueSymbol, instrument.Status).ShouldBe((Rig.Bitcoin, "BTCUSDT", InstrumentStatus.Trading));
        (instrument.TickSize, instrument.StepSize, instrument.MinQuantity, instrument.MinNotional).ShouldBe((0.01m, 0.000001m, 0m, 5m));
        (instrument.MaxQuantity, instrument.MaxMarketQuantity, instrument.MaxNotional).ShouldBe((83m, 41.5m, 0m));
    }

    [Fact]
    public async Task Market_that_cannot_be_read_is_left_out_and_an_empty_list_is_an_error()
    {
        var rig = new Rig();
        rig.Http.Ok("/v5/market/instruments-info", Rig.Instruments.Replace("\"0.00001\"", "\"0\"", StringComparison.Ordinal));
        (await rig.Connector.GetInstrumentsAsync(None)).Value.ShouldHaveSingleItem().VenueSymbol.ShouldBe("BTCUSDT");

        rig.Http.Ok("/v5/market/instruments-info", """{"list":[]}""");
        (await rig.Connector.GetInstrumentsAsync(None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    [Fact]
    public async Task Candles_are_oldest_first_and_only_the_running_one_is_open()
    {
        var rig = await Rig.ReadyAsync();
        rig.Http.Ok("/v5/market/kline", """{"symbol":"BTCUSDT","category":"spot","list":[["1699999980000","3","4","2","3.5","10","30"],["1699999920000","1","2","0.5","1.5","5","7"]]}""");

        var candles = (await rig.Connector.GetCandlesAsync(Rig.Bitcoin, TimeSpan.FromMinutes(1), 2, None)).Value;

        rig.Http.Calls.Single().Address.Query.ShouldBe("?category=spot&symbol=BTCUSDT&interval=1&limit=2");
        candles.Select(c => (c.OpenTime.UnixMilliseconds, c.Open.Value, c.High.Value, c.Low.Value, c.Close.Value, c.Volume.Value, c.IsClosed))
            .ShouldBe([(1699999920000, 1m, 2m, 0.5m, 1.5m, 5m, true), (1699999980000, 3m, 4m, 2m, 3.5m, 10m, false)]);
        (await rig.Connector.GetCandlesAsync(Rig.Bitcoin, TimeSpan.FromMinutes(7), 2, None)).Error!.Kind.ShouldBe(VenueErrorKind.InvalidRequest);
        (await rig.Connector.GetCandlesAsync(Symbol.Parse("NO/SUCH"), TimeSpan.FromMinutes(1), 2, None)).Error!.Kind.ShouldBe(VenueErrorKind.NotFound);
    }

    [Fact]
    public async Task Quotes_of_one_market_and_of_several_take_one_request_each_and_an_empty_side_is_none()
    {
        var rig = await Rig.ReadyAsync();
        rig.Http.Ok("/v5/market/tickers", """{"category":"spot","list":[{"symbol":"BTCUSDT","bid1Price":"99.5","bid1Size":"2","ask1Price":"","ask1Size":"","lastPrice":"99"}]}""");
        var quote = (await rig.Connector.GetQuotesAsync([Rig.Bitcoin], None)).Value.ShouldHaveSingleItem();
        (quote.Bid, quote.BidQuantity, quote.Ask, quote.AskQuantity).ShouldBe((new Price(99.5m), new Quantity(2), null, Quantity.Zero));
        rig.Http.Calls.Single().Address.Query.ShouldBe("?category=spot&symbol=BTCUSDT");

        rig.Http.Ok("/v5/market/tickers", """{"category":"spot","list":[{"symbol":"BTCUSDT","bid1Price":"1","bid1Size":"1","ask1Price":"2","ask1Size":"1"},{"symbol":"XRPUSDT","bid1Price":"1","bid1Size":"1","ask1Price":"2","ask1Size":"1"},{"symbol":"ETHUSDT","bid1Price":"3","bid1Size":"1","ask1Price":"4","ask1Size":"1"}]}""");
        var quotes = (await rig.Connector.GetQuotesAsync([Rig.Bitcoin, "ETH/USDT"], None)).Value;
        quotes.Select(q => q.Symbol).ShouldBe([Rig.Bitcoin, "ETH/USDT"]);
        rig.Http.Calls.Last().Address.Query.ShouldBe("?category=spot");
        (await rig.Connector.GetQuotesAsync(["NO/SUCH"], None)).Error!.Kind.ShouldBe(VenueErrorKind.NotFound);
    }

    [Fact]
    public void Plugin_offers_exactly_one_connector()
    {
        var registry = new Registry();
        new BybitPlugin().Register(registry);

        var connector = registry.Connectors.ShouldHaveSingleItem()(new Rig().Context);
        connector.Manifest.Venue.ShouldBe(new VenueId("bybit"));
        connector.Trading.ShouldBeNull();
    }

    private sealed class Registry : IPluginRegistry
    {
        public List<Func<ConnectorContext, IConnector>> Connectors { get; } = [];

        public void AddConnector(Func<ConnectorContext, IConnector> factory) => Connectors.Add(factory);

        public void AddCache(Func<CacheContext, ICache> factory) => throw new InvalidOperationException("Not a cache.");

        public void AddStrategy(string name, Func<Strategy> factory) => throw new InvalidOperationException("Not a strategy.");
    }
}
