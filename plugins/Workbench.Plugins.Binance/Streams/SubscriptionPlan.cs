using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Streams;

/// <summary>Keeps what is wanted and what was sent, and makes the next control message out of the difference. Wishes that cancel each other before they are sent cost nothing.</summary>
internal sealed class SubscriptionPlan
{
    /// <summary>Larger requests are answered slowly.</summary>
    private const int MaxStreamsPerCommand = 100;

    /// <summary>The venue's limit for one connection.</summary>
    public const int MaxStreams = 1024;

    private readonly Dictionary<MarketSubscription, string> _wanted = [];
    private readonly Dictionary<MarketSubscription, string> _sent = [];
    private readonly HashSet<MarketSubscription> _acknowledged = [];
    private readonly HashSet<MarketSubscription> _again = [];
    private long _lastId;

    public int Count => _wanted.Count;

    public void Want(MarketSubscription subscription, string stream) => _wanted[subscription] = stream;

    public void Drop(MarketSubscription subscription) => _wanted.Remove(subscription);

    public void Acknowledged(MarketSubscription subscription) => _acknowledged.Add(subscription);

    /// <summary>True while the venue streams it: acknowledged, and no end was sent since.</summary>
    public bool IsAcknowledged(MarketSubscription subscription) => _acknowledged.Contains(subscription);

    /// <summary>What was sent is to be ended at the venue and sent again.</summary>
    public void Again(MarketSubscription subscription)
    {
        if (_sent.ContainsKey(subscription))
        {
            _again.Add(subscription);
            _acknowledged.Remove(subscription);
        }
    }

    /// <summary>Forgets a subscription that the venue refused, so that a new wish is sent again.</summary>
    public void Refused(MarketSubscription subscription)
    {
        _wanted.Remove(subscription);
        _sent.Remove(subscription);
        _again.Remove(subscription);
    }

    /// <summary>The next control message, or null when the venue knows all wishes.</summary>
    public ControlCommand? Next()
    {
        // Ends first: they make room.
        var ended = Ended();
        var command = ended.Count > 0 ? new ControlCommand(_lastId + 1, false, ended) : new ControlCommand(_lastId + 1, true, Difference(_wanted, _sent));
        if (command.Streams.Count == 0)
        {
            return null;
        }

        _lastId++;
        foreach (var (subscription, stream) in command.Streams)
        {
            if (command.IsSubscribe)
            {
                _sent[subscription] = stream;
            }
            else
            {
                _sent.Remove(subscription);
                _again.Remove(subscription);
                _acknowledged.Remove(subscription);
            }
        }

        return command;
    }

    private List<(MarketSubscription Subscription, string Stream)> Ended() =>
        [.. _sent.Where(pair => !_wanted.ContainsKey(pair.Key) || _again.Contains(pair.Key)).Take(MaxStreamsPerCommand).Select(pair => (pair.Key, pair.Value))];

    private static List<(MarketSubscription Subscription, string Stream)> Difference(Dictionary<MarketSubscription, string> left, Dictionary<MarketSubscription, string> right) =>
        [.. left.Where(pair => !right.ContainsKey(pair.Key)).Take(MaxStreamsPerCommand).Select(pair => (pair.Key, pair.Value))];
}
