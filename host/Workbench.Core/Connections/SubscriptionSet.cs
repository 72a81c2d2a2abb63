using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>What a connection's readers want, counted. Each session of the stream gets the wishes of the moment first and the later ones as they arise.</summary>
internal sealed class SubscriptionSet(Action<bool> onAny)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MarketSubscription, int> _counts = [];
    private Channel<SubscriptionChange>? _session;

    /// <summary>What is wanted now.</summary>
    public IReadOnlyList<MarketSubscription> Wanted
    {
        get
        {
            lock (_lock)
            {
                return [.. _counts.Keys];
            }
        }
    }

    public void Add(MarketSubscription subscription)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(subscription);
            _counts[subscription] = count + 1;
            if (count == 0)
            {
                _session?.Writer.TryWrite(new SubscriptionChange(subscription, true));
                onAny(true);
            }
        }
    }

    /// <summary>Takes one wish back.</summary>
    /// <returns>True when nobody wants the subscription any more.</returns>
    public bool Remove(MarketSubscription subscription)
    {
        lock (_lock)
        {
            if (!_counts.TryGetValue(subscription, out var count))
            {
                return false;
            }

            if (count > 1)
            {
                _counts[subscription] = count - 1;
                return false;
            }

            _counts.Remove(subscription);
            _session?.Writer.TryWrite(new SubscriptionChange(subscription, false));
            onAny(_counts.Count > 0);
            return true;
        }
    }

    /// <summary>Begins a session: its changes start with everything that is wanted now. An earlier session hears no more.</summary>
    public ChannelReader<SubscriptionChange> Begin()
    {
        lock (_lock)
        {
            _session?.Writer.TryComplete();
            _session = Channel.CreateUnbounded<SubscriptionChange>(new UnboundedChannelOptions { SingleReader = true });
            foreach (var subscription in _counts.Keys)
            {
                _session.Writer.TryWrite(new SubscriptionChange(subscription, true));
            }

            return _session.Reader;
        }
    }
}
