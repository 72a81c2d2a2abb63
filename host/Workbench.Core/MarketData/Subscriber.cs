using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>One reader of a market. The pipeline writes and never waits; what the reader cannot take in time is replaced or dropped, by its own choice of delivery.</summary>
internal sealed class Subscriber
{
    /// <summary>How many events a reader of every event may be behind.</summary>
    public const int Capacity = 16_384;

    private readonly Channel<MarketEvent> _channel;
    private long _dropped;

    public Subscriber(Symbol symbol, IReadOnlySet<MarketChannel> channels, ConnectionId? via, Delivery delivery)
    {
        (Symbol, Channels, Via, Delivery) = (symbol, channels, via, delivery);
        var options = new BoundedChannelOptions(delivery == Delivery.Latest ? 1 : Capacity) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.DropOldest };
        _channel = Channel.CreateBounded<MarketEvent>(options, OnDropped);
    }

    public Symbol Symbol { get; }

    public IReadOnlySet<MarketChannel> Channels { get; }

    /// <summary>The one connection to read from; null follows the route.</summary>
    public ConnectionId? Via { get; }

    public Delivery Delivery { get; }

    /// <summary>Events that a reader of every event has lost by being slow.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Events that wait for the reader.</summary>
    public int Backlog => _channel.Reader.Count;

    public IAsyncEnumerable<MarketEvent> ReadAllAsync(CancellationToken cancellationToken) => _channel.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Pipeline thread only.</summary>
    public void Offer(MarketEvent e) => _channel.Writer.TryWrite(e);

    public void Complete() => _channel.Writer.TryComplete();

    private void OnDropped(MarketEvent e)
    {
        if (Delivery == Delivery.EveryEvent)
        {
            Interlocked.Increment(ref _dropped);
        }
    }
}
