using Microsoft.Extensions.Logging;
using Workbench.Core.Pipeline;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>Keeps a connection's market stream running: session after session, with growing waits between failures.</summary>
internal sealed class MarketStreamLoop(
    Connection connection, SubscriptionSet subscriptions, PipelineInbox inbox, Func<int> backlog, TimeProvider time, ILogger logger, Backoff backoff)
{
    /// <summary>A silent stream is replaced after this many times the limit of silence.</summary>
    private const int SilencesBeforeReconnect = 3;

    private readonly ReconnectSchedule _schedule = new(backoff);
    private int _number;

    public async Task RunAsync(IConnector connector, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var session = new MarketStreamSession(++_number, connection, subscriptions.Begin(), inbox, backlog, logger);
            var (end, lasted) = await RunSessionAsync(connector, session, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (connection.IsTape)
            {
                connection.Health.MarketDown("the tape has ended");
                return;
            }

            if (lasted > TimeSpan.FromSeconds(10))
            {
                _schedule.Reset();
            }

            var reason = session.EndReason ?? end.Error?.Message ?? "the venue closed the stream";
            var wait = _schedule.Next(end.Error);
            connection.Health.MarketDown(reason, session.EndReason is null ? end.Error : null, wait);
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(StreamEnd End, TimeSpan Lasted)> RunSessionAsync(IConnector connector, MarketStreamSession session, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, session.Ending.Token);
        var started = time.GetTimestamp();
        var watch = WatchSilenceAsync(session, either.Token);
        var end = await connector.RunMarketStreamAsync(session, either.Token).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        session.Ending.Dispose();
        return (end, time.GetElapsedTime(started));
    }

    private async Task WatchSilenceAsync(MarketStreamSession session, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(connection.Settings.StaleAfter * SilencesBeforeReconnect, time, cancellationToken).ConfigureAwait(false);
            if (connection.Health.IsSilent)
            {
                session.End("market data was silent");
            }
        }
    }
}
