using System.Threading.Channels;
using Workbench.Core.Connections;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Connections;

public sealed class SubscriptionSetTests
{
    private static readonly MarketSubscription Quotes = new("BTC/USDT", MarketChannel.Quotes);
    private static readonly MarketSubscription Trades = new("BTC/USDT", MarketChannel.Trades);

    private readonly List<bool> _any = [];
    private readonly SubscriptionSet _set;

    public SubscriptionSetTests() => _set = new SubscriptionSet(_any.Add);

    [Fact]
    public void Subscription_wanted_twice_is_sent_once_and_ends_with_the_last()
    {
        var session = _set.Begin();
        _set.Add(Quotes);
        _set.Add(Quotes);
        Taken(session).ShouldBe([new SubscriptionChange(Quotes, true)]);
        _set.Remove(Quotes);
        Taken(session).ShouldBeEmpty();
        _set.Wanted.ShouldBe([Quotes]);
        _set.Remove(Quotes);
        Taken(session).ShouldBe([new SubscriptionChange(Quotes, false)]);
        _set.Wanted.ShouldBeEmpty();
    }

    [Fact]
    public void Subscription_that_nobody_wants_is_not_removed_twice()
    {
        var session = _set.Begin();
        _set.Remove(Quotes);
        _set.Add(Quotes);
        _set.Remove(Quotes);
        _set.Remove(Quotes);
        _set.Add(Quotes);
        Taken(session).Select(c => c.IsAdded).ShouldBe([true, false, true]);
    }

    [Fact]
    public void Session_begins_with_what_is_wanted_now_and_not_with_what_was()
    {
        _set.Add(Quotes);
        _set.Add(Trades);
        _set.Remove(Quotes);
        Taken(_set.Begin()).ShouldBe([new SubscriptionChange(Trades, true)]);
    }

    [Fact]
    public void Session_that_was_replaced_hears_no_more()
    {
        _set.Add(Quotes);
        var first = _set.Begin();
        var second = _set.Begin();
        _set.Add(Trades);
        Taken(first).ShouldBe([new SubscriptionChange(Quotes, true)]);
        first.Completion.IsCompletedSuccessfully.ShouldBeTrue();
        Taken(second).ShouldBe([new SubscriptionChange(Quotes, true), new SubscriptionChange(Trades, true)]);
        second.Completion.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Set_tells_when_the_first_wish_comes_and_the_last_one_goes()
    {
        _set.Add(Quotes);
        _set.Add(Quotes);
        _set.Add(Trades);
        _set.Remove(Trades);
        _set.Remove(Quotes);
        _set.Remove(Quotes);
        (_any[0], _any[^1], _any.Count(a => !a)).ShouldBe((true, false, 1));
    }

    [Fact]
    public async Task Set_used_by_many_threads_ends_where_it_began()
    {
        var session = _set.Begin();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                _set.Add(Quotes);
                _set.Remove(Quotes);
            }
        })));
        _set.Wanted.ShouldBeEmpty();
        var changes = Taken(session);
        changes.Where((c, i) => c.IsAdded != (i % 2 == 0)).ShouldBeEmpty("wishes to begin and to end take turns");
        changes[^1].IsAdded.ShouldBeFalse();
    }

    private static List<SubscriptionChange> Taken(ChannelReader<SubscriptionChange> session)
    {
        var taken = new List<SubscriptionChange>();
        while (session.TryRead(out var change))
        {
            taken.Add(change);
        }

        return taken;
    }
}
