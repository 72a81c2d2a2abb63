using System.Collections.Concurrent;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>What a connection's readers want, counted, and how each subscription is. Each session of the stream gets the wishes of the moment first and the later ones as they arise.</summary>
/// <remarks>A stream of trades and candles alone would not say whether it is silent or quiet; the quotes of one of its markets are subscribed beside them, as a sign of life. Safe on any thread.</remarks>
/// <param name="onJudged">Told whether anything is subscribed whose silence means something.</param>
/// <param name="time">The clock.</param>
/// <param name="hasSignOfLife">False where silence means nothing at all, as on a tape.</param>
internal sealed class SubscriptionSet(Action<bool> onJudged, TimeProvider time, bool hasSignOfLife)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<MarketSubscription, int> _counts = [];
    private readonly ConcurrentDictionary<MarketSubscription, SubscriptionState> _states = new();
    private readonly List<WishQueue> _sessions = [];
    private MarketSubscription? _signOfLife;

    /// <summary>What readers want now.</summary>
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

    /// <summary>How each subscription is, the sign of life included.</summary>
    public IEnumerable<SubscriptionState> States => _states.Select(s => s.Value);

    /// <summary>How one subscription is; null when it is not subscribed.</summary>
    public SubscriptionState? Find(MarketSubscription subscription) => _states.GetValueOrDefault(subscription);

    public void Add(MarketSubscription subscription)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(subscription);
            _counts[subscription] = count + 1;
            if (count == 0)
            {
                Begin_NeedsLock(subscription);
                SignOfLife_NeedsLock();
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
            if (_signOfLife != subscription)
            {
                End_NeedsLock(subscription);
            }

            SignOfLife_NeedsLock();
            return true;
        }
    }

    /// <summary>Begins a session: its wishes start with everything that is wanted now.</summary>
    /// <param name="taken">Told of each wish that the session takes.</param>
    public WishQueue Begin(Action<SubscriptionChange> taken)
    {
        lock (_lock)
        {
            var session = new WishQueue(taken);
            _sessions.Add(session);
            foreach (var subscription in _states.Keys)
            {
                session.Write(new SubscriptionChange(subscription, true));
            }

            return session;
        }
    }

    /// <summary>A session has ended: it hears no more.</summary>
    public void End(WishQueue session)
    {
        lock (_lock)
        {
            _sessions.Remove(session);
        }

        session.Close();
    }

    /// <summary>Wishes that a session begins a subscription anew, if it is still wanted.</summary>
    public void Again(WishQueue session, MarketSubscription subscription)
    {
        lock (_lock)
        {
            if (_states.ContainsKey(subscription))
            {
                session.Write(new SubscriptionChange(subscription, true, IsAgain: true));
            }
        }
    }

    /// <summary>Looks again at what is judged: the venue has refused something.</summary>
    public void Refused()
    {
        lock (_lock)
        {
            Judge_NeedsLock();
        }
    }

    private void Begin_NeedsLock(MarketSubscription subscription)
    {
        if (_states.TryAdd(subscription, new SubscriptionState(subscription, time)))
        {
            _sessions.ForEach(s => s.Write(new SubscriptionChange(subscription, true)));
        }
    }

    private void End_NeedsLock(MarketSubscription subscription)
    {
        if (_states.TryRemove(subscription, out _))
        {
            _sessions.ForEach(s => s.Write(new SubscriptionChange(subscription, false)));
        }
    }

    private void SignOfLife_NeedsLock()
    {
        MarketSubscription? needed = !hasSignOfLife || _counts.Count == 0 || _counts.Keys.Any(IsJudged) ? null : new MarketSubscription(_counts.Keys.First().Symbol, MarketChannel.Quotes);
        var kept = _signOfLife is { } now && needed is not null && _counts.Keys.Any(k => k.Symbol == now.Symbol) ? now : needed;
        if (kept != _signOfLife)
        {
            if (_signOfLife is { } old && !_counts.ContainsKey(old))
            {
                End_NeedsLock(old);
            }

            if (kept is { } wanted)
            {
                Begin_NeedsLock(wanted);
            }

            _signOfLife = kept;
        }

        Judge_NeedsLock();
    }

    private void Judge_NeedsLock() => onJudged(_states.Any(s => s.Value is { IsJudged: true, Condition: not SubscriptionCondition.Refused }));

    private static bool IsJudged(MarketSubscription subscription) => subscription.Channel is MarketChannel.Quotes or MarketChannel.Book;
}
