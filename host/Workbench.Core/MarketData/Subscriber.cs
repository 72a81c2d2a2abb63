using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>One reader of a market. The pipeline writes and never waits; what the reader cannot take in time is replaced or dropped, by its own choice of delivery.</summary>
internal sealed class Subscriber
{
    /// <summary>How many events a reader of every event may be behind, unless the hub says otherwise.</summary>
    public const int Capacity = 16_384;

    private readonly IEventQueue _queue;

    public Subscriber(MarketRequest request, int capacity, ReaderCounters counters)
    {
        (Symbol, Channels, Via, Delivery, Counters) = (request.Symbol, request.Channels, request.Via, request.Delivery, counters);
        _queue = request.Delivery == Delivery.Latest ? new LatestQueue(counters) : new EveryEventQueue(capacity, counters);
        counters.Begin(this);
    }

    public Symbol Symbol { get; }

    public IReadOnlySet<MarketChannel> Channels { get; }

    /// <summary>The one connection to read from; null follows the route.</summary>
    public ConnectionId? Via { get; }

    public Delivery Delivery { get; }

    /// <summary>What this reader has missed.</summary>
    public ReaderCounters Counters { get; }

    /// <summary>Events that wait for the reader.</summary>
    public int Backlog => _queue.Count;

    public IAsyncEnumerable<MarketEvent> ReadAllAsync(CancellationToken cancellationToken) => _queue.ReadAllAsync(cancellationToken);

    /// <summary>Pipeline thread only.</summary>
    public void Offer(MarketEvent e, MarketChannel channel) => _queue.Offer(e, channel);

    public void Complete() => _queue.Complete();
}
