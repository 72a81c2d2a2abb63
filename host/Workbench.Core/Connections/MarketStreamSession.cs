using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Workbench.Core.MarketData;
using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>One life of a connection's market stream.</summary>
internal sealed class MarketStreamSession : StreamSession, IMarketStreamSession
{
    private readonly SubscriptionSet _subscriptions;
    private readonly PipelineInbox _inbox;
    private readonly Func<int> _backlog;
    private readonly TimeProvider _time;
    private readonly WishQueue _wishes;
    private readonly ConcurrentDictionary<MarketSubscription, SessionChannel> _channels = new();

    public MarketStreamSession(int number, Connection connection, SubscriptionSet subscriptions, PipelineInbox inbox, Func<int> backlog, TimeProvider time, ILogger logger)
        : base(number, connection, time, logger)
    {
        (_subscriptions, _inbox, _backlog, _time) = (subscriptions, inbox, backlog, time);
        _wishes = subscriptions.Begin(Taken);
    }

    protected override ConnectionCapability Capability => ConnectionCapability.MarketDataStream;

    public ChannelReader<SubscriptionChange> Changes => _wishes;

    /// <summary>The subscriptions that the connector was asked for.</summary>
    public IEnumerable<SessionChannel> Channels => _channels.Select(c => c.Value);

    /// <summary>One of them, or null.</summary>
    public SessionChannel? Find(MarketSubscription subscription) => _channels.GetValueOrDefault(subscription);

    /// <summary>Asks the connector to begin a subscription anew.</summary>
    public void Again(MarketSubscription subscription) => _subscriptions.Again(_wishes, subscription);

    public override void Up() => Connection.Health.MarketUp();

    public void Acknowledged(MarketSubscription subscription)
    {
        Logger.Subscribed(Connection.Id, subscription);
        Find(subscription)?.Acknowledged();
    }

    public void Refused(MarketSubscription subscription, VenueError error)
    {
        Logger.SubscriptionRefused(Connection.Id, subscription, error);
        Find(subscription)?.Refused(error);
        _subscriptions.Refused();
    }

    public MarketStamp Stamp(Timestamp receivedAt, Timestamp? venueTime, long sequence) => new()
    {
        Connection = Connection.Id,
        Venue = Connection.Venue,
        Session = Number,
        ReceivedAt = receivedAt,
        VenueTime = venueTime ?? receivedAt,
        Sequence = sequence,
        IsSimulated = Connection.IsSimulated,
    };

    public void Publish(MarketEvent marketEvent)
    {
        if (MarketSanity.Problem(marketEvent) is { } problem)
        {
            BadMessage(problem);
            return;
        }

        Connection.Health.Heard(marketEvent.Stamp);
        Find(new MarketSubscription(marketEvent.Symbol, ChannelOf(marketEvent)))?.Heard(marketEvent);
        if (Connection.IsTape)
        {
            WaitForReaders();
        }

        Connection.Watch(marketEvent);
        _inbox.Post(new MarketDataArrived(marketEvent));
    }

    public void Interrupted(MarketSubscription subscription, string reason, TimeSpan? retryAfter)
    {
        if (Find(subscription) is not { } channel)
        {
            return;
        }

        channel.Interrupted(reason);
        if (retryAfter is { } wait)
        {
            channel.Recovery.NotBefore(_time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency));
        }

        // What another session delivers is not touched by the trouble of this one.
        if (IsCurrent)
        {
            Invalidate(channel.State, SubscriptionCondition.Interrupted, reason);
        }
    }

    /// <summary>Tells the pipeline, once, that what is known of a subscription may not be used.</summary>
    public void Invalidate(SubscriptionState state, SubscriptionCondition condition, string reason)
    {
        if (state.Fail(condition, reason))
        {
            Logger.SubscriptionInterrupted(Connection.Id, state.Subscription, reason);
            _inbox.PostInOrder(new MarketDataInterrupted(Connection.Id, state.Subscription, reason));
        }
    }

    protected override void Unreadable() => Connection.CountUnreadable();

    protected override void Over()
    {
        _subscriptions.End(_wishes);
        _inbox.PostInOrder(new MarketStreamEnded(Connection.Id, Number));
    }

    private static MarketChannel ChannelOf(MarketEvent e) => e switch
    {
        Quote => MarketChannel.Quotes,
        Trade => MarketChannel.Trades,
        Candle => MarketChannel.Candles,
        _ => MarketChannel.Book,
    };

    private void Taken(SubscriptionChange change)
    {
        if (!change.IsAdded)
        {
            _channels.TryRemove(change.Subscription, out _);
        }
        else if (_subscriptions.Find(change.Subscription) is { } state)
        {
            if (change.IsAgain && _channels.TryGetValue(change.Subscription, out var channel))
            {
                channel.AskedAgain();
            }
            else
            {
                _channels[change.Subscription] = new SessionChannel(state, _time);
            }
        }
    }

    private void WaitForReaders()
    {
        // A tape is lossless: its player is held back through the socket while the slowest reader catches up.
        var spin = default(SpinWait);
        while (!Ending.IsCancellationRequested && (_inbox.MarketCount > PipelineInbox.MarketCapacity / 8 || _backlog() > Subscriber.Capacity / 4))
        {
            spin.SpinOnce();
        }
    }
}
