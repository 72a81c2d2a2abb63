using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Workbench.Core.MarketData;
using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>One life of a connection's market stream.</summary>
internal sealed class MarketStreamSession(
    int number, Connection connection, ChannelReader<SubscriptionChange> changes, PipelineInbox inbox, Func<int> backlog, ILogger logger) : IMarketStreamSession
{
    /// <summary>More unreadable messages than this in one session end it.</summary>
    private const int MostBadMessages = 10;

    private int _bad;

    public int Number => number;

    public ChannelReader<SubscriptionChange> Changes => changes;

    /// <summary>Why the host wants this session to end, or null.</summary>
    public string? EndReason { get; private set; }

    /// <summary>Cancels the session from the host's side.</summary>
    public CancellationTokenSource Ending { get; } = new();

    public void Connected() => connection.Health.MarketUp();

    public void Acknowledged(MarketSubscription subscription) => logger.Subscribed(connection.Id, subscription);

    public void Refused(MarketSubscription subscription, VenueError error) => logger.SubscriptionRefused(connection.Id, subscription, error);

    public MarketStamp Stamp(Timestamp receivedAt, Timestamp? venueTime, long sequence) => new()
    {
        Connection = connection.Id,
        Venue = connection.Venue,
        Session = number,
        ReceivedAt = receivedAt,
        VenueTime = venueTime ?? receivedAt,
        Sequence = sequence,
        IsSimulated = connection.IsSimulated,
    };

    public void Publish(MarketEvent marketEvent)
    {
        if (MarketSanity.Problem(marketEvent) is { } problem)
        {
            BadMessage(problem);
            return;
        }

        connection.Health.Heard(marketEvent.Stamp);
        if (connection.IsTape)
        {
            WaitForReaders();
        }

        connection.Watch(marketEvent);
        inbox.Post(new MarketDataArrived(marketEvent));
    }

    public void Interrupted(MarketSubscription subscription, string reason, TimeSpan? retryAfter)
    {
        logger.SubscriptionInterrupted(connection.Id, subscription, reason);
        inbox.PostInOrder(new MarketDataInterrupted(connection.Id, subscription, reason));
    }

    public void Renew(string reason) => logger.StreamEndAnnounced(connection.Id, reason);

    public void BadMessage(string message)
    {
        logger.BadMessage(connection.Id, message);
        connection.CountUnreadable();
        connection.Metrics.Quarantined(connection.Id, ConnectionCapability.MarketDataStream);
        if (++_bad > MostBadMessages)
        {
            End("too many unreadable messages");
        }
    }

    public void End(string reason)
    {
        EndReason ??= reason;
        Ending.Cancel();
    }

    private void WaitForReaders()
    {
        // A tape is lossless: its player is held back through the socket while the slowest reader catches up.
        var spin = default(SpinWait);
        while (!Ending.IsCancellationRequested && (inbox.MarketCount > PipelineInbox.MarketCapacity / 8 || backlog() > Subscriber.Capacity / 4))
        {
            spin.SpinOnce();
        }
    }
}
