using Workbench.Plugins.Binance.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests.Market;

public sealed class MarketReadsTests
{
    private readonly Venue _venue = new();

    [Fact]
    public async Task Instruments_carry_the_filters_and_the_status()
    {
        var connector = new BinanceConnector(_venue.Context);
        _venue.Budget.ShouldBe(["declare Address request weight 6000 00:01:00 Aligned", "declare Address raw requests 300000 00:05:00 Aligned", "declare Address connects 300 00:05:00 Aligned"]);
        _venue.Budget.Clear();
        _venue.Http.Then(200, Venue.ExchangeInfo, ("X-MBX-USED-WEIGHT-1M", "21"));
        var instruments = (await connector.GetInstrumentsAsync(CancellationToken.None)).Value;

        instruments.Count.ShouldBe(5);
        var btc = instruments[0];
        (btc.TickSize, btc.StepSize, btc.MarketStepSize, btc.MinQuantity, btc.MaxQuantity, btc.MaxMarketQuantity, btc.MinNotional, btc.MaxNotional)
            .ShouldBe((0.01m, 0.00001m, 0m, 0.00001m, 9000m, 120.5m, 5m, 9000000m));
        instruments.Select(i => i.Status).ShouldBe([InstrumentStatus.Trading, InstrumentStatus.CancelOnly, InstrumentStatus.Halted, InstrumentStatus.Trading, InstrumentStatus.Halted]);
        instruments[1].MinNotional.ShouldBe(10m);
        instruments[3].Symbol.ShouldBe(Symbol.Parse("币安人生/USDT"));
        _venue.Budget.ShouldBe(["observe request weight 21 00:01:00", "declare Address request weight 6000 00:01:00 Aligned", "declare Key orders 100 00:00:10 Aligned whole", "declare Address raw requests 61000 00:05:00 Aligned"]);
        _venue.Http.Calls[0].Costs.Select(c => (c.Class.Name, c.Weight)).ShouldBe([("request weight", 20), ("raw requests", 1)]);
    }

    [Fact]
    public async Task Clock_is_read()
    {
        _venue.Http.Then(200, """{"new":1,"serverTime":1633835466289}""");
        (await new BinanceConnector(_venue.Context).GetServerTimeAsync(CancellationToken.None)).Value.ShouldBe(Timestamp.FromUnixMilliseconds(1633835466289));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("""{"serverTime":-5}""")]
    public async Task Clock_that_cannot_be_read_is_an_error(string body)
    {
        _venue.Http.Then(200, body);
        (await new BinanceConnector(_venue.Context).GetServerTimeAsync(CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    [Fact]
    public async Task Candles_are_oldest_first_and_the_running_one_is_open()
    {
        var connector = await _venue.ConnectorAsync();
        var now = Venue.NowMilliseconds;
        _venue.Http.Then(200, $"""[[{now - 90000},"1.0","2.0","0.5","1.5","10.25",{now - 30001},"15",3,"1","1","0"],[{now - 30000},"1.5","1.6","1.4","1.55","0",{now + 29999},"0",0,"0","0","0"]]""");
        var candles = (await connector.GetCandlesAsync(Venue.Btc, TimeSpan.FromMinutes(1), 2, CancellationToken.None)).Value;
        candles.Select(c => (c.Open.Value, c.High.Value, c.Low.Value, c.Close.Value, c.Volume.Value, c.IsClosed)).ShouldBe([(1.0m, 2.0m, 0.5m, 1.5m, 10.25m, true), (1.5m, 1.6m, 1.4m, 1.55m, 0m, false)]);
        candles[0].OpenTime.ShouldBe(Timestamp.FromUnixMilliseconds(now - 90000));
        candles[0].Stamp.IsSimulated.ShouldBeTrue();
        _venue.Http.Calls[0].Address.Query.ShouldBe("?symbol=BTCUSDT&interval=1m&limit=2");
    }

    [Fact]
    public async Task Candles_of_an_unknown_market_or_interval_are_refused_without_a_request()
    {
        var connector = await _venue.ConnectorAsync();
        (await connector.GetCandlesAsync("NO/SUCH", TimeSpan.FromMinutes(1), 2, CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.NotFound);
        (await connector.GetCandlesAsync(Venue.Btc, TimeSpan.FromMinutes(7), 2, CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.InvalidRequest);
        _venue.Http.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Quotes_of_several_markets_take_one_request_and_an_empty_side_is_none()
    {
        var connector = await _venue.ConnectorAsync();
        _venue.Http.Then(200, """[{"symbol":"BTCUSDT","bidPrice":"99.50","bidQty":"2.0","askPrice":"0.00","askQty":"0.00"},{"symbol":"XRPUSDT","bidPrice":"1","bidQty":"1","askPrice":"2","askQty":"1"}]""");
        var quote = (await connector.GetQuotesAsync([Venue.Btc, "NO/SUCH"], CancellationToken.None)).Value.ShouldHaveSingleItem();
        (quote.Symbol, quote.Bid, quote.BidQuantity, quote.Ask, quote.AskQuantity).ShouldBe((Venue.Btc, new Price(99.5m), new Quantity(2), null, Quantity.Zero));
        _venue.Http.Calls[0].Address.Query.ShouldBe("?symbols=%5B%22BTCUSDT%22%5D");
        (await connector.GetQuotesAsync(["NO/SUCH"], CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.NotFound);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""[{"symbol":"BTCUSDT","bidPrice":"-1","bidQty":"2.0","askPrice":"1","askQty":"1"}]""")]
    [InlineData("""[{"symbol":"BTCUSDT","bidPrice":"0","bidQty":"2.0","askPrice":"1","askQty":"1"}]""")]
    public async Task Quotes_that_cannot_be_read_are_an_error(string body)
    {
        var connector = await _venue.ConnectorAsync();
        _venue.Http.Then(200, body);
        (await connector.GetQuotesAsync([Venue.Btc], CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.BadResponse);
    }

    [Fact]
    public async Task Too_many_requests_pause_the_budget_for_the_time_that_the_venue_names()
    {
        _venue.Http.Then(429, """{"code":-1003,"msg":"Too much request weight used"}""", ("Retry-After", "9"), ("X-MBX-USED-WEIGHT-1M", "6001"));
        var connector = new BinanceConnector(_venue.Context);
        _venue.Budget.Clear();
        var error = (await connector.GetServerTimeAsync(CancellationToken.None)).Error!;
        (error.Kind, error.Code, error.RetryAfter).ShouldBe((VenueErrorKind.RateLimited, "-1003", TimeSpan.FromSeconds(9)));
        _venue.Budget.ShouldBe(["observe request weight 6001 00:01:00", "pause Address 00:00:09"]);
    }

    [Fact]
    public async Task Ban_is_its_own_kind()
    {
        _venue.Http.Then(418, """{"code":-1003,"msg":"Way too much request weight used; IP banned until 1."}""", ("Retry-After", "120"));
        var connector = new BinanceConnector(_venue.Context);
        _venue.Budget.Clear();
        (await connector.GetServerTimeAsync(CancellationToken.None)).Error!.Kind.ShouldBe(VenueErrorKind.Banned);
        _venue.Budget.ShouldBe(["ban Address 00:02:00"]);
    }
}
