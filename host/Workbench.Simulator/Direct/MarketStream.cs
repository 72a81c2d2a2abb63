using System.Threading.Channels;
using Workbench.Sdk;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Direct;

/// <summary>One life of a market stream. It listens inside the venue's lock and speaks to the session outside of it.</summary>
internal sealed class MarketStream(DirectVenue venue) : IVenueListener
{
    private readonly SessionOutbox<IMarketStreamSession> _outbox = new();

    // State of the venue's lock.
    private readonly Dictionary<string, SymbolFeed> _feeds = [];
    private readonly HashSet<SymbolFeed> _changed = [];

    public async Task<StreamEnd> RunAsync(IMarketStreamSession session, CancellationToken cancellationToken)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, venue.Closing);
        venue.Join(this, () => _outbox.Post(static s => s.Connected()));
        try
        {
            var sending = _outbox.RunAsync(session, life.Token);
            var wishing = WishAsync(session.Changes, life.Token);
            await Task.WhenAny(sending, wishing).ConfigureAwait(false);
            await life.CancelAsync().ConfigureAwait(false);
            await wishing.ConfigureAwait(false);
            return await sending.ConfigureAwait(false);
        }
        finally
        {
            venue.Leave(this);
        }
    }

    public bool IsWatching(Matching.OrderBook book) => _feeds.ContainsKey(book.Symbol);

    public void OnTrade(Matching.OrderBook book, in PublicTrade trade) => _feeds.GetValueOrDefault(book.Symbol)?.OnTrade(in trade);

    public void OnTop(Matching.OrderBook book, long timeMicros) => _feeds.GetValueOrDefault(book.Symbol)?.OnTop(timeMicros);

    public void OnLevel(Matching.OrderBook book, in LevelChange change)
    {
        if (_feeds.TryGetValue(book.Symbol, out var feed))
        {
            feed.OnLevel(in change);
            _changed.Add(feed);
        }
    }

    public void OnStepEnd()
    {
        foreach (var feed in _changed)
        {
            feed.OnStepEnd();
        }

        _changed.Clear();
    }

    public void OnTick(long nowMicros)
    {
        foreach (var feed in _feeds.Values)
        {
            feed.OnTick(nowMicros);
        }
    }

    public void OnOrder(in OrderEvent e)
    {
        // The account's; the user stream tells it.
    }

    public void OnBalances(Account account, IReadOnlyList<Matching.Balance> touched, long timeMicros)
    {
        // The account's; the user stream tells it.
    }

    private async Task WishAsync(ChannelReader<SubscriptionChange> changes, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in changes.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                venue.Execute(engine => Wish(change, engine.NowMicros));
            }

            // No more wishes will come; the stream goes on with those it has.
            await Task.Delay(Timeout.InfiniteTimeSpan, venue.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
    }

    private void Wish(SubscriptionChange change, long nowMicros)
    {
        var (symbol, channel) = change.Subscription;
        if (venue.Listing.Find(symbol) is not { } market)
        {
            Refuse(change, new VenueError(VenueErrorKind.NotFound, $"The simulated venue '{venue.Name}' has no market {symbol}."));
        }
        else if (!SimulatedManifest.Value.Channels.Contains(channel))
        {
            Refuse(change, new VenueError(VenueErrorKind.InvalidRequest, $"The simulated venue '{venue.Name}' has no channel {channel}."));
        }
        else if (change.IsAdded)
        {
            // Beginning anew is beginning: the feed is replaced and tells the state of the moment.
            FeedOf(symbol, market).Add(channel, nowMicros);
        }
        else
        {
            FeedOf(symbol, market).Remove(channel);
        }
    }

    private void Refuse(SubscriptionChange change, VenueError error)
    {
        if (change.IsAdded)
        {
            _outbox.Post(s => s.Refused(change.Subscription, error));
        }
    }

    private SymbolFeed FeedOf(Symbol symbol, Market market)
    {
        if (!_feeds.TryGetValue(market.Symbol, out var feed))
        {
            feed = _feeds[market.Symbol] = new SymbolFeed(symbol, market, venue.Time, _outbox);
        }

        return feed;
    }
}
