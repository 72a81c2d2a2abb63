using Workbench.Core.MarketData;
using Workbench.Sdk;

namespace Workbench.Core.Tests.MarketData;

public sealed class SubscriberTests
{
    private static readonly HashSet<MarketChannel> Quotes = [MarketChannel.Quotes];

    [Fact]
    public async Task Reader_of_the_latest_gets_the_newest_and_loses_nothing_that_counts()
    {
        var subscriber = New(Delivery.Latest);
        Offer(subscriber, 1, 10_000);
        (await ReadAsync(subscriber)).ShouldBe([10_000]);
        subscriber.Counters.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task Reader_of_the_latest_of_several_kinds_never_has_a_quote_replaced_by_a_book()
    {
        var subscriber = New(Delivery.Latest);
        var book = new OrderBook("BTC/USDT", [], [], Some.Stamp(sequence: 7));
        var trade = new Trade("BTC/USDT", new TradeId("1"), new Price(1), new Quantity(1), Side.Buy, Some.Stamp(sequence: 8));
        Offer(subscriber, 1, 3);
        subscriber.Offer(book, MarketChannel.Book);
        subscriber.Offer(trade, MarketChannel.Trades);
        subscriber.Offer(book with { Stamp = Some.Stamp(sequence: 9) }, MarketChannel.Book);
        subscriber.Backlog.ShouldBe(3);
        (await ReadAsync(subscriber)).ShouldBe([3, 9, 8], "the newest of each kind, in the order in which their places were taken");
        (subscriber.Counters.Replaced, subscriber.Counters.Dropped).ShouldBe((3, 0));
    }

    [Fact]
    public async Task Reader_of_the_latest_that_keeps_up_has_nothing_replaced()
    {
        var subscriber = New(Delivery.Latest);
        var read = subscriber.ReadAllAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        for (var i = 1; i <= 100; i++)
        {
            Offer(subscriber, i, i);
            (await read.MoveNextAsync()).ShouldBeTrue();
            read.Current.Stamp.Sequence.ShouldBe(i);
        }

        subscriber.Counters.Replaced.ShouldBe(0);
    }

    [Fact]
    public async Task Reader_of_the_latest_on_another_thread_always_ends_with_the_newest()
    {
        var subscriber = New(Delivery.Latest);
        var reading = Task.Run(async () => await ReadSoFarAsync(subscriber), TestContext.Current.CancellationToken);
        Offer(subscriber, 1, 200_000);
        subscriber.Complete();
        var read = await reading;
        read[^1].ShouldBe(200_000);
        read.ShouldBeInOrder(SortDirection.Ascending, "never an older one after a newer one");
        (read.Count + subscriber.Counters.Replaced).ShouldBe(200_000, "each was read or counted as replaced");
    }

    [Fact]
    public async Task Reader_of_every_event_gets_them_in_order()
    {
        var subscriber = New(Delivery.EveryEvent);
        Offer(subscriber, 1, Subscriber.Capacity);
        subscriber.Backlog.ShouldBe(Subscriber.Capacity);
        (await ReadAsync(subscriber)).ShouldBe(Enumerable.Range(1, Subscriber.Capacity).Select(i => (long)i));
        subscriber.Counters.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task Reader_of_every_event_that_is_too_slow_loses_the_oldest_and_is_told_how_many()
    {
        var subscriber = New(Delivery.EveryEvent);
        Offer(subscriber, 1, Subscriber.Capacity + 7);
        subscriber.Counters.Dropped.ShouldBe(7);
        (await ReadAsync(subscriber)).ShouldBe(Enumerable.Range(8, Subscriber.Capacity).Select(i => (long)i));
    }

    [Fact]
    public async Task Reader_that_left_is_offered_in_vain()
    {
        var subscriber = New(Delivery.EveryEvent);
        subscriber.Complete();
        Offer(subscriber, 1, 3);
        (await ReadAsync(subscriber)).ShouldBeEmpty();
    }

    private static Subscriber New(Delivery delivery) => new(new MarketRequest("BTC/USDT", Quotes, null, delivery), Subscriber.Capacity, new ReaderCounters());

    private static void Offer(Subscriber subscriber, int from, int to)
    {
        var quote = Some.Quote("binance", 1, 2);
        for (var i = from; i <= to; i++)
        {
            subscriber.Offer(quote with { Stamp = quote.Stamp with { Sequence = i } }, MarketChannel.Quotes);
        }
    }

    private static async Task<List<long>> ReadAsync(Subscriber subscriber)
    {
        subscriber.Complete();
        return await ReadSoFarAsync(subscriber);
    }

    private static async Task<List<long>> ReadSoFarAsync(Subscriber subscriber)
    {
        var read = new List<long>();
        await foreach (var e in subscriber.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            read.Add(e.Stamp.Sequence);
        }

        return read;
    }
}
