using Microsoft.Extensions.Logging;
using Workbench.Core.MarketData;
using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>Reads the best prices by request while a connection's stream is down and no other connection of the route has one: better an old price that says so than none.</summary>
/// <remarks>One request for all markets, on the read lane, at a modest pace that halves itself while the venue does not answer. What it publishes is marked as polled, and no health is drawn from it.</remarks>
internal sealed class QuotePoller(Connection connection, SubscriptionSet subscriptions, PipelineInbox inbox, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(16);

    /// <summary>The most markets that one request asks for.</summary>
    private const int MostSymbols = 1000;

    private volatile bool _isAnswering = true;
    private bool _isPolling;

    /// <summary>False while the venue does not answer: the next connection of the route polls instead.</summary>
    public bool IsAnswering => _isAnswering;

    public async Task RunAsync(IConnector connector, CancellationToken cancellationToken)
    {
        var wait = Interval;
        while (!connection.IsTape)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            var symbols = Needed();
            Tell(symbols.Count);
            wait = symbols.Count == 0 ? Interval : await PollAsync(connector, symbols, wait, cancellationToken).ConfigureAwait(false);
        }
    }

    private IReadOnlyList<Symbol> Needed() =>
        connection.Health.IsDataUp ? [] : [.. subscriptions.Wanted.Select(s => s.Symbol).Distinct().Where(connection.MayPoll).Take(MostSymbols)];

    /// <returns>How long to wait before the next time.</returns>
    private async Task<TimeSpan> PollAsync(IConnector connector, IReadOnlyList<Symbol> symbols, TimeSpan waited, CancellationToken cancellationToken)
    {
        var read = await connection.MeasureAsync(ConnectionCapability.MarketDataReads, connector.GetQuotesAsync(symbols, cancellationToken), "quotes").ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        _isAnswering = read.IsOk;
        if (read.Error is { } error)
        {
            var doubled = waited * 2 < LongestInterval ? waited * 2 : LongestInterval;
            return error.RetryAfter > doubled ? error.RetryAfter.Value : doubled;
        }

        // The stream may have come back meanwhile; what it brings is newer.
        foreach (var quote in read.Value.Where(_ => !connection.Health.IsDataUp))
        {
            if (MarketSanity.Problem(quote) is { } problem)
            {
                logger.BadMessage(connection.Id, problem);
                continue;
            }

            inbox.Post(new MarketDataArrived(quote with { Stamp = quote.Stamp with { IsPolled = true, IsSimulated = connection.IsSimulated } }));
        }

        return Interval;
    }

    private void Tell(int count)
    {
        if (_isPolling == count > 0)
        {
            return;
        }

        _isPolling = count > 0;
        var text = _isPolling
            ? $"{connection.Id}: no stream, the prices of {count} {(count == 1 ? "market" : "markets")} are read every {Interval.TotalSeconds:0.#} s and marked as polled"
            : $"{connection.Id}: prices are not polled any more";
        logger.Polling(text);
        inbox.Post(new ConnectionTold(new ConnectionEvent(Timestamp.Now(time), ConnectionEventKind.StateChanged, connection.Id, text)));
    }
}
