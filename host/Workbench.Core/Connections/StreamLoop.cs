using Microsoft.Extensions.Logging;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>
/// Keeps a stream running: session after session, with growing waits between failures, and make-before-break where an end is foreseen. A session that is
/// about to end, or that the host does not trust, is replaced by one that was brought up beside it and delivers already: no gap.
/// </summary>
/// <remarks>One task runs it. There are at most three sessions at a time: the current one, its successor or its predecessor on the way out.</remarks>
internal abstract class StreamLoop<TSession>(Connection connection, TimeProvider time, ILogger logger, Backoff backoff)
    where TSession : StreamSession
{
    /// <summary>How long two sessions deliver side by side after the new one is ready.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(1);

    /// <summary>The close code of a venue that is too busy: the next wait is skipped for the one after it.</summary>
    private const string TryAgainLater = "1013";

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);

    private readonly ReconnectSchedule _reconnects = new(backoff);
    private readonly ReconnectSchedule _renewals = new(backoff);
    private TimeSpan? _renewAt;
    private long _renewNotBefore;
    private int _number;

    /// <summary>The session that the host counts on.</summary>
    protected TSession Current { get; private set; } = null!;

    /// <summary>The one on its way up beside it, or null.</summary>
    protected TSession? Successor { get; private set; }

    /// <summary>The one on its way out, or null.</summary>
    protected TSession? Predecessor { get; private set; }

    protected Connection Connection => connection;

    protected TimeProvider Time => time;

    protected ILogger Logger => logger;

    /// <summary>What the stream is called.</summary>
    protected abstract string Name { get; }

    /// <summary>How long the venue lets a session live; null when it states no limit.</summary>
    protected abstract TimeSpan? Lifetime { get; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            _renewAt = RenewalAge();
            Begin(isCurrent: true, cancellationToken);
            var end = await LiveAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (connection.IsTape)
            {
                Down("the tape has ended", null, null);
                return;
            }

            if (Current.Age > StableAfter)
            {
                _reconnects.Reset();
            }

            var wait = _reconnects.Next(end.Error);
            wait = end.Error?.Code == TryAgainLater ? _reconnects.Next(end.Error) : wait;
            Down(ReasonOf(end), Current.EndReason is null ? end.Error : null, wait);
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a session; it has not begun.</summary>
    protected abstract TSession Make(int number);

    /// <summary>Runs a session until it ends.</summary>
    protected abstract Task<StreamEnd> RunAsync(TSession session, CancellationToken cancellationToken);

    /// <summary>True when the successor delivers what the current one delivers.</summary>
    protected abstract bool IsReady(TSession successor, TSession current);

    /// <summary>A moment has passed.</summary>
    protected abstract void Look();

    /// <summary>The stream is down.</summary>
    /// <param name="reason">What was seen.</param>
    /// <param name="error">The failure behind it, where there was one.</param>
    /// <param name="next">How long until it is tried again; null when it is tried already, or never.</param>
    protected abstract void Down(string reason, VenueError? error, TimeSpan? next);

    /// <summary>A successor has taken over; nothing was missed.</summary>
    protected virtual void Moved()
    {
    }

    /// <summary>A successor has ended before it could take over; the current session goes on.</summary>
    protected virtual void Failed(TSession successor)
    {
    }

    // What it is must be known before it begins: a connector may say at once that it is connected.
    private void Begin(bool isCurrent, CancellationToken cancellationToken)
    {
        var session = Make(++_number);
        session.IsCurrent = isCurrent;
        (Current, Successor) = isCurrent ? (session, null) : (Current, session);
        session.Begin(token => RunAsync(session, token), cancellationToken);
    }

    // At 23/24 of the venue's limit, earlier by up to another 24th: hosts that were started together do not renew together.
    private TimeSpan? RenewalAge()
    {
        if ((connection.Settings.StreamLifetime ?? Lifetime) is not { } lifetime || connection.IsTape)
        {
            return null;
        }

        return lifetime - (lifetime / 24 * (1 + (double)backoff.Share()));
    }

    private async Task<StreamEnd> LiveAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        try
        {
            while (true)
            {
                await Task.WhenAny([Current.Ended, tick, .. Ends()]).ConfigureAwait(false);
                await HandOverAsync(cancellationToken).ConfigureAwait(false);
                if (Current.Ended.IsCompleted && Successor is null)
                {
                    return await Current.Ended.ConfigureAwait(false);
                }

                if (tick.IsCompleted)
                {
                    await tick.ConfigureAwait(false);
                    tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
                    Look();
                    Renew(cancellationToken);
                }
            }
        }
        finally
        {
            await CloseAllAsync().ConfigureAwait(false);
        }
    }

    private IEnumerable<Task> Ends()
    {
        if (Successor is not null)
        {
            yield return Successor.Ended;
        }

        if (Predecessor is not null)
        {
            yield return Predecessor.Ended;
        }
    }

    private async Task HandOverAsync(CancellationToken cancellationToken)
    {
        if (Predecessor is { Ended.IsCompleted: true } gone)
        {
            await gone.Ended.ConfigureAwait(false);
            Predecessor = null;
        }

        if (Successor is { Ended.IsCompleted: true } failed)
        {
            var end = await failed.Ended.ConfigureAwait(false);
            Successor = null;
            Failed(failed);
            logger.RenewalFailed(connection.Id, Name, failed.EndReason ?? end.Error?.Message ?? "the venue closed it");
        }

        if (Successor is not { } next)
        {
            return;
        }

        if (Current.Ended.IsCompleted)
        {
            var end = await Current.Ended.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            LoseTo(next, end);
        }
        else if (IsReady(next, Current))
        {
            Predecessor = Current;
            Promote(next);
            _ = EndLaterAsync(Predecessor);
        }
        else if (next.Age > connection.Settings.SubscribeWithin * 3)
        {
            next.End("it did not deliver in time");
        }
    }

    private void LoseTo(TSession next, StreamEnd end)
    {
        var isDown = !next.WasConnected;
        if (isDown)
        {
            Down(ReasonOf(end), Current.EndReason is null ? end.Error : null, null);
        }

        Promote(next);
        if (isDown && next.WasConnected)
        {
            next.Up(); // It came up before it knew that it counts.
        }
    }

    private void Promote(TSession next)
    {
        (Successor, _renewAt) = (null, RenewalAge());
        Current.IsCurrent = false;
        Current = next;
        next.IsCurrent = true;
        logger.StreamRenewed(connection.Id, Name, next.Number);
        Moved();
    }

    private async Task EndLaterAsync(TSession session)
    {
        await Task.Delay(Overlap, time, session.Ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        session.End("replaced by a newer session");
    }

    private void Renew(CancellationToken cancellationToken)
    {
        var reason = Current.Renewal ?? (Current.Age >= _renewAt ? "the venue ends it soon" : null);
        if (reason is null || Successor is not null || Predecessor is not null || !Current.WasConnected || time.GetTimestamp() < _renewNotBefore)
        {
            return;
        }

        if (Current.Age > StableAfter)
        {
            _renewals.Reset();
        }

        _renewNotBefore = time.GetTimestamp() + (long)(_renewals.Next(null).TotalSeconds * time.TimestampFrequency);
        logger.Renewing(connection.Id, Name, reason);
        Begin(isCurrent: false, cancellationToken);
    }

    private string ReasonOf(StreamEnd end) => Current.EndReason ?? end.Error?.Message ?? $"the venue closed the {Name}";

    private async Task CloseAllAsync()
    {
        foreach (var session in new[] { Current, Successor, Predecessor })
        {
            if (session is not null)
            {
                if (!session.Ended.IsCompleted)
                {
                    session.End("closing"); // One that has ended by itself has its own reason.
                }

                await ((Task)session.Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        (Successor, Predecessor) = (null, null);
    }
}
