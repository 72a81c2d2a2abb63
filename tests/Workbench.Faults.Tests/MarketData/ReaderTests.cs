using Workbench.Faults.Tests.Rigging;
using Workbench.Sdk;

namespace Workbench.Faults.Tests.MarketData;

/// <summary>Many readers on real sockets.</summary>
public sealed class ReaderTests
{
    private const int Readers = 100;

    [Fact]
    public async Task Hundred_readers_of_a_market_are_one_subscription_at_each_venue_and_the_last_to_leave_ends_it()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 5s } }");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Symbol eth = "ETH/USDT";
        var readers = Enumerable.Range(0, Readers).Select(i => new Recording<Quote>(rig.Workbench.Market.Quotes(eth, i % 2 == 0 ? Delivery.Latest : Delivery.EveryEvent, cancellationToken: stop.Token))).ToArray();
        await rig.UntilAsync(() => readers.All(r => r.Count > 3), "every reader has read");

        Wire(rig, "binance", "ethusdt").ShouldBe(["ethusdt@bookTicker"]);
        Wire(rig, "bybit", "ETHUSDT").ShouldBe(["orderbook.1.ETHUSDT"]);

        await stop.CancelAsync();
        await Task.WhenAll(readers.Select(r => r.Task));
        rig.Host.Engine.MarketData.Readers.Readers.ShouldBe(1, "the rig's own reader");
        var again = new Recording<Quote>(rig.Workbench.Market.Quotes(eth));
        await rig.UntilAsync(() => again.Count > 0, "a new reader reads");
        Wire(rig, "bybit", "ETHUSDT").ShouldBe(["orderbook.1.ETHUSDT", "orderbook.1.ETHUSDT"], "the subscription had ended with its last reader");
    }

    [Fact]
    public async Task Stalled_readers_keep_no_more_than_their_queue_and_delay_nobody()
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 5s } }");
        const int Capacity = 16;
        rig.Host.Engine.Hub.ReaderCapacity = Capacity;
        var stalled = Enumerable.Range(0, Readers).Select(_ => rig.Workbench.Market.Quotes(FaultRig.Btc, Delivery.EveryEvent)).ToArray();
        var enumerators = stalled.Select(s => s.GetAsyncEnumerator(TestContext.Current.CancellationToken)).ToArray();
        var reads = enumerators.Select(e => e.MoveNextAsync().AsTask()).ToArray();
        await rig.UntilAsync(() => stalled.All(s => s.Dropped > Capacity), "every stalled reader has lost more than it may keep");

        stalled.ShouldAllBe(s => s.Lag <= Capacity);
        var flow = rig.Host.Engine.MarketData;
        (flow.Readers.Lag <= Subscriber, flow.Dropped).ShouldBe((true, 0), "the pipeline itself waits for nobody");
        flow.Readers.Dropped.ShouldBeGreaterThanOrEqualTo(Readers * Capacity);
        var seen = rig.Quotes.Count;
        await rig.UntilAsync(() => rig.Quotes.Count > seen + 3, "the reader that reads goes on");
        (await rig.BuyAsync()).Status.ShouldBe(OrderStatus.Filled);
        await Task.WhenAll(reads);
        foreach (var enumerator in enumerators)
        {
            await enumerator.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("binance")]
    [InlineData("bybit")]
    public async Task Candles_from_trades_are_the_venues_own(string venue)
    {
        await using var rig = await FaultRig.StartAsync("connections: { all: { stale_after: 5s } }");
        var connection = new ConnectionId(venue);
        var candles = new Recording<Candle>(rig.Workbench.Market.Candles(FaultRig.Btc, TimeSpan.FromSeconds(1), connection));
        await rig.UntilAsync(() => candles.Items.Count(c => c.IsClosed) >= 5, "five closed candles");

        // Bybit has no candles of a second to begin with, so that the first one is what we saw of it.
        var built = candles.Items.Where(c => c.IsClosed).Skip(1).Take(4).ToArray();
        var venueItself = rig.Venues[connection].Handle.Venue;
        var first = built[0].OpenTime.UnixMilliseconds;
        var theirs = venueItself.Execute(_ => venueItself.Listed("BTCUSDT")!.Seconds.Bars.Where(b => b.OpenMillis >= first).Take(built.Length).ToArray());
        built.Select(c => (c.OpenTime.UnixMilliseconds, c.Open.Value, c.High.Value, c.Low.Value, c.Close.Value, c.Volume.Value))
            .ShouldBe(theirs.Select(b => (b.OpenMillis, b.Open, b.High, b.Low, b.Close, b.Volume)), "open, high, low, close and volume of every second");
        built.ShouldAllBe(c => !c.IsPartial && !c.IsMixed);
        built.Sum(c => c.Volume.Value).ShouldBeGreaterThan(0);
    }

    private const int Subscriber = Core.MarketData.Subscriber.Capacity;

    private static IEnumerable<string> Wire(FaultRig rig, string venue, string symbol) =>
        rig.Venues[new ConnectionId(venue)].Wire.Subscriptions.Where(s => s.Contains(symbol, StringComparison.Ordinal));
}
