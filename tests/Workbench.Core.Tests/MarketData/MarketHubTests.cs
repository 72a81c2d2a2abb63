using Workbench.Core.Connections;
using Workbench.Core.MarketData;
using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Core.Tests.MarketData;

public sealed class MarketHubTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly ConnectionId Binance = new("binance");
    private static readonly ConnectionId Bybit = new("bybit");
    private static readonly HashSet<MarketChannel> Quotes = [MarketChannel.Quotes];
    private static readonly HashSet<MarketChannel> QuotesAndBook = [MarketChannel.Quotes, MarketChannel.Book];

    private readonly Dictionary<ConnectionId, Source> _sources = new() { [Binance] = new Source(), [Bybit] = new Source() };
    private readonly MarketHub _hub;

    public MarketHubTests()
    {
        var route = RouteHalfSettings.PrimarySecondary(Binance, Bybit, TimeSpan.FromSeconds(5));
        var routes = new RouteTable([new RouteSettings("default", new HashSet<Symbol>(), route, null)], TimeSpan.Zero);
        _hub = new MarketHub(routes, id => _sources.GetValueOrDefault(id));
    }

    [Fact]
    public async Task Reader_of_a_route_gets_what_is_routed_and_nothing_else()
    {
        await using var reader = new Reader(_hub, Quotes, null);
        _hub.Publish(Some.Quote("bybit", 1, 2), MarketChannel.Quotes, isRouted: false);
        _hub.Publish(Some.Quote("binance", 3, 4), MarketChannel.Quotes, isRouted: true);
        (await reader.NextAsync()).Stamp.Connection.ShouldBe(Binance);
    }

    [Fact]
    public async Task Reader_of_one_connection_gets_its_events_routed_or_not_and_no_others()
    {
        await using var reader = new Reader(_hub, Quotes, Bybit);
        _hub.Publish(Some.Quote("binance", 1, 2), MarketChannel.Quotes, isRouted: true);
        _hub.Publish(Some.Quote("bybit", 3, 4), MarketChannel.Quotes, isRouted: false);
        _hub.Publish(Some.Quote("bybit", 5, 6), MarketChannel.Quotes, isRouted: true);
        ((Quote)await reader.NextAsync()).Bid.ShouldBe(new Price(3));
        ((Quote)await reader.NextAsync()).Bid.ShouldBe(new Price(5));
    }

    [Fact]
    public async Task Reader_gets_its_own_market_and_channels_only()
    {
        await using var reader = new Reader(_hub, QuotesAndBook, null);
        _hub.Publish(Some.Quote("binance", 1, 2, symbol: "ETH/USDT"), MarketChannel.Quotes, isRouted: true);
        _hub.Publish(new Trade(Btc, new TradeId("1"), new Price(1), new Quantity(1), Side.Buy, Some.Stamp()), MarketChannel.Trades, isRouted: true);
        _hub.Publish(new OrderBook(Btc, [], [], Some.Stamp()), MarketChannel.Book, isRouted: true);
        _hub.Publish(Some.Quote("binance", 3, 4), MarketChannel.Quotes, isRouted: true);
        (await reader.NextAsync()).ShouldBeOfType<OrderBook>();
        (await reader.NextAsync()).ShouldBeOfType<Quote>();
    }

    [Fact]
    public async Task Reader_of_a_route_subscribes_both_connections_and_leaves_both()
    {
        var reader = new Reader(_hub, QuotesAndBook, null);
        foreach (var source in _sources.Values)
        {
            source.Wanted.ShouldBe([new MarketSubscription(Btc, MarketChannel.Quotes), new MarketSubscription(Btc, MarketChannel.Book)], ignoreOrder: true);
        }

        await reader.DisposeAsync();
        _sources.Values.SelectMany(s => s.Wanted).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reader_of_one_connection_subscribes_that_one()
    {
        await using var reader = new Reader(_hub, Quotes, Bybit);
        _sources[Binance].Wanted.ShouldBeEmpty();
        _sources[Bybit].Wanted.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Reader_of_a_connection_that_does_not_exist_waits_until_it_is_cancelled()
    {
        await using var reader = new Reader(_hub, Quotes, new ConnectionId("gone"));
        _sources.Values.SelectMany(s => s.Wanted).ShouldBeEmpty();
        reader.Next.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Readers_do_not_share_what_they_have_read()
    {
        await using var first = new Reader(_hub, Quotes, null);
        await using var second = new Reader(_hub, Quotes, null, Delivery.Latest);
        for (var i = 1; i <= 3; i++)
        {
            _hub.Publish(Some.Quote("binance", i, 10), MarketChannel.Quotes, isRouted: true);
        }

        ((Quote)await first.NextAsync()).Bid.ShouldBe(new Price(1));
        ((Quote)await first.NextAsync()).Bid.ShouldBe(new Price(2));
        var last = (Quote)await second.NextAsync();
        last = last.Bid == new Price(3) ? last : (Quote)await second.NextAsync();
        last.Bid.ShouldBe(new Price(3));
    }

    [Fact]
    public async Task Backlog_is_that_of_the_slowest_reader_of_every_event_on_the_connection()
    {
        await using var slow = new Reader(_hub, Quotes, Binance);
        await using var other = new Reader(_hub, Quotes, Bybit);
        await using var latest = new Reader(_hub, Quotes, Binance, Delivery.Latest);
        await using var routed = new Reader(_hub, Quotes, null);
        for (var i = 0; i < 5; i++)
        {
            _hub.Publish(Some.Quote("binance", 1, 2), MarketChannel.Quotes, isRouted: true);
        }

        await slow.NextAsync();
        (_hub.Backlog(Binance), _hub.Backlog(Bybit), _hub.Backlog(new ConnectionId("gone"))).ShouldBe((3, 0, 0), "five, less the one read and the one held ready");
    }

    [Fact]
    public async Task Reader_that_was_cancelled_counts_for_nothing()
    {
        var reader = new Reader(_hub, Quotes, Binance);
        await reader.DisposeAsync();
        _hub.Publish(Some.Quote("binance", 1, 2), MarketChannel.Quotes, isRouted: true);
        _hub.Backlog(Binance).ShouldBe(0);
    }

    private sealed class Source : IMarketSource
    {
        public List<MarketSubscription> Wanted { get; } = [];

        public void Subscribe(MarketSubscription subscription) => Wanted.Add(subscription);

        public void Unsubscribe(MarketSubscription subscription) => Wanted.Remove(subscription);
    }

    /// <summary>A reader that has begun: its first step is taken at once, so that it is subscribed.</summary>
    private sealed class Reader : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly IAsyncEnumerator<MarketEvent> _events;

        public Reader(MarketHub hub, IReadOnlySet<MarketChannel> channels, ConnectionId? via, Delivery delivery = Delivery.EveryEvent)
        {
            _events = hub.ReadAsync(Btc, channels, via, delivery, _stop.Token).GetAsyncEnumerator();
            Next = _events.MoveNextAsync().AsTask();
        }

        public Task<bool> Next { get; private set; }

        public async Task<MarketEvent> NextAsync()
        {
            (await Next.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
            var e = _events.Current;
            Next = _events.MoveNextAsync().AsTask();
            return e;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Next.ContinueWith(static _ => { }, TaskScheduler.Default);
            while (Next is { IsCompletedSuccessfully: true, Result: true })
            {
                Next = _events.MoveNextAsync().AsTask();
                await Next.ContinueWith(static _ => { }, TaskScheduler.Default);
            }

            await _events.DisposeAsync();
            _stop.Dispose();
        }
    }
}
