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

    public SubscriptionSetTests() => _set = new SubscriptionSet(_any.Add, TimeProvider.System, hasSignOfLife: false);

    [Fact]
    public void Subscription_wanted_twice_is_sent_once_and_ends_with_the_last()
    {
        var session = _set.Begin(static _ => { });
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
        var session = _set.Begin(static _ => { });
        _set.Remove(Quotes).ShouldBeFalse();
        _set.Add(Quotes);
        Taken(session).ShouldBe([new SubscriptionChange(Quotes, true)]);
        _set.Remove(Quotes).ShouldBeTrue();
        _set.Remove(Quotes).ShouldBeFalse();
        Taken(session).ShouldBe([new SubscriptionChange(Quotes, false)]);
    }

    [Fact]
    public void Session_begins_with_what_is_wanted_now_and_not_with_what_was()
    {
        _set.Add(Quotes);
        _set.Add(Trades);
        _set.Remove(Quotes);
        Taken(_set.Begin(static _ => { })).ShouldBe([new SubscriptionChange(Trades, true)]);
    }

    [Fact]
    public async Task Sessions_beside_each_other_both_hear_and_one_that_has_ended_hears_no_more()
    {
        _set.Add(Quotes);
        var first = _set.Begin(static _ => { });
        var second = _set.Begin(static _ => { });
        _set.Add(Trades);
        _set.End(first);
        _set.Remove(Quotes);
        Taken(first).ShouldBe([new SubscriptionChange(Quotes, true), new SubscriptionChange(Trades, true)]);
        (await first.WaitToReadAsync(TestContext.Current.CancellationToken)).ShouldBeFalse();
        Taken(second).ShouldBe([new SubscriptionChange(Trades, true)]);
    }

    [Theory]
    [InlineData("add remove", "")]
    [InlineData("add remove add", "add")]
    [InlineData("add take remove", "remove")]
    [InlineData("add take remove add", "again")]
    [InlineData("add take again again", "again")]
    [InlineData("add again", "add")]
    [InlineData("add take again remove", "remove")]
    public void Wishes_that_were_not_taken_melt_into_one(string steps, string left)
    {
        var session = _set.Begin(static _ => { });
        foreach (var step in steps.Split(' '))
        {
            switch (step)
            {
                case "add":
                    _set.Add(Quotes);
                    break;
                case "remove":
                    _set.Remove(Quotes);
                    break;
                case "again":
                    _set.Again(session, Quotes);
                    break;
                default:
                    Taken(session);
                    break;
            }
        }

        string.Join(' ', Taken(session).Select(c => c.IsAgain ? "again" : c.IsAdded ? "add" : "remove")).ShouldBe(left);
    }

    [Fact]
    public void Queue_of_a_session_that_takes_nothing_stays_as_small_as_the_set()
    {
        var session = _set.Begin(static _ => { });
        for (var i = 0; i < 100_000; i++)
        {
            _set.Add(Quotes);
            _set.Remove(Quotes);
        }

        _set.Add(Trades);
        session.Count.ShouldBe(1);
    }

    [Fact]
    public void Trades_alone_bring_the_quotes_of_their_market_along_as_a_sign_of_life()
    {
        var set = new SubscriptionSet(_any.Add, TimeProvider.System, hasSignOfLife: true);
        var session = set.Begin(static _ => { });
        set.Add(Trades);
        Taken(session).ShouldBe([new SubscriptionChange(Trades, true), new SubscriptionChange(Quotes, true)]);
        set.Wanted.ShouldBe([Trades]);
        _any[^1].ShouldBeTrue();
        set.Add(new MarketSubscription("ETH/USDT", MarketChannel.Book));
        Taken(session).Select(c => (c.Subscription.Channel, c.IsAdded)).ShouldBe([(MarketChannel.Book, true), (MarketChannel.Quotes, false)]);
        set.Remove(new MarketSubscription("ETH/USDT", MarketChannel.Book));
        Taken(session).Select(c => (c.Subscription.Channel, c.IsAdded)).ShouldBe([(MarketChannel.Book, false), (MarketChannel.Quotes, true)]);
        set.Remove(Trades);
        Taken(session).Select(c => c.IsAdded).ShouldBe([false, false]);
        _any[^1].ShouldBeFalse();
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
        (_any[0], _any[^1]).ShouldBe((true, false));
    }

    [Fact]
    public async Task Set_used_by_many_threads_ends_where_it_began()
    {
        var session = _set.Begin(static _ => { });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                _set.Add(Quotes);
                _set.Remove(Quotes);
            }
        })));
        _set.Wanted.ShouldBeEmpty();
        Taken(session).ShouldBeEmpty();
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
