using System.Runtime.CompilerServices;
using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>Candles of any interval as a script reads them, built from trades. The first one is made whole from the venue's history, and so is each that lost trades.</summary>
/// <param name="trades">The trades, every event.</param>
/// <param name="history">Reads the newest candles of one connection.</param>
/// <param name="request">The market and the interval.</param>
/// <param name="time">The host's clock.</param>
/// <param name="stop">Ends with the run.</param>
internal sealed class CandleStream(IMarketStream<Trade> trades, CandleHistory history, CandleRequest request, TimeProvider time, CancellationToken stop) : IMarketStream<Candle>
{
    /// <summary>A candle is closed so long after its end when no later trade closes it: trades need a moment to arrive.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public long Dropped => trades.Dropped;

    public long Replaced => trades.Replaced;

    public int Lag => trades.Lag;

    public IAsyncEnumerator<Candle> GetAsyncEnumerator(CancellationToken enumeration) => ReadAsync(enumeration).GetAsyncEnumerator(enumeration);

    private async IAsyncEnumerable<Candle> ReadAsync([EnumeratorCancellation] CancellationToken enumeration)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stop, enumeration);
        var reader = trades.GetAsyncEnumerator(any.Token);
        var next = reader.MoveNextAsync().AsTask();
        try
        {
            // The trades are followed before the history is read, so that none falls between the two.
            var seed = (await history(null, 1, any.Token).ConfigureAwait(false))?.LastOrDefault();
            var builder = new CandleBuilder(request.Symbol, request.Interval, seed);
            var clock = new TradeClock(time, seed?.Stamp);
            var dropped = trades.Dropped;
            while (true)
            {
                var closed = builder.Pass(clock.Now + -Patience);
                if (await ArrivesAsync(next, any.Token).ConfigureAwait(false))
                {
                    if (!await next.ConfigureAwait(false))
                    {
                        yield break;
                    }

                    clock.Heard(reader.Current.Stamp);
                    closed = [.. closed, .. builder.Add(reader.Current)];
                    next = reader.MoveNextAsync().AsTask();
                    dropped = NoteLosses(builder, dropped);
                }

                foreach (var candle in closed)
                {
                    yield return builder.IsWhole(candle) ? candle : await WholeAsync(candle, any.Token).ConfigureAwait(false);
                }

                // A burst shows once, as it stands at its end.
                if (!next.IsCompleted && builder.TakeChange() is { } forming)
                {
                    yield return forming;
                }
            }
        }
        finally
        {
            await any.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await reader.DisposeAsync().ConfigureAwait(false);
        }
    }

    private long NoteLosses(CandleBuilder builder, long known)
    {
        var dropped = trades.Dropped;
        if (dropped != known)
        {
            builder.Lost();
        }

        return dropped;
    }

    private async Task<bool> ArrivesAsync(Task<bool> next, CancellationToken token)
    {
        if (next.IsCompleted)
        {
            return true;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(token);
        var first = await Task.WhenAny(next, Task.Delay(Look, time, either.Token)).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        token.ThrowIfCancellationRequested();
        return first == next;
    }

    /// <summary>The venue's own candle in place of one that lacks trades; the partial one when the venue does not tell.</summary>
    private async Task<Candle> WholeAsync(Candle partial, CancellationToken token)
    {
        var since = (int)Math.Clamp((Timestamp.Now(time) - partial.OpenTime) / request.Interval, 0, 990);
        var read = await history(partial.Stamp.Connection, since + 3, token).ConfigureAwait(false);
        return read?.FirstOrDefault(c => c.OpenTime == partial.OpenTime && c.IsClosed) is { } whole
            ? whole with { Stamp = whole.Stamp with { IsBackup = partial.Stamp.IsBackup, Session = partial.Stamp.Session } }
            : partial with { IsPartial = true };
    }
}
