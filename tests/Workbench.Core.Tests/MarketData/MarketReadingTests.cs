using Workbench.Core.MarketData;
using Workbench.Core.Risk;
using Workbench.Core.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Core.Tests.MarketData;

/// <summary>What a script sees of market data, through the whole engine on virtual time.</summary>
[Collection(nameof(EngineTests))]
public sealed class MarketReadingTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly RiskLimits Checked = new() { PriceJump = 0.2m };

    [Fact]
    public async Task Reader_sees_what_it_missed_by_its_own_choice_of_delivery()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var every = rig.Workbench.Market.Quotes(Btc, Delivery.EveryEvent);
        var latest = rig.Workbench.Market.Quotes(Btc, Delivery.Latest);
        await using var first = every.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await using var second = latest.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var (one, two) = (first.MoveNextAsync(), second.MoveNextAsync());
        const int Sent = Beyond + Subscriber.Capacity;
        for (var i = 0; i < Sent; i++)
        {
            rig.Primary.Quote(100, 101 + i);
        }

        await rig.UntilAsync(() => every.Lag == Subscriber.Capacity && every.Dropped > 0, "the queue to be full");
        (await one, await two).ShouldBe((true, true));
        (every.Dropped + every.Lag + 1).ShouldBe(Sent, "each event was read, waits, or is counted");
        every.Replaced.ShouldBe(0);
        (latest.Dropped, latest.Replaced + latest.Lag + 1).ShouldBe((0, Sent));
        var statistics = rig.Engine.MarketData;
        (statistics.Readers.Readers, statistics.Readers.Dropped, statistics.Readers.Replaced).ShouldBe((2, every.Dropped, latest.Replaced));
    }

    [Fact]
    public async Task Latest_values_are_kept_with_their_age_also_when_no_connection_is_left()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await using var reader = rig.Workbench.Market.Quotes(Btc).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = reader.MoveNextAsync();
        var market = rig.Workbench.Market;
        rig.Primary.Publish(stamp => new Trade(Btc, new TradeId("1"), new Price(100), new Quantity(1), Side.Buy, stamp));
        rig.Primary.Publish(stamp => new BookUpdate(Btc, true, [new PriceLevel(new Price(99), new Quantity(1))], [], stamp));
        rig.Primary.Publish(stamp => new Candle(Btc, TimeSpan.FromMinutes(1), stamp.ReceivedAt, new Price(1), new Price(1), new Price(1), new Price(1), new Quantity(1), false, stamp));
        rig.Primary.Quote(100, 101);
        await rig.UntilAsync(() => market.LatestQuote(Btc) is not null, "the quote");
        (await first).ShouldBeTrue();
        (market.LatestTrade(Btc)!.Price.Value, market.LatestBook(Btc)!.IsValid, market.LatestCandle(Btc)!.IsClosed).ShouldBe((100, true, false));
        rig.Primary.ReadError = rig.Secondary.ReadError = new VenueError(VenueErrorKind.Network, "gone");
        rig.Primary.StreamError = rig.Secondary.StreamError = new VenueError(VenueErrorKind.Network, "gone");
        rig.Primary.Hang();
        rig.Secondary.Hang();
        var gone = rig.Now();
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).Data is null && rig.Now() > gone, "both connections to be down");
        var last = market.LatestQuote(Btc).ShouldNotBeNull("the last value known");
        (last.Bid, last.Stamp.AgeAt(rig.Now()) > TimeSpan.Zero).ShouldBe((new Price(100), true));
        market.LatestTrade(Btc).ShouldNotBeNull();
        var order = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)));
        (order.Knowledge, order.Reason!.StartsWith("no_venue", StringComparison.Ordinal)).ShouldBe((OrderKnowledge.NotSent, true));
    }

    [Fact]
    public async Task E26_Crossed_book_closes_the_gate_of_its_market_until_it_is_uncrossed()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await using var reader = rig.Workbench.Market.Books(Btc).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = reader.MoveNextAsync();
        rig.Primary.Publish(stamp => new BookUpdate(Btc, true, [Level(101)], [Level(100)], stamp));
        await rig.UntilAsync(() => rig.Workbench.Market.LatestBook(Btc) is { IsValid: false }, "the book to be invalid");
        (await first).ShouldBeTrue();
        var denied = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)));
        denied.Reason!.ShouldStartWith("book_invalid: crossed since");
        rig.Primary.FakeTrading!.Submitted.ShouldBeEmpty();
        rig.Primary.Publish(stamp => new BookUpdate(Btc, true, [Level(99)], [Level(100)], stamp));
        await rig.UntilAsync(() => rig.Workbench.Market.LatestBook(Btc) is { IsValid: true }, "the book to be valid");
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)))).Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public async Task E27_Impossible_price_never_reaches_readers_or_the_gate()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        var quotes = rig.Workbench.Market.Quotes(Btc, Delivery.EveryEvent);
        await using var reader = quotes.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = reader.MoveNextAsync();
        rig.Primary.Publish(stamp => new Quote(Btc, default(Price), new Quantity(1), new Price(101), new Quantity(1), stamp));
        rig.Primary.Publish(stamp => new Quote(Btc, new Price(100), new Quantity(1), new Price(decimal.MaxValue), new Quantity(1), stamp));
        rig.Primary.Quote(100, 101);
        await rig.UntilAsync(() => rig.Workbench.Market.LatestQuote(Btc) is not null, "a quote");
        (await first).ShouldBeTrue();
        (reader.Current.Bid, quotes.Lag, rig.Engine.MarketData.Unreadable).ShouldBe((new Price(100), 0, 2));
    }

    [Fact]
    public async Task E28_Absurd_quote_is_marked_and_no_market_order_goes_until_time_has_confirmed_it()
    {
        await using var rig = new EngineRig(Checked);
        await rig.StartAsync();
        await using var reader = rig.Workbench.Market.Quotes(Btc).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = reader.MoveNextAsync();
        var market = rig.Workbench.Market;
        rig.Primary.Quote(100, 101);
        await rig.UntilAsync(() => market.LatestQuote(Btc) is not null, "a quote");
        rig.Primary.Quote(150, 151);
        await rig.UntilAsync(() => market.LatestQuote(Btc)!.Stamp.IsSuspect, "the jump to be suspect");
        var denied = await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)));
        denied.Reason!.ShouldStartWith("suspect_price: bid 150, ask 151");
        rig.Primary.FakeTrading!.Submitted.ShouldBeEmpty();
        await rig.UntilAsync(() =>
        {
            rig.Primary.Quote(150, 151);
            return !market.LatestQuote(Btc)!.Stamp.IsSuspect;
        }, "time to confirm it");
        (await rig.DoneAsync(rig.Workbench.Orders.Buy(Btc, new Quantity(1)))).Status.ShouldBe(OrderStatus.Filled);
        (await first).ShouldBeTrue();
    }

    [Fact]
    public async Task E28_Absurd_quote_that_the_other_venue_shows_too_is_believed_at_once()
    {
        await using var rig = new EngineRig(Checked);
        await rig.StartAsync();
        await using var reader = rig.Workbench.Market.Quotes(Btc).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var first = reader.MoveNextAsync();
        var market = rig.Workbench.Market;
        rig.Primary.Quote(100, 101);
        rig.Secondary.Quote(100, 101);
        await rig.UntilAsync(() => market.LatestQuote(Btc) is not null, "a quote");
        rig.Primary.Quote(150, 151);
        await rig.UntilAsync(() => market.LatestQuote(Btc)!.Stamp.IsSuspect, "the jump to be suspect");
        rig.Secondary.Quote(149, 150);
        rig.Primary.Quote(150, 151);
        var before = rig.Now();
        await rig.UntilAsync(() =>
        {
            rig.Primary.Quote(150, 151);
            return !market.LatestQuote(Btc)!.Stamp.IsSuspect;
        }, "the other venue to confirm it");
        (rig.Now() - before).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        (await first).ShouldBeTrue();
    }

    [Fact]
    public async Task Failover_shows_the_new_venues_whole_book_at_once_and_no_mixture()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        await using var reader = rig.Workbench.Market.Books(Btc, Delivery.EveryEvent).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = reader.MoveNextAsync();
        rig.Primary.Publish(stamp => new BookUpdate(Btc, true, [Level(99), Level(98)], [Level(100)], stamp));
        rig.Secondary.Publish(stamp => new BookUpdate(Btc, true, [Level(89)], [Level(90), Level(91)], stamp));
        await rig.UntilAsync(() => next.IsCompleted, "the first book");
        (await next).ShouldBeTrue();
        reader.Current.Stamp.Connection.ShouldBe(new ConnectionId("binance"));
        next = reader.MoveNextAsync();
        rig.Primary.StreamError = new VenueError(VenueErrorKind.Network, "gone");
        rig.Primary.Hang();
        await rig.UntilAsync(() => next.IsCompleted, "the book of the backup, which sends nothing new");
        (await next).ShouldBeTrue();
        if (reader.Current.Stamp.Connection == new ConnectionId("binance"))
        {
            // The word that the primary's book is not to be used may come before the route has moved.
            reader.Current.IsValid.ShouldBeFalse();
            next = reader.MoveNextAsync();
            await rig.UntilAsync(() => next.IsCompleted, "the book of the backup");
            (await next).ShouldBeTrue();
        }

        var book = reader.Current;
        (book.Stamp.Connection, book.Stamp.IsBackup, book.Bids.Count, book.Asks.Count, book.BestBid!.Value.Price.Value).ShouldBe((new ConnectionId("bybit"), true, 1, 2, 89));
    }

    [Fact]
    public async Task Failover_keeps_every_reader_and_changes_the_stamp_on_every_channel()
    {
        await using var rig = new EngineRig();
        await rig.StartAsync();
        using var stop = new CancellationTokenSource();
        var market = rig.Workbench.Market;
        var seen = new System.Collections.Concurrent.ConcurrentQueue<MarketEvent>();
        Task[] readers =
        [
            CollectAsync(market.Quotes(Btc, Delivery.EveryEvent, cancellationToken: stop.Token), seen),
            CollectAsync(market.Trades(Btc, cancellationToken: stop.Token), seen),
            CollectAsync(market.Books(Btc, Delivery.EveryEvent, cancellationToken: stop.Token), seen),
            CollectAsync(market.Events(Btc, cancellationToken: stop.Token), seen),
        ];
        PublishAll(rig.Primary, 100);
        PublishAll(rig.Secondary, 200);
        await rig.UntilAsync(() => seen.Count == 5, "quote, trade and book of the primary, the first and the last twice");
        seen.ShouldAllBe(e => e.Stamp.Connection.Value == "binance" && !e.Stamp.IsBackup);
        rig.Primary.StreamError = new VenueError(VenueErrorKind.Network, "gone");
        rig.Primary.Hang();
        await rig.UntilAsync(() => rig.Workbench.Connections.Route(Btc).Data == new ConnectionId("bybit"), "the backup");
        PublishAll(rig.Secondary, 300);
        await rig.UntilAsync(() => seen.OfType<Quote>().Count(q => q.Stamp.IsBackup) == 2 && seen.OfType<Trade>().Any(t => t.Stamp.IsBackup) && seen.OfType<OrderBook>().Count(b => b.Stamp.IsBackup) >= 4, "every channel of the backup");
        var after = seen.Skip(5).ToList();
        after.ShouldAllBe(e => e is OrderBook && !((OrderBook)e).IsValid || e.Stamp.Connection.Value == "bybit" && e.Stamp.IsBackup, "nothing of the primary but the word that its book is lost");
        after.OfType<OrderBook>().Where(b => b.Stamp.IsBackup).ShouldAllBe(b => b.BestBid!.Value.Price.Value >= 200 && b.BestAsk!.Value.Price.Value >= 200, "no price of the primary in a book of the backup");
        await stop.CancelAsync();
        await Task.WhenAll(readers).ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private static void PublishAll(FakeConnector venue, decimal price)
    {
        venue.Quote(price, price + 1);
        venue.Publish(stamp => new Trade(Btc, new TradeId($"{price}"), new Price(price), new Quantity(1), Side.Buy, stamp));
        venue.Publish(stamp => new BookUpdate(Btc, true, [Level(price)], [Level(price + 1)], stamp));
    }

    private static async Task CollectAsync<T>(IMarketStream<T> stream, System.Collections.Concurrent.ConcurrentQueue<MarketEvent> seen)
        where T : MarketEvent
    {
        await foreach (var e in stream)
        {
            seen.Enqueue(e);
        }
    }

    private const int Beyond = 100;

    private static PriceLevel Level(decimal price) => new(new Price(price), new Quantity(1));
}
