using Microsoft.Extensions.Logging;
using Workbench.Core.Execution;
using Workbench.Core.Pipeline;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>Keeps a connection's user stream running, and reads the account whenever the stream may have missed something. Orders wait for that.</summary>
internal sealed class UserStreamLoop(Connection connection, PipelineInbox inbox, TimeProvider time, ILogger logger, Backoff backoff)
{
    private static readonly TimeSpan SynchroniseEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryReadAfter = TimeSpan.FromSeconds(1);

    private readonly ReconnectSchedule _schedule = new(backoff);

    public Task RunAsync(ITradingConnector? trading, CancellationToken cancellationToken) =>
        trading is null ? Task.CompletedTask : Task.WhenAll(StreamAsync(trading, cancellationToken), SynchroniseAsync(trading, cancellationToken));

    private async Task StreamAsync(ITradingConnector trading, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var session = new UserStreamSession(connection, inbox, time, logger);
            var end = await trading.RunUserStreamAsync(session, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (session.WasConnected)
            {
                _schedule.Reset();
            }

            var wait = _schedule.Next(end.Error);
            connection.Health.UserDown(end.Error?.Message ?? "closed by the venue", end.Error, wait);
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SynchroniseAsync(ITradingConnector trading, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SynchroniseEvery, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var gaps = connection.Health.Gaps;
            if (!connection.Health.NeedsSynchronising || connection.Health.IsSilent)
            {
                continue;
            }

            if (await ReadAccountAsync(trading, cancellationToken).ConfigureAwait(false))
            {
                connection.Health.Synchronised(gaps);
            }
            else
            {
                await Task.Delay(RetryReadAfter, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> ReadAccountAsync(ITradingConnector trading, CancellationToken cancellationToken)
    {
        var asked = Timestamp.Now(time);
        var balances = await connection.MeasureAsync(ConnectionCapability.Trading, trading.GetBalancesAsync(cancellationToken)).ConfigureAwait(false);
        var open = balances.IsOk ? await connection.MeasureAsync(ConnectionCapability.Trading, trading.GetOpenOrdersAsync(cancellationToken)).ConfigureAwait(false) : balances.Error!;
        if (!open.IsOk)
        {
            connection.Health.AccountUnreadable(open.Error!);
            logger.AccountUnreadable(connection.Id, open.Error!);
            return false;
        }

        connection.Readiness.Heard(open.Value, asked);
        inbox.Post(new BalancesReported(connection.Id, balances.Value));
        foreach (var report in open.Value)
        {
            inbox.Post(new OrderFact(new OrderReported(Timestamp.Now(time), connection.Id, report)));
        }

        inbox.Post(new AccountSynchronised(connection.Id));
        return true;
    }
}
