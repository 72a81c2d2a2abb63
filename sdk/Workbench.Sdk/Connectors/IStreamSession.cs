using System.Threading.Channels;

namespace Workbench.Sdk;

/// <summary>Why a stream ended.</summary>
/// <param name="Error">What went wrong, or null for an orderly end.</param>
public readonly record struct StreamEnd(VenueError? Error)
{
    /// <summary>An end that was asked for.</summary>
    public static StreamEnd Orderly => default;
}

/// <summary>One life of a market stream, from the host's side. Calls never block and may come from any one thread at a time.</summary>
public interface IMarketStreamSession
{
    /// <summary>Rises by one with every reconnect; goes into every stamp.</summary>
    int Number { get; }

    /// <summary>Wishes to subscribe and unsubscribe. The wishes of the moment come first, later ones as they arise. The connector follows them in order and asks for nothing by itself.</summary>
    ChannelReader<SubscriptionChange> Changes { get; }

    /// <summary>Tells the host that the socket is up and ready to subscribe.</summary>
    void Connected();

    /// <summary>Tells the host that the venue has acknowledged a subscription.</summary>
    void Acknowledged(MarketSubscription subscription);

    /// <summary>Tells the host that a subscription was refused.</summary>
    void Refused(MarketSubscription subscription, VenueError error);

    /// <summary>Makes the stamp for a value of this session.</summary>
    /// <param name="receivedAt">When the message reached this host.</param>
    /// <param name="venueTime">When the venue says it happened, or null where it does not say.</param>
    /// <param name="sequence">The venue's sequence or update id, or zero.</param>
    MarketStamp Stamp(Timestamp receivedAt, Timestamp? venueTime, long sequence);

    /// <summary>Publishes one event. The host bounds its queues; a tape session makes the caller wait here.</summary>
    void Publish(MarketEvent marketEvent);

    /// <summary>Tells the host that what was published for a subscription is not to be trusted until the connector publishes again: a snapshot for a book, the next event for anything else.
    /// The host marks the data invalid at once and decides when to try again: it sends a wish with <see cref="SubscriptionChange.IsAgain"/>. Until then the connector does nothing about it.</summary>
    /// <param name="subscription">What is meant.</param>
    /// <param name="reason">Why, in words for a person: a gap of the update ids, a snapshot that is older than the stream, a read that failed.</param>
    /// <param name="retryAfter">How long to wait before the next attempt where the venue said so; null leaves it to the host.</param>
    void Interrupted(MarketSubscription subscription, string reason, TimeSpan? retryAfter);

    /// <summary>Tells the host that the venue will end this session soon. The host brings up another session beside it, moves over and then ends this one; until then the connector goes on as before.</summary>
    /// <param name="reason">What the venue announced, in words for a person.</param>
    void Renew(string reason);

    /// <summary>Reports a message that could not be understood; the host counts them and may end the session.</summary>
    /// <param name="message">What was wrong, without the payload.</param>
    void BadMessage(string message);
}

/// <summary>One life of a user stream, from the host's side.</summary>
public interface IUserStreamSession
{
    /// <summary>Tells the host that the venue has confirmed the subscription: from now on nothing is missed, and what happened before must be read.</summary>
    void Connected();

    /// <summary>Publishes the venue's word about an order.</summary>
    void Publish(OrderReport report);

    /// <summary>Publishes one execution.</summary>
    void Publish(FillReport fill);

    /// <summary>Publishes new balances of the assets that changed; absolute values.</summary>
    void Publish(IReadOnlyList<Balance> balances);

    /// <summary>Tells the host that the venue will end this session soon. The host brings up another session beside it and then ends this one; until then the connector goes on as before.</summary>
    /// <param name="reason">What the venue announced, in words for a person.</param>
    void Renew(string reason);

    /// <summary>Reports a message that could not be understood; the host counts them and may end the session.</summary>
    void BadMessage(string message);
}
