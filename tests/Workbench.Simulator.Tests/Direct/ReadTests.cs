using Workbench.Sdk;
using Workbench.Simulator.Direct;

namespace Workbench.Simulator.Tests.Direct;

public sealed class ReadTests
{
    [Fact]
    public async Task Prices_move_by_the_pump_alone()
    {
        await using var connector = SimulatedConnector.Create("binance", 7, null, null, TimeProvider.System);
        await using var tap = MarketTap.Open(connector, new MarketSubscription("BTC/USDT", MarketChannel.Quotes));
        var enough = 0;
        tap.Block = _ => Interlocked.Increment(ref enough) == 5;

        (await tap.Blocked.WaitAsync(DirectBench.Patience)).ShouldBeTrue("no five quotes came");

        tap.Release.Set();
        (await tap.HeardAsync<Quote>()).Select(q => (q.Bid, q.BidQuantity, q.Ask, q.AskQuantity)).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Server_time_is_the_hosts()
    {
        await using var bench = new DirectBench();
        (await bench.Connector.GetServerTimeAsync(CancellationToken.None)).Value.ShouldBe(Timestamp.Now(bench.Time));
    }

    [Fact]
    public async Task Instruments_are_those_asked_for_with_their_rules()
    {
        await using var asked = new DirectBench(symbols: ["BTC/USDT", "DOGE/EUR", "BTC/USDT"]);
        await using var defaults = new DirectBench();

        var instruments = (await asked.Connector.GetInstrumentsAsync(CancellationToken.None)).Value;

        instruments.Select(i => i.Symbol.ToString()).ShouldBe(["BTC/USDT", "DOGE/EUR"]);
        instruments[0].VenueSymbol.ShouldBe("BTCUSDT");
        (instruments[0].TickSize, instruments[0].StepSize, instruments[0].MinNotional).ShouldBe((0.01m, 0.00001m, 5m));
        (await defaults.Connector.GetInstrumentsAsync(CancellationToken.None)).Value.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Account_starts_with_the_given_balances_or_with_plenty_of_what_is_listed()
    {
        await using var given = new DirectBench(balances: new Dictionary<string, decimal> { ["USDT"] = 5m, ["BTC"] = 0m });
        await using var plenty = new DirectBench(symbols: ["BTC/USDT", "DOGE/EUR"]);

        (await given.Trading.GetBalancesAsync(CancellationToken.None)).Value.ShouldBe([new Balance(new Asset("USDT"), new Amount(5m), Amount.Zero)]);
        (await plenty.Trading.GetBalancesAsync(CancellationToken.None)).Value.Select(b => b.Asset.Code).ShouldBe(["USDT", "BTC", "EUR", "DOGE"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    public async Task Past_candles_are_contiguous_oldest_first_and_only_the_last_is_open(int minutes)
    {
        await using var bench = new DirectBench();
        bench.Live(TimeSpan.FromSeconds(70));
        var interval = TimeSpan.FromMinutes(minutes);

        var candles = (await bench.Connector.GetCandlesAsync(DirectBench.Btc, interval, 50, CancellationToken.None)).Value;

        candles.Count.ShouldBe(50);
        candles.Zip(candles.Skip(1)).ShouldAllBe(p => p.First.OpenTime + interval == p.Second.OpenTime);
        candles.Select(c => c.IsClosed).ShouldBe(Enumerable.Range(0, 50).Select(i => i < 49));
        candles.ShouldAllBe(c => c.Low <= c.Open && c.Low <= c.Close && c.High >= c.Open && c.High >= c.Close && c.Stamp.IsSimulated);
        var now = Timestamp.Now(bench.Time);
        (candles[^1].OpenTime <= now && now < candles[^1].OpenTime + interval).ShouldBeTrue();
    }

    [Theory]
    [InlineData("BTC/USDT", 0, 10, VenueErrorKind.InvalidRequest)]
    [InlineData("BTC/USDT", 90, 10, VenueErrorKind.InvalidRequest)]
    [InlineData("BTC/USDT", 60, 0, VenueErrorKind.InvalidRequest)]
    [InlineData("BTC/USDT", 60, 1001, VenueErrorKind.InvalidRequest)]
    [InlineData("NONE/USDT", 60, 10, VenueErrorKind.NotFound)]
    public async Task Candles_that_cannot_be_had_are_an_error(string symbol, int seconds, int count, VenueErrorKind kind)
    {
        await using var bench = new DirectBench();
        var read = await bench.Connector.GetCandlesAsync(symbol, TimeSpan.FromSeconds(seconds), count, CancellationToken.None);
        read.Error!.Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task Same_name_and_seed_give_the_same_prices_and_another_name_nearly_the_same()
    {
        await using var one = new DirectBench("binance", 11);
        await using var same = new DirectBench("binance", 11);
        await using var other = new DirectBench("bybit", 11);
        foreach (var bench in new[] { one, same, other })
        {
            bench.Live(TimeSpan.FromSeconds(10));
        }

        same.Best(DirectBench.Btc).ShouldBe(one.Best(DirectBench.Btc));
        other.Best(DirectBench.Btc).ShouldNotBe(one.Best(DirectBench.Btc));
        Math.Abs((other.Best(DirectBench.Btc).Bid.Value / one.Best(DirectBench.Btc).Bid.Value) - 1).ShouldBeLessThan(0.001m);
    }

    [Fact]
    public async Task Manifest_does_not_pass_for_the_venue_it_stands_in_for()
    {
        await using var bench = new DirectBench("binance");
        bench.Connector.Manifest.Venue.ShouldBe(new VenueId("simulated"));
    }
}
