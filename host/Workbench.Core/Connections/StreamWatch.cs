using System.Globalization;
using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>
/// Judges every subscription of a session by itself and brings back what is missing: first it is begun anew, then the session is replaced by another one
/// beside it, and so in turn with growing waits, for ever. Only the first two steps come quickly.
/// </summary>
internal sealed class StreamWatch(ConnectionSettings settings, TimeProvider time, ILogger logger)
{
    /// <summary>Of an interrupted book so many snapshots are tried before another session is.</summary>
    private const int SnapshotsPerSession = 5;

    /// <summary>More than so many subscriptions are not begun anew while the whole stream is silent: the socket is replaced soon anyway.</summary>
    private const int MostAgainInSilence = 20;

    /// <summary>How many stale subscriptions a reason names.</summary>
    private const int MostNamed = 3;

    private static readonly TimeSpan FirstSnapshotWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestSnapshotWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StableAfter = TimeSpan.FromSeconds(10);

    /// <summary>Looks at the session that counts.</summary>
    public void Look(MarketStreamSession session, bool isSilent)
    {
        if (!session.WasConnected)
        {
            return;
        }

        var again = 0;
        foreach (var channel in session.Channels)
        {
            if (Problem(channel) is not { } problem)
            {
                Calm(channel);
                continue;
            }

            session.Invalidate(channel.State, problem.Condition, problem.Reason);
            if (!isSilent || ++again <= MostAgainInSilence)
            {
                Recover(session, channel, problem, mayRenew: !isSilent);
            }
        }
    }

    /// <summary>Looks at a session on its way up: it is given what it needs, and is not replaced by yet another one.</summary>
    public void LookAtSuccessor(MarketStreamSession session)
    {
        foreach (var channel in session.Channels.Where(c => c.Interruption is not null))
        {
            Recover(session, channel, (SubscriptionCondition.Interrupted, channel.Interruption ?? ""), mayRenew: false);
        }
    }

    /// <summary>What is stale now, for the status; null when nothing is.</summary>
    public string? Text(IEnumerable<SubscriptionState> states)
    {
        List<SubscriptionState>? bad = null;
        foreach (var state in states)
        {
            if (state.Condition is SubscriptionCondition.Stale or SubscriptionCondition.Interrupted)
            {
                (bad ??= []).Add(state);
            }
        }

        if (bad is null)
        {
            return null;
        }

        var named = string.Join(", ", bad.OrderBy(s => s.Subscription.ToString(), StringComparer.Ordinal).Take(MostNamed).Select(Words));
        return bad.Count > MostNamed ? $"{named} and {bad.Count - MostNamed} more" : named;
    }

    /// <summary>How long the data of a subscription may be silent before it must be proven that its market is quiet.</summary>
    public static TimeSpan Limit(SubscriptionState state, ConnectionSettings settings) => state.IsJudged ? settings.StaleAfter : settings.StaleAfter * ConnectionSettings.QuietFactor;

    private static string Words(SubscriptionState state) => state.Condition == SubscriptionCondition.Stale
        ? $"STALE {Name(state.Subscription)} {Seconds(state.Age)}"
        : $"INVALID {Name(state.Subscription)}: {state.Reason}";

    private static string Name(MarketSubscription subscription) => $"{subscription.Channel.ToString().ToLowerInvariant()} {subscription.Symbol}";

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private (SubscriptionCondition Condition, string Reason)? Problem(SessionChannel channel)
    {
        var state = channel.State;
        if (channel.IsRefused)
        {
            return null;
        }

        if (channel.Interruption is { } interruption)
        {
            return (SubscriptionCondition.Interrupted, interruption);
        }

        if (!channel.IsAcknowledged)
        {
            return channel.SinceAsked > settings.SubscribeWithin ? Stale(state, $"was not acknowledged within {Seconds(settings.SubscribeWithin)}") : null;
        }

        if (!channel.HasData)
        {
            // A market without trades has no first trade; quotes and books exist as long as the market does.
            return state.IsJudged && channel.SinceAcknowledged > settings.SubscribeWithin && state.Unproven > settings.StaleAfter
                ? Stale(state, $"sent nothing within {Seconds(settings.SubscribeWithin)} of its acknowledgement")
                : null;
        }

        return (state.IsJudged || state.IsMissed) && state.Unproven > Limit(state, settings) ? Stale(state, Seconds(state.Age)) : null;
    }

    private static (SubscriptionCondition, string) Stale(SubscriptionState state, string why) => (SubscriptionCondition.Stale, $"STALE {Name(state.Subscription)} {why}");

    private void Calm(SessionChannel channel)
    {
        if (channel.Recovery.Attempts > 0 && time.GetElapsedTime(channel.Recovery.LastAt) > StableAfter)
        {
            channel.Recovery.Reset();
        }
    }

    private void Recover(MarketStreamSession session, SessionChannel channel, (SubscriptionCondition Condition, string Reason) problem, bool mayRenew)
    {
        var (now, recovery) = (time.GetTimestamp(), channel.Recovery);
        if (now < recovery.DueAt)
        {
            return;
        }

        var isBook = problem.Condition == SubscriptionCondition.Interrupted;
        var wait = isBook ? SnapshotWait(recovery.Attempts) : RetryWait(recovery.Attempts);
        var isTurn = isBook ? recovery.Attempts % (SnapshotsPerSession + 1) == SnapshotsPerSession : recovery.Attempts % 2 == 1;
        recovery.Tried(now, now + (long)(wait.TotalSeconds * time.TimestampFrequency));
        if (isTurn && mayRenew)
        {
            session.Renew(problem.Reason);
            return;
        }

        logger.SubscriptionRetried(session.ConnectionId, channel.Subscription, recovery.Attempts, problem.Reason);
        session.Again(channel.Subscription);
    }

    private static TimeSpan SnapshotWait(int attempts)
    {
        var wait = FirstSnapshotWait * (1 << Math.Min(attempts, 8));
        return wait < LongestSnapshotWait ? wait : LongestSnapshotWait;
    }

    // The first answer gets twice the limit of silence; what is stale at the venue itself is asked for less and less often.
    private TimeSpan RetryWait(int attempts)
    {
        var delays = settings.Resilience.RetryDelays;
        var wait = attempts == 0 ? settings.StaleAfter * 2 : attempts <= delays.Count ? delays[attempts - 1] : settings.Resilience.ProbeInterval;
        return wait > settings.StaleAfter * 2 ? wait : settings.StaleAfter * 2;
    }
}
