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
        subscriber.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task Reader_of_every_event_gets_them_in_order()
    {
        var subscriber = New(Delivery.EveryEvent);
        Offer(subscriber, 1, Subscriber.Capacity);
        subscriber.Backlog.ShouldBe(Subscriber.Capacity);
        (await ReadAsync(subscriber)).ShouldBe(Enumerable.Range(1, Subscriber.Capacity).Select(i => (long)i));
        subscriber.Dropped.ShouldBe(0);
    }

    [Fact]
    public async Task Reader_of_every_event_that_is_too_slow_loses_the_oldest_and_is_told_how_many()
    {
        var subscriber = New(Delivery.EveryEvent);
        Offer(subscriber, 1, Subscriber.Capacity + 7);
        subscriber.Dropped.ShouldBe(7);
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

    private static Subscriber New(Delivery delivery) => new("BTC/USDT", Quotes, null, delivery);

    private static void Offer(Subscriber subscriber, int from, int to)
    {
        var quote = Some.Quote("binance", 1, 2);
        for (var i = from; i <= to; i++)
        {
            subscriber.Offer(quote with { Stamp = quote.Stamp with { Sequence = i } });
        }
    }

    private static async Task<List<long>> ReadAsync(Subscriber subscriber)
    {
        subscriber.Complete();
        var read = new List<long>();
        await foreach (var e in subscriber.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            read.Add(e.Stamp.Sequence);
        }

        return read;
    }
}
