using Workbench.Sdk;

namespace Workbench.Benchmarks.Soak;

/// <summary>A hundred readers of every temper: most take the latest quote, some every event, some are slow, and some never read at all.</summary>
internal sealed class SoakReaders(IMarket market, IReadOnlyList<Symbol> symbols, CancellationToken stop)
{
    public const int Count = 100;
    private static readonly TimeSpan Slowness = TimeSpan.FromMilliseconds(50);
    private long _read;

    /// <summary>Values that the readers have taken.</summary>
    public long Taken => Volatile.Read(ref _read);

    /// <summary>Starts them all; each ends when the soak does.</summary>
    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, Count).Select(i => (i % 10) switch
    {
        < 4 => ReadAsync(market.Quotes(SymbolOf(i)), TimeSpan.Zero),
        4 => ReadAsync(market.Quotes(SymbolOf(i), Delivery.EveryEvent), TimeSpan.Zero),
        5 => ReadAsync(market.Trades(SymbolOf(i)), TimeSpan.Zero),
        6 => ReadAsync(market.Books(SymbolOf(i)), TimeSpan.Zero),
        7 => ReadAsync(market.Candles(SymbolOf(i), TimeSpan.FromSeconds(10)), TimeSpan.Zero),
        8 => ReadAsync(market.Events(SymbolOf(i), Delivery.Latest), Slowness),
        _ => StallAsync(market.Quotes(SymbolOf(i), Delivery.EveryEvent)),
    }));

    private Symbol SymbolOf(int reader) => symbols[reader * symbols.Count / Count];

    private async Task ReadAsync<T>(IMarketStream<T> stream, TimeSpan pause)
        where T : MarketEvent
    {
        try
        {
            await foreach (var _ in stream.WithCancellation(stop))
            {
                Interlocked.Increment(ref _read);
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, stop);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The soak is over.
        }
    }

    /// <summary>Takes one value and then never comes back: its queue fills up to its bound.</summary>
    private async Task StallAsync<T>(IMarketStream<T> stream)
        where T : MarketEvent
    {
        await using var reader = stream.GetAsyncEnumerator(stop);
        try
        {
            await reader.MoveNextAsync();
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            // The soak is over.
        }
    }
}
