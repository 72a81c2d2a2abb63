using Workbench.Sdk;

namespace Workbench.Simulator.Tests.Direct;

public sealed class MarketStreamTests
{
    private static readonly Symbol Btc = DirectBench.Btc;
    private static readonly MarketSubscription Quotes = new(Btc, MarketChannel.Quotes);
    private static readonly MarketSubscription Trades = new(Btc, MarketChannel.Trades);
    private static readonly MarketSubscription Book = new(Btc, MarketChannel.Book);
    private static readonly MarketSubscription Candles = new(Btc, MarketChannel.Candles);

    [Fact]
    public async Task Stream_says_connected_then_acknowledges_then_shows_the_state_of_the_moment()
    {
        await using var bench = new DirectBench();
        await using var tap = MarketTap.Open(bench.Connector, Quotes, Book, Candles);

        var heard = await tap.HeardAsync();

        heard.Take(2).ShouldBe(["connected", Quotes]);
        heard[2].ShouldBeOfType<Quote>().Bid.ShouldBe(bench.Best(Btc).Bid);
        heard[3].ShouldBe(Book);
        heard[4].ShouldBeOfType<BookUpdate>().IsSnapshot.ShouldBeTrue();
        heard[5].ShouldBe(Candles);
        heard[6].ShouldBeOfType<Candle>().IsClosed.ShouldBeFalse();
    }

    [Fact]
    public async Task Quotes_follow_every_change_of_the_best_prices()
    {
        await using var bench = new DirectBench();
        var oracle = new TopOracle(bench, Btc);
        await using var tap = MarketTap.Open(bench.Connector, Quotes);
        await tap.HeardAsync();
        oracle.Begin();

        bench.Live(TimeSpan.FromSeconds(20));

        var quotes = (await tap.HeardAsync<Quote>()).Skip(1).ToList();
        quotes.Count.ShouldBeGreaterThan(60);
        quotes.Select(q => (q.Bid!.Value.Value, q.BidQuantity.Value, q.Ask!.Value.Value, q.AskQuantity.Value)).ShouldBe(oracle.Tops);
        quotes.ShouldAllBe(q => q.Bid < q.Ask && q.Stamp.Session == 3 && q.Stamp.VenueTime <= q.Stamp.ReceivedAt);
        tap.Overlapped.ShouldBeFalse("the session was called from two threads at once");
    }

    [Fact]
    public async Task Book_rebuilt_from_the_snapshot_and_its_updates_equals_the_venues()
    {
        await using var bench = new DirectBench();
        bench.Live(TimeSpan.FromSeconds(2));
        await using var tap = MarketTap.Open(bench.Connector, Book);
        await tap.HeardAsync();

        for (var round = 0; round < 20; round++)
        {
            bench.Live(TimeSpan.FromSeconds(1));
            await bench.AcceptAsync(bench.Market(round % 2 == 0 ? Side.Buy : Side.Sell, 0.2m));
        }

        var updates = await tap.HeardAsync<BookUpdate>();
        updates.Count.ShouldBeGreaterThan(200);
        updates.Select(u => u.IsSnapshot).ShouldBe(Enumerable.Range(0, updates.Count).Select(i => i == 0));
        var (bids, asks, last) = (new SortedDictionary<decimal, decimal>(), new SortedDictionary<decimal, decimal>(), 0L);
        foreach (var update in updates)
        {
            update.Stamp.Sequence.ShouldBeGreaterThan(last);
            last = update.Stamp.Sequence;
            Apply(bids, update.Bids);
            Apply(asks, update.Asks);
            bids.Keys.Last().ShouldBeLessThan(asks.Keys.First(), "crossed between two updates");
        }

        var (venueBids, venueAsks, updateId) = bench.Venue.Execute(_ =>
        {
            var book = bench.Venue.Listing.Find(Btc)!.Book;
            return (Levels(book.Bids), Levels(book.Asks), book.UpdateId);
        });
        last.ShouldBe(updateId);
        bids.Reverse().Select(l => (l.Key, l.Value)).ShouldBe(venueBids);
        asks.Select(l => (l.Key, l.Value)).ShouldBe(venueAsks);
    }

