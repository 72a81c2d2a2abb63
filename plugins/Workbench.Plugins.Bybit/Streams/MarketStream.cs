using Workbench.Plugins.Bybit.Instruments;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>One life of the public spot socket: follows the session's wishes and publishes what comes.</summary>
internal sealed class MarketStream
{
    // The venue's limits for one request and for one connection.
    private const int MostTopicsPerRequest = 10;
    private const int MostTopicCharacters = 21_000;

    private readonly ConnectorContext _context;
    private readonly InstrumentDirectory _instruments;
    private readonly IMarketStreamSession _session;
    private readonly SocketSession _socket;

    // Touched only inside the socket session's lock.
    private readonly FeedTable _feeds = new();
    private readonly MarketFrame _frame = new();
    private readonly PendingRequests _pending;
    private int _topicCharacters;

    private MarketStream(ConnectorContext context, InstrumentDirectory instruments, IMarketStreamSession session, IVenueSocket socket)
    {
        _context = context;
        _instruments = instruments;
        _session = session;
        _socket = new SocketSession(socket, context.Time);
        _pending = new PendingRequests(context.Time);
    }

    /// <summary>Connects and works until the stream ends.</summary>
    public static async Task<StreamEnd> RunAsync(
        ConnectorContext context, Uri address, InstrumentDirectory instruments, IMarketStreamSession session, CancellationToken cancellationToken)
    {
        var connected = await context.WebSockets.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
        if (!connected.IsOk)
        {
            return cancellationToken.IsCancellationRequested ? StreamEnd.Orderly : new StreamEnd(connected.Error);
        }

        var stream = new MarketStream(context, instruments, session, connected.Value);
        await using (stream._socket.ConfigureAwait(false))
        {
            session.Connected();
            return await stream._socket.RunAsync(stream.OnMessage, static () => null, stream.FollowWishesAsync, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<VenueError?> FollowWishesAsync(CancellationToken cancellationToken)
    {
        var wishes = new List<SubscriptionChange>();
        while (await _session.Changes.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            wishes.Clear();
            while (_session.Changes.TryRead(out var wish))
            {
                wishes.Add(wish);
            }

            _socket.Exclusively(() => Follow(wishes));
        }

        // No more wishes: the subscriptions there are stay.
        await Task.Delay(Timeout.InfiniteTimeSpan, _context.Time, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private void Follow(List<SubscriptionChange> wishes)
    {
        var batch = new List<string>();
        var isSubscribe = true;
        foreach (var (subscription, isAdded) in wishes.SelectMany(Steps))
        {
            var topic = isAdded ? Begin(subscription) : End(subscription);
            if (topic is null)
            {
                continue;
            }

            // Wishes keep their order: an end followed by a beginning of the same topic must not change places.
            if (batch.Count == MostTopicsPerRequest || (batch.Count > 0 && isSubscribe != isAdded))
            {
                Send(isSubscribe, batch);
                batch = [];
            }

            isSubscribe = isAdded;
            batch.Add(topic);
        }

        if (batch.Count > 0)
        {
            Send(isSubscribe, batch);
        }
    }

    // The venue begins a topic anew, with its snapshot, when it is ended first.
    private static IEnumerable<(MarketSubscription Subscription, bool IsAdded)> Steps(SubscriptionChange wish) =>
        wish.IsAgain ? [(wish.Subscription, false), (wish.Subscription, true)] : [(wish.Subscription, wish.IsAdded)];

    private string? Begin(MarketSubscription subscription)
    {
        if (!_instruments.Map.TryGet(subscription.Symbol, out var instrument))
        {
            _session.Refused(subscription, new VenueError(VenueErrorKind.NotFound, $"Bybit spot has no market {subscription.Symbol}."));
            return null;
        }

        var feed = new Feed(subscription, instrument);
        if (_topicCharacters + feed.Topic.Length > MostTopicCharacters)
        {
            _session.Refused(subscription, new VenueError(VenueErrorKind.InvalidRequest, "The connection holds as many topics as Bybit allows."));
            return null;
        }

        if (!_feeds.TryAdd(feed))
        {
            return null;
        }

        _topicCharacters += feed.Topic.Length;
        return feed.Topic;
    }

    private string? End(MarketSubscription subscription)
    {
        var topic = _instruments.Map.TryGet(subscription.Symbol, out var instrument) ? Topics.Of(subscription.Channel, instrument.VenueSymbol) : null;
        return topic is not null && Forget(topic) ? topic : null;
    }

    private bool Forget(string topic)
    {
        var removed = _feeds.Remove(topic);
        _topicCharacters -= removed ? topic.Length : 0;
        return removed;
    }

    private void Send(bool isSubscribe, IReadOnlyList<string> topics) => _socket.Post(Requests.Topics(_pending.Add(isSubscribe, topics)));

    private VenueError? OnMessage(in SocketMessage message)
    {
        if (_frame.Decode(message.Payload) is { } problem)
        {
            _session.BadMessage($"A message of the market stream was put aside: {problem}.");
            return null;
        }

        switch (_frame.Kind)
        {
            case FrameKind.Control:
                OnAnswer(_frame.Control);
                break;
            case FrameKind.Other:
                break;
            default:
                OnData(message.ReceivedAt);
                break;
        }

        return null;
    }

    // A message of a topic that is no longer wanted may still be on its way; it is nobody's.
    private void OnData(Timestamp receivedAt)
    {
        if (!_feeds.TryGet(_frame.Topic, out var feed))
        {
            return;
        }

        if (!_frame.VenueSymbol.IsEmpty && !_frame.VenueSymbol.SequenceEqual(feed.VenueSymbol))
        {
            _session.BadMessage($"A message of {feed.Topic} tells of another market.");
        }
        else if (!Publisher.Publish(_session, feed, _frame, receivedAt))
        {
            Log.BookGap(_context.Logger, _context.Connection, feed.Topic);
            _session.Interrupted(feed.Subscription, "its update ids have a gap", null);
        }
    }

    private void OnAnswer(ControlAnswer answer)
    {
        if (answer.IsPong || _pending.Take(answer) is not { IsSubscribe: true } request)
        {
            return;
        }

        // "Already subscribed" is what we wanted; it happens when a request failed after some of its topics had been taken.
        var reason = answer.Message ?? "no reason given";
        if (answer.IsYes || (request.Topics.Count == 1 && reason.Contains("already subscribed", StringComparison.OrdinalIgnoreCase)))
        {
            Acknowledge(request);
        }
        else if (request.Topics.Count > 1)
        {
            // One bad topic may fail its whole request. Asked for one by one, each gets its own answer.
            Log.BatchRefused(_context.Logger, _context.Connection, request.Topics.Count, reason);
            AskForEach(request);
        }
        else if (_feeds.TryGet(request.Topics[0], out var feed))
        {
            Forget(feed.Topic);
            _session.Refused(feed.Subscription, new VenueError(VenueErrorKind.InvalidRequest, $"Bybit refused {feed.Topic}: {reason}"));
        }
    }

    private void Acknowledge(PendingRequest request)
    {
        foreach (var topic in request.Topics)
        {
            if (_feeds.TryGet(topic, out var feed))
            {
                _session.Acknowledged(feed.Subscription);
            }
        }
    }

    private void AskForEach(PendingRequest request)
    {
        foreach (var topic in request.Topics)
        {
            if (_feeds.TryGet(topic, out _))
            {
                Send(isSubscribe: true, [topic]);
            }
        }
    }
}
