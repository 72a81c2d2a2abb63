using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Recording;

/// <summary>A market stream that only wants to be subscribed: what is decoded is let go, the tap below has the bytes.</summary>
internal sealed class RecordingSession : IMarketStreamSession
{
    // Besides the first wishes only books that were interrupted are wished for again; there are never so many at a time.
    private const int MostAgain = 1024;

    private readonly Channel<SubscriptionChange> _changes;
    private readonly ConnectionId _connection;
    private readonly VenueId _venue;
    private readonly Action<string> _notice;

    public RecordingSession(ConnectionId connection, VenueId venue, int number, IReadOnlyCollection<MarketSubscription> wishes, Action<string> notice)
    {
        _changes = Channel.CreateBounded<SubscriptionChange>(new BoundedChannelOptions(wishes.Count + MostAgain) { FullMode = BoundedChannelFullMode.DropWrite });
        (_connection, _venue, Number, _notice) = (connection, venue, number, notice);
        foreach (var wish in wishes)
        {
            _changes.Writer.TryWrite(new SubscriptionChange(wish, true));
        }
    }

    public int Number { get; }

    public ChannelReader<SubscriptionChange> Changes => _changes.Reader;

    public void Connected()
    {
    }

    public void Acknowledged(MarketSubscription subscription)
    {
    }

    public void Refused(MarketSubscription subscription, VenueError error) => _notice($"{_connection} refuses {subscription}: {error.Message}");

    public MarketStamp Stamp(Timestamp receivedAt, Timestamp? venueTime, long sequence) => new()
    {
        Connection = _connection,
        Venue = _venue,
        Session = Number,
        VenueTime = venueTime ?? receivedAt,
        ReceivedAt = receivedAt,
        Sequence = sequence,
    };

    public void Publish(MarketEvent marketEvent)
    {
    }

    // The venue's own pace bounds this: a book is asked for again only after it was interrupted, and the connector spaces its requests.
    public void Interrupted(MarketSubscription subscription, string reason, TimeSpan? retryAfter)
    {
        _notice($"{_connection}: {subscription} was interrupted: {reason}");
        _changes.Writer.TryWrite(new SubscriptionChange(subscription, true, IsAgain: true));
    }

    public void Renew(string reason) => _notice($"{_connection}: {reason}");

    public void BadMessage(string message) => _notice($"{_connection}: {message}");
}