    [Fact]
    public async Task Trades_come_once_each_and_candles_add_them_up()
    {
        await using var bench = new DirectBench();
        await using var tap = MarketTap.Open(bench.Connector, Trades, Candles);
        await tap.HeardAsync();

        bench.Live(TimeSpan.FromMinutes(3));

        var trades = await tap.HeardAsync<Trade>();
        trades.Count.ShouldBeGreaterThan(100);
        trades.Select(t => t.Stamp.Sequence).ShouldBe(Enumerable.Range(0, trades.Count).Select(i => trades[0].Stamp.Sequence + i));
        trades.ShouldAllBe(t => t.Id.Value == t.Stamp.Sequence.ToString());
        var closed = (await tap.HeardAsync<Candle>()).Where(c => c.IsClosed).ToList();
        closed.Select(c => c.OpenTime.ToDateTimeOffset().Minute).ShouldBe([0, 1, 2]);

        // The first minute had begun before the subscription.
        foreach (var candle in closed.Skip(1))
        {
            var own = trades.Where(t => t.Stamp.VenueTime >= candle.OpenTime && t.Stamp.VenueTime < candle.OpenTime + candle.Interval).ToList();
            candle.Volume.Value.ShouldBe(own.Sum(t => t.Quantity.Value));
            candle.High.Value.ShouldBe(own.Max(t => t.Price.Value));
            candle.Low.Value.ShouldBe(own.Min(t => t.Price.Value));
            candle.Close.ShouldBe(own[^1].Price);
        }
    }

    [Fact]
    public async Task Unknown_market_is_refused()
    {
        await using var bench = new DirectBench();
        var wish = new MarketSubscription("NONE/USDT", MarketChannel.Quotes);
        await using var tap = MarketTap.Open(bench.Connector, wish);

        (await tap.HeardAsync()).ShouldBe(["connected", (wish, VenueErrorKind.NotFound)]);
    }

    [Fact]
    public async Task Ended_subscription_is_silent_while_others_go_on()
    {
        await using var bench = new DirectBench();
        await using var tap = MarketTap.Open(bench.Connector, Quotes, Trades, Book, Candles);
        tap.Unwish(Quotes);
        tap.Unwish(Book);
        tap.Unwish(Candles);
        var before = await tap.HeardAsync();

        bench.Live(TimeSpan.FromSeconds(10));

        var after = (await tap.HeardAsync()).Skip(before.Count).ToList();
        after.Count.ShouldBeGreaterThan(5);
        after.ShouldAllBe(e => e is Trade);
    }

    [Fact]
    public async Task Slow_reader_holds_up_neither_the_market_nor_an_order()
    {
        await using var bench = new DirectBench();
        await using var tap = MarketTap.Open(bench.Connector, Quotes);
        tap.Block = _ => true;

        // The first quote may have passed before the block was there: the next one does not.
        bench.Live(TimeSpan.FromSeconds(1));
        (await tap.Blocked.WaitAsync(DirectBench.Patience)).ShouldBeTrue();

        bench.Live(TimeSpan.FromSeconds(5));
        (await bench.AcceptAsync(bench.Market(Side.Buy, 0.01m))).Report.Status.ShouldBe(OrderStatus.Filled);

        tap.Block = null;
        tap.Release.Set();
        (await tap.HeardAsync<Quote>()).Count.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task Cancelled_stream_ends_in_an_orderly_way()
    {
        await using var bench = new DirectBench();
        await using var tap = MarketTap.Open(bench.Connector, Quotes);
        await tap.HeardAsync();

        (await tap.StopAsync()).ShouldBe(StreamEnd.Orderly);
    }

    [Fact]
    public async Task Closed_connector_ends_its_streams()
    {
        var bench = new DirectBench();
        await using var market = MarketTap.Open(bench.Connector, Quotes);
        await using var user = UserTap.Open(bench.Trading);

        await bench.DisposeAsync();

        (await market.Stream.WaitAsync(DirectBench.Patience)).ShouldBe(StreamEnd.Orderly);
        (await user.Stream.WaitAsync(DirectBench.Patience)).ShouldBe(StreamEnd.Orderly);
    }

    private static void Apply(SortedDictionary<decimal, decimal> side, IReadOnlyList<PriceLevel> changes)
    {
        changes.Select(c => c.Price).ShouldBeUnique();
        foreach (var (price, quantity) in changes)
        {
            if (quantity.IsZero)
            {
                side.Remove(price.Value).ShouldBeTrue("a level that was never there is removed");
            }
            else
            {
                side[price.Value] = quantity.Value;
            }
        }
    }

    private static List<(decimal, decimal)> Levels(Workbench.Simulator.Matching.Ladder ladder) =>
        [.. Enumerable.Range(0, ladder.Count).Select(rank => (ladder[rank].Price, ladder[rank].Quantity))];
}
