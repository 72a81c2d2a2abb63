using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Benchmarks.Decode;

/// <summary>A session that makes stamps as the host's does and keeps the newest event only.</summary>
internal sealed class SinkSession(string connection) : IMarketStreamSession
{
    private readonly ConnectionId _connection = new(connection);
    private readonly VenueId _venue = new(connection);
    private readonly Channel<SubscriptionChange> _changes = Channel.CreateUnbounded<SubscriptionChange>();

    public int Number => 1;

    public ChannelReader<SubscriptionChange> Changes => _changes.Reader;

    public MarketEvent? Newest { get; private set; }

    public long Published { get; private set; }

    public string? Bad { get; private set; }

    public void Connected()
    {
    }

    public void Acknowledged(MarketSubscription subscription)
    {
    }

    public void Refused(MarketSubscription subscription, VenueError error) => Bad = error.Message;

    public MarketStamp Stamp(Timestamp receivedAt, Timestamp? venueTime, long sequence) => new()
    {
        Connection = _connection,
        Venue = _venue,
        Session = Number,
        ReceivedAt = receivedAt,
        VenueTime = venueTime ?? receivedAt,
        Sequence = sequence,
    };

    public void Publish(MarketEvent marketEvent)
    {
        Newest = marketEvent;
        Published++;
    }

    public void Interrupted(MarketSubscription subscription, string reason, TimeSpan? retryAfter) => Bad = reason;

    public void Renew(string reason) => Bad = reason;

    public void BadMessage(string message) => Bad = message;

    /// <summary>Proves that each of some decodes published what the kind of message carries: a benchmark of a decoder that refuses its message says nothing.</summary>
    /// <exception cref="InvalidOperationException">It did not.</exception>
    public void Prove(MessageKind kind, Action decode)
    {
        const int Times = 3;
        var before = Published;
        for (var i = 0; i < Times; i++)
        {
            decode();
        }

        var fits = kind switch
        {
            MessageKind.Quote => Newest is Quote { Bid.Value: 61234.56m, AskQuantity.Value: > 0.9m },
            MessageKind.Trade => Newest is Trade { Price.Value: 61234.57m, Quantity.Value: 0.00123m },
            _ => Newest is BookUpdate { IsSnapshot: false, Bids.Count: 20, Asks.Count: 20 },
        };
        if (!fits || Bad is not null || Published != before + Times)
        {
            throw new InvalidOperationException($"The decoder did not publish the {kind}: {Bad ?? Newest?.ToString() ?? "nothing"}");
        }
    }
}
