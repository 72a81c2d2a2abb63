using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>The newest value of each kind: a newer quote replaces a quote that was not read yet, never a book. At most one value of each kind waits.</summary>
/// <remarks>A kind stands in the order once for as long as its place is taken: whoever fills an empty place enters it, whoever takes it out empties it.</remarks>
internal sealed class LatestQueue(ReaderCounters counters) : IEventQueue
{
    private static readonly int Kinds = Enum.GetValues<MarketChannel>().Length;

    private readonly MarketEvent?[] _newest = new MarketEvent?[Kinds];
    private readonly Channel<MarketChannel> _order = Channel.CreateBounded<MarketChannel>(new BoundedChannelOptions(Kinds) { SingleReader = true, SingleWriter = true });

    public int Count => _order.Reader.Count;

    public void Offer(MarketEvent e, MarketChannel channel)
    {
        if (Interlocked.Exchange(ref _newest[(int)channel], e) is null)
        {
            _order.Writer.TryWrite(channel);
        }
        else
        {
            counters.Replace();
        }
    }

    public void Complete() => _order.Writer.TryComplete();

    public async IAsyncEnumerable<MarketEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _order.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (_order.Reader.TryRead(out var kind))
            {
                yield return Interlocked.Exchange(ref _newest[(int)kind], null)!;
            }
        }
    }
}
