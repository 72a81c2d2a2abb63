using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>The wishes that one session has not taken yet: at most one for each subscription, so that it stays as small as the set of subscriptions however slow the session is. Any thread writes, one reads.</summary>
/// <param name="taken">Told of every wish that is taken, under the queue's lock.</param>
internal sealed class WishQueue(Action<SubscriptionChange> taken) : ChannelReader<SubscriptionChange>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MarketSubscription, SubscriptionChange> _pending = [];
    private readonly Queue<MarketSubscription> _order = new();
    private readonly HashSet<MarketSubscription> _queued = [];
    private TaskCompletionSource<bool>? _waiting;
    private bool _isClosed;

    public override bool CanCount => true;

    public override int Count
    {
        get
        {
            lock (_lock)
            {
                return _pending.Count;
            }
        }
    }

    public void Write(SubscriptionChange change)
    {
        lock (_lock)
        {
            if (_isClosed || Merged(change) is not { } merged)
            {
                return;
            }

            _pending[change.Subscription] = merged;
            if (_queued.Add(change.Subscription))
            {
                _order.Enqueue(change.Subscription);
            }

            Wake_NeedsLock(true);
        }
    }

    /// <summary>No more wishes follow.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            Wake_NeedsLock(false);
        }
    }

    public override bool TryRead(out SubscriptionChange item)
    {
        lock (_lock)
        {
            while (_order.TryDequeue(out var subscription))
            {
                _queued.Remove(subscription);
                if (_pending.Remove(subscription, out item))
                {
                    taken(item);
                    return true;
                }
            }
        }

        item = default;
        return false;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_pending.Count > 0)
            {
                return ValueTask.FromResult(true);
            }

            if (_isClosed)
            {
                return ValueTask.FromResult(false);
            }

            _waiting ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask<bool>(_waiting.Task.WaitAsync(cancellationToken));
        }
    }

    // What was not taken yet and what comes on top make one wish, or none.
    private SubscriptionChange? Merged(SubscriptionChange change)
    {
        if (!_pending.TryGetValue(change.Subscription, out var pending))
        {
            return change;
        }

        switch (pending, change)
        {
            case ({ IsAdded: true, IsAgain: false }, { IsAdded: false }):
                _pending.Remove(change.Subscription); // It was never asked for.
                return null;
            case ({ IsAdded: true, IsAgain: false }, { IsAdded: true }):
                return pending;
            case ({ IsAdded: false }, { IsAdded: true }):
                return change with { IsAgain = true }; // It is still there, but whoever wants it now needs its beginning.
            default:
                return change;
        }
    }

    private void Wake_NeedsLock(bool more)
    {
        _waiting?.TrySetResult(more);
        _waiting = null;
    }
}
