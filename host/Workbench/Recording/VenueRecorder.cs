using Workbench.Configuration;
using Workbench.Sdk;

namespace Workbench.Recording;

/// <summary>
/// Keeps one connector's market stream running for a recording: quotes, trades and books of the symbols. A lost stream is opened again at the
/// connection's own pace; only a venue that never sent anything is given up.
/// </summary>
internal sealed class VenueRecorder(ConnectionId id, IConnector connector, RetryConfig retry, Func<long> received, TimeProvider time, Action<string> notice)
{
    private static readonly MarketChannel[] Recorded = [MarketChannel.Quotes, MarketChannel.Trades, MarketChannel.Book];

    /// <summary>Reads the venue's markets; the reading is part of the recording.</summary>
    /// <returns>Why the symbols cannot be recorded, or null.</returns>
    public async Task<string?> CheckAsync(IReadOnlyList<Symbol> symbols, CancellationToken stop)
    {
        for (var attempt = 0; ; attempt++)
        {
            var markets = await connector.GetInstrumentsAsync(stop).ConfigureAwait(false);
            if (markets.IsOk)
            {
                var known = markets.Value.Select(i => i.Symbol).ToHashSet();
                var unknown = symbols.Where(s => !known.Contains(s)).ToList();
                return unknown.Count == 0 ? null : $"{id} has no market {string.Join(", ", unknown)}";
            }

            if (stop.IsCancellationRequested || attempt == retry.Delays.Count)
            {
                return $"{id}: {markets.Error!.Message}";
            }

            await WaitAsync(attempt, markets.Error!.Message, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Streams until told to stop.</summary>
    /// <returns>Why it gave up, or null.</returns>
    public async Task<string?> StreamAsync(IReadOnlyList<Symbol> symbols, CancellationToken stop)
    {
        List<MarketSubscription> wishes = [.. symbols.SelectMany(s => Recorded.Where(connector.Manifest.Channels.Contains).Select(c => new MarketSubscription(s, c)))];
        var attempt = 0;
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            var before = received();
            var session = new RecordingSession(id, connector.Manifest.Venue, number, wishes, notice);
            var end = await connector.RunMarketStreamAsync(session, stop).ConfigureAwait(false);
            if (stop.IsCancellationRequested)
            {
                break;
            }

            var why = end.Error?.Message ?? "the stream ended";
            attempt = received() > before ? 0 : attempt;
            if (attempt == retry.Delays.Count && number == attempt + 1)
            {
                return $"{id}: {why}";
            }

            await WaitAsync(attempt++, why, stop).ConfigureAwait(false);
        }

        return null;
    }

    private async Task WaitAsync(int attempt, string why, CancellationToken stop)
    {
        var delay = attempt < retry.Delays.Count ? retry.Delays[attempt] : retry.ProbeInterval;
        notice($"{id}: {why}; next try in {delay.TotalSeconds:0.###} s");
        await Task.Delay(delay, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
