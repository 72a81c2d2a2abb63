using Microsoft.Extensions.Logging;
using Workbench.Core.Health;
using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Connections.Standby;

/// <summary>
/// Checks a connection that orders may move to, from time to time and whenever it has come up, so that nothing is discovered during a failover. It asks the venue
/// with signed reads only; a venue whose answers contradict what it said before is halted until the operator resumes it.
/// </summary>
internal sealed class ReadinessLoop(Connection connection, StandbyView view, PipelineInbox inbox, TimeProvider time, ILogger logger)
{
    /// <summary>A failed or doubtful check is repeated after this, and not before.</summary>
    private static readonly TimeSpan Repeat = TimeSpan.FromSeconds(3);

    /// <summary>On top of the lag that the venue's queries are known to have.</summary>
    private static readonly TimeSpan LagMargin = TimeSpan.FromSeconds(1);

    private readonly Alarm _asked = new(time);
    private readonly HashSet<Symbol> _poor = [];
    private bool _wasUp;
    private string? _doubt;
    private Timestamp _forgiven;
    private int _unanswered;
    private string? _warned;
    private string? _told;

    /// <summary>Checks soon.</summary>
    public void Ask() => _asked.Ring();

    /// <summary>The operator takes what the venue says now for the truth: what it has forgotten is no contradiction any more.</summary>
    public void Resumed()
    {
        _forgiven = Timestamp.Now(time);
        Ask();
    }

    /// <summary>Looks whether the connection has come up since the last look; then it is checked at once.</summary>
    public void Look(bool isUp)
    {
        if (isUp && !_wasUp)
        {
            Ask();
        }

        _wasUp = isUp;
    }

    /// <summary>Takes a reading of the open orders that was made for another reason. A contradiction is looked into at once.</summary>
    public void Heard(IReadOnlyList<OrderReport> open, Timestamp askedAt)
    {
        if (AccountRegression.InOpenOrders(open, view.Order, connection.Id, _forgiven, SettledBefore(askedAt)) is not null)
        {
            Ask();
        }
    }

    public async Task RunAsync(ITradingConnector? trading, CancellationToken cancellationToken)
    {
        if (trading is null || connection.IsTape || !view.IsNeeded(connection.Id))
        {
            return;
        }

        var wait = connection.Settings.ReadinessInterval;
        while (true)
        {
            await _asked.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
            wait = connection.Health.IsTradable ? await CheckAsync(trading, cancellationToken).ConfigureAwait(false) : connection.Settings.ReadinessInterval;
        }
    }

    /// <returns>When to check again.</returns>
    private async Task<TimeSpan> CheckAsync(ITradingConnector trading, CancellationToken cancellationToken)
    {
        var contradiction = await ContradictionAsync(trading, cancellationToken).ConfigureAwait(false);
        var facts = new ReadinessFacts(
            await ReadAsync(trading.GetKeyRightsAsync, cancellationToken).ConfigureAwait(false),
            await ReadAsync(trading.GetBalancesAsync, cancellationToken).ConfigureAwait(false),
            view.Markets(connection.Id),
            view.NamesEveryMarket(connection.Id),
            contradiction,
            Timestamp.Now(time));
        var verdict = ReadinessCheck.Judge(facts);
        Guard(facts, verdict);
        _unanswered = facts.Rights.Error is { IsTransient: true } || facts.Balances.Error is { IsTransient: true } ? _unanswered + 1 : 0;
        Tell(verdict, facts.Now);
        return verdict.Problem is null && contradiction is null ? connection.Settings.ReadinessInterval : Shorter(Repeat, connection.Settings.ReadinessInterval);
    }

    /// <summary>Compares what the venue says about our orders with what it said. A first contradiction is a doubt; the next one halts.</summary>
    private async Task<string?> ContradictionAsync(ITradingConnector trading, CancellationToken cancellationToken)
    {
        var settled = SettledBefore(Timestamp.Now(time));
        var open = await ReadAsync(trading.GetOpenOrdersAsync, cancellationToken).ConfigureAwait(false);
        var found = open.IsOk ? AccountRegression.InOpenOrders(open.Value, view.Order, connection.Id, _forgiven, settled) : null;
        if (found is null && view.Witness(connection.Id, _forgiven, settled, out var witness) is { } reference)
        {
            var answer = await ReadAsync(ct => trading.QueryOrderAsync(reference, ct), cancellationToken).ConfigureAwait(false);
            found = answer.IsOk ? AccountRegression.InWitness(witness!, answer.Value) : null;
        }

        if (found is not null && _doubt is not null)
        {
            connection.Halt(HaltCause.State, $"{Connection.OldState}: {found}");
        }

        return _doubt = found;
    }

    /// <summary>One failure of a read that may pass is not yet news: it is asked once more.</summary>
    private async Task<ReadResult<T>> ReadAsync<T>(Func<CancellationToken, Task<ReadResult<T>>> read, CancellationToken cancellationToken)
    {
        var first = await connection.MeasureAsync(ConnectionCapability.Trading, read(cancellationToken), "account").ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (first.Error is not { IsTransient: true, RetryAfter: null })
        {
            return first;
        }

        await Task.Delay(connection.Settings.Resilience.RetryDelays[0], time, cancellationToken).ConfigureAwait(false);
        return await connection.MeasureAsync(ConnectionCapability.Trading, read(cancellationToken), "account").ConfigureAwait(false);
    }

    private void Guard(ReadinessFacts facts, ReadinessVerdict verdict)
    {
        if (facts.Rights is { IsOk: true, Value: var rights } && connection.Settings.RefusesWithdrawals)
        {
            if (rights.CanWithdraw == true)
            {
                connection.Halt(HaltCause.Key, "its key may withdraw, and with real money such a key is not used: take that right away");
            }
            else
            {
                connection.Health.Allow(HaltCause.Key);
            }
        }

        var warning = verdict.Warnings.Count == 0 ? null : string.Join("; ", verdict.Warnings);
        if (warning != _warned && warning is not null)
        {
            logger.KeyWarning(connection.Id, warning);
        }

        _warned = warning;
    }

    private void Tell(ReadinessVerdict verdict, Timestamp now)
    {
        connection.Health.Checked(new ConnectionReadiness(verdict.Problem is null, verdict.Text, now));
        if (_unanswered == 1)
        {
            // No answer is what health judges, by every call. Routes heed it from here only when it stays so.
            return;
        }

        inbox.Post(new ReadinessReported(connection.Id, null, verdict.IsFinal ? verdict.Problem : null));
        if (!verdict.IsFinal && verdict.Problem is { } problem && problem != _told)
        {
            inbox.Post(new ConnectionNoticed(new ConnectionEvent(now, ConnectionEventKind.Readiness, connection.Id, $"{connection.Id} is not ready for any market in use: {problem}"), IsAlarm: false));
        }

        _told = verdict.Problem;
        foreach (var symbol in _poor.Where(s => !verdict.Poor.ContainsKey(s)).ToArray())
        {
            _poor.Remove(symbol);
            inbox.Post(new ReadinessReported(connection.Id, symbol, null));
        }

        // Gates and mappings are looked at with every order; what the account holds is known from here only.
        foreach (var (symbol, reason) in verdict.Poor)
        {
            _poor.Add(symbol);
            inbox.Post(new ReadinessReported(connection.Id, symbol, reason));
        }
    }

    private Timestamp SettledBefore(Timestamp askedAt) => askedAt + -((connection.Connector?.Manifest.QueryLag ?? TimeSpan.Zero) + LagMargin);

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
