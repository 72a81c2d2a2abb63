using Microsoft.Extensions.Logging;
using Workbench.Core.Execution;
using Workbench.Core.Pipeline;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>
/// Reads the account. Whenever the user stream may have missed something everything is read, and orders wait for it. And every twenty seconds, or when
/// somebody has a doubt, the open orders are compared with what we know, because a healthy stream may lose a message, too: what differs is looked up.
/// </summary>
internal sealed class AccountReader(Connection connection, ITradingConnector trading, PipelineInbox inbox, TimeProvider time, ILogger logger)
{
    /// <summary>How often a healthy account is compared.</summary>
    public static readonly TimeSpan CompareEvery = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryReadAfter = TimeSpan.FromSeconds(1);

    private long _comparedAt = time.GetTimestamp();
    private volatile bool _isAsked;

    /// <summary>Something may be missing: compare soon. Any thread.</summary>
    public void Ask() => _isAsked = true;

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(KeepAsync(cancellationToken), RegainAsync(cancellationToken));

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            var health = connection.Health;
            var gaps = health.Gaps;
            if (health.NeedsSynchronising && !health.IsSilent)
            {
                if (await SynchroniseAsync(cancellationToken).ConfigureAwait(false) is not { } error)
                {
                    health.Synchronised(gaps);
                }
                else
                {
                    // A key that is refused stays refused until somebody changes something: only a slow probe asks again.
                    var wait = error.Kind == VenueErrorKind.Authentication ? connection.Settings.Resilience.ProbeInterval : RetryReadAfter;
                    await Task.Delay(Backoff.AtLeast(error.RetryAfter, wait), time, cancellationToken).ConfigureAwait(false);
                }
            }
            else if (_isAsked || time.GetElapsedTime(_comparedAt) >= CompareEvery)
            {
                await CompareAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // An order was refused for its key. Reading the account proves nothing then, a key may read and not trade; the venue is asked slowly what it may.
    private async Task RegainAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
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

    private async Task<VenueError?> SynchroniseAsync(CancellationToken cancellationToken)
    {
        var open = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (!open.IsOk)
        {
            return open.Error;
        }

        foreach (var report in open.Value)
        {
            inbox.Post(new OrderFact(new OrderReported(Timestamp.Now(time), connection.Id, report)));
        }

        inbox.Post(new AccountSynchronised(connection.Id));
        return null;
    }

    // A read that fails is tried again at the next turn: the state of the connection has its own judges.
    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        (_isAsked, _comparedAt) = (false, time.GetTimestamp());
        var open = await ReadAsync(cancellationToken).ConfigureAwait(false);
        if (open.IsOk)
        {
            inbox.Post(new OpenOrdersRead(connection.Id, open.Value));
        }
    }

    private async Task<ReadResult<IReadOnlyList<OrderReport>>> ReadAsync(CancellationToken cancellationToken)
    {
        var asked = Timestamp.Now(time);
        var balances = await connection.MeasureAsync(ConnectionCapability.Trading, trading.GetBalancesAsync(cancellationToken), "account").ConfigureAwait(false);
        var open = balances.IsOk ? await connection.MeasureAsync(ConnectionCapability.Trading, trading.GetOpenOrdersAsync(cancellationToken), "account").ConfigureAwait(false) : balances.Error!;
        if (!open.IsOk)
        {
            connection.Health.AccountUnreadable(open.Error!);
            logger.AccountUnreadable(connection.Id, open.Error!);
            return open;
        }

        connection.Readiness.Heard(open.Value, asked);
        (_isAsked, _comparedAt) = (false, time.GetTimestamp());
        inbox.Post(new BalancesReported(connection.Id, balances.Value));
        return open;
    }
}
