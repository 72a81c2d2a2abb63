using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Workbench.Core.Connections;
using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Brings market data to its readers: one subscription at the venue however many readers there are.</summary>
internal sealed class MarketHub(RouteTable routes, Func<ConnectionId, IMarketSource?> connections)
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<Symbol, ImmutableArray<Subscriber>> _bySymbol = ImmutableDictionary<Symbol, ImmutableArray<Subscriber>>.Empty;

    /// <summary>How far the slowest reader of every event on a connection is behind. A tape waits for it.</summary>
    public int Backlog(ConnectionId connection)
    {
        var worst = 0;
        foreach (var subscribers in Volatile.Read(ref _bySymbol).Values)
        {
            foreach (var s in subscribers)
            {
                worst = s.Delivery == Delivery.EveryEvent && s.Via == connection ? Math.Max(worst, s.Backlog) : worst;
            }
        }

        return worst;
    }

    /// <summary>Hands one event to whom it concerns. Pipeline thread only.</summary>
    public void Publish(MarketEvent e, MarketChannel channel, bool isRouted)
    {
        if (!Volatile.Read(ref _bySymbol).TryGetValue(e.Symbol, out var subscribers))
        {
            return;
        }

        foreach (var s in subscribers)
        {
            if (s.Channels.Contains(channel) && (s.Via is { } via ? via == e.Stamp.Connection : isRouted))
            {
                s.Offer(e, channel);
            }
        }
    }

    /// <summary>How many events a reader of every event may be behind; for readers that begin from now on.</summary>
    public int ReaderCapacity { get; set; } = Subscriber.Capacity;

    /// <summary>What all readers since the start have missed.</summary>
    public ReaderCounters Totals { get; } = new();

    /// <summary>All readers together.</summary>
    public HubStatistics Statistics
    {
        get
        {
            var readers = Volatile.Read(ref _bySymbol).Values.SelectMany(s => s).ToList();
            return new HubStatistics(readers.Count, readers.Select(s => s.Backlog).DefaultIfEmpty().Max(), Totals.Dropped, Totals.Replaced);
        }
    }

    /// <summary>Reads a market until cancelled.</summary>
    public IAsyncEnumerable<MarketEvent> ReadAsync(
        Symbol symbol, IReadOnlySet<MarketChannel> channels, ConnectionId? via, Delivery delivery, CancellationToken cancellationToken) =>
        ReadAsync(new MarketRequest(symbol, channels, via, delivery), new ReaderCounters(Totals), cancellationToken);

    /// <summary>Reads a market until cancelled, counting what the reader misses.</summary>
    public async IAsyncEnumerable<MarketEvent> ReadAsync(MarketRequest request, ReaderCounters counters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var subscriber = new Subscriber(request, ReaderCapacity, counters);
        Add(subscriber);
        var wanted = Wanted(subscriber);
        foreach (var (source, subscription) in wanted)
        {
            source.Subscribe(subscription);
        }

        try
        {
            await foreach (var e in subscriber.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return e;
            }
        }
        finally
        {
            Remove(subscriber);
            foreach (var (source, subscription) in wanted)
            {
                source.Unsubscribe(subscription);
            }
        }
    }

    private List<(IMarketSource Source, MarketSubscription Subscription)> Wanted(Subscriber s)
    {
        // Both connections of a route are subscribed, so that a failover has its data at once.
        IReadOnlyList<ConnectionId> ids = s.Via is { } via ? [via] : routes.DataConnections(s.Symbol);
        return [.. from id in ids let source = connections(id) where source is not null from channel in s.Channels select (source, new MarketSubscription(s.Symbol, channel))];
    }

    private void Add(Subscriber s)
    {
        lock (_lock)
        {
            var others = _bySymbol.GetValueOrDefault(s.Symbol, []);
            Volatile.Write(ref _bySymbol, _bySymbol.SetItem(s.Symbol, others.Add(s)));
        }
    }

    private void Remove(Subscriber s)
    {
        lock (_lock)
        {
            var others = _bySymbol.GetValueOrDefault(s.Symbol, []).Remove(s);
            Volatile.Write(ref _bySymbol, others.IsEmpty ? _bySymbol.Remove(s.Symbol) : _bySymbol.SetItem(s.Symbol, others));
        }

        s.Complete();
    }
}
