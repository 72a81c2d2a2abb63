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
        trading is null ? Task.CompletedTask : Task.WhenAll(StreamAsync(trading, cancellationToken), SynchroniseAsync(trading, cancellationToken), RegainAsync(trading, cancellationToken));

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

            if (await ReadAccountAsync(trading, cancellationToken).ConfigureAwait(false) is not { } error)
            {
                connection.Health.Synchronised(gaps);
            }
            else
            {
                // A key that is refused stays refused until somebody changes something: only a slow probe asks again.
                var wait = error.Kind == VenueErrorKind.Authentication ? connection.Settings.Resilience.ProbeInterval : RetryReadAfter;
                await Task.Delay(Backoff.AtLeast(error.RetryAfter, wait), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // An order was refused for its key. Reading the account proves nothing then, a key may read and not trade; the venue is asked slowly what it may.
    private async Task RegainAsync(ITradingConnector trading, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SynchroniseEvery, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!connection.Health.IsUnauthorised)
            {
                continue;
            }

            await Task.Delay(connection.Settings.Resilience.ProbeInterval, time, cancellationToken).ConfigureAwait(false);
            var rights = await trading.GetKeyRightsAsync(cancellationToken).ConfigureAwait(false);
            if (rights is { IsOk: true, Value.CanTrade: true })
            {
                connection.Health.Authorised();
            }
        }
    }

    private async Task<VenueError?> ReadAccountAsync(ITradingConnector trading, CancellationToken cancellationToken)
    {
        var asked = Timestamp.Now(time);
        var balances = await connection.MeasureAsync(ConnectionCapability.Trading, trading.GetBalancesAsync(cancellationToken), "account").ConfigureAwait(false);
        var open = balances.IsOk ? await connection.MeasureAsync(ConnectionCapability.Trading, trading.GetOpenOrdersAsync(cancellationToken), "account").ConfigureAwait(false) : balances.Error!;
        if (!open.IsOk)
        {
            connection.Health.AccountUnreadable(open.Error!);
            logger.AccountUnreadable(connection.Id, open.Error!);
            return open.Error;
        }

        connection.Readiness.Heard(open.Value, asked);
        inbox.Post(new BalancesReported(connection.Id, balances.Value));
        foreach (var report in open.Value)
        {
            inbox.Post(new OrderFact(new OrderReported(Timestamp.Now(time), connection.Id, report)));
        }

        inbox.Post(new AccountSynchronised(connection.Id));
        return null;
    }
}
