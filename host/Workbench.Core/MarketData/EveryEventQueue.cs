using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Every event in order; when the reader is a whole queue behind, the oldest go and are counted.</summary>
internal sealed class EveryEventQueue : IEventQueue
{
    private readonly Channel<MarketEvent> _channel;

    public EveryEventQueue(int capacity, ReaderCounters counters)
    {
        var options = new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.DropOldest };
        _channel = Channel.CreateBounded<MarketEvent>(options, _ => counters.Drop());
    }

    public int Count => _channel.Reader.Count;

    public void Offer(MarketEvent e, MarketChannel channel) => _channel.Writer.TryWrite(e);

    public void Complete() => _channel.Writer.TryComplete();

    public IAsyncEnumerable<MarketEvent> ReadAllAsync(CancellationToken cancellationToken) => _channel.Reader.ReadAllAsync(cancellationToken);
}
