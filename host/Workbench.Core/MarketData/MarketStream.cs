using System.Runtime.CompilerServices;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>One stream as a script sees it: each enumeration is a reader at the hub, the counters are shared.</summary>
internal sealed class MarketStream<T>(MarketHub hub, MarketRequest request, CancellationToken stop, CancellationToken cancellationToken) : IMarketStream<T>
    where T : MarketEvent
{
    private readonly ReaderCounters _counters = new(hub.Totals);

    public long Dropped => _counters.Dropped;

    public long Replaced => _counters.Replaced;

    public int Lag => _counters.Lag;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken enumeration) => ReadAsync(enumeration).GetAsyncEnumerator(enumeration);

    private async IAsyncEnumerable<T> ReadAsync([EnumeratorCancellation] CancellationToken enumeration)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellationToken, enumeration);
        await foreach (var e in hub.ReadAsync(request, _counters, any.Token).ConfigureAwait(false))
        {
            yield return (T)e;
        }
    }
}
