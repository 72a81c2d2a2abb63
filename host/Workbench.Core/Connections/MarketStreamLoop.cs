using Microsoft.Extensions.Logging;
using Workbench.Core.Pipeline;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>Keeps a connection's market stream running and its subscriptions fresh.</summary>
internal sealed class MarketStreamLoop(
    Connection connection, IConnector connector, SubscriptionSet subscriptions, PipelineInbox inbox, Func<int> backlog, TimeProvider time, ILogger logger, Backoff backoff)
    : StreamLoop<MarketStreamSession>(connection, time, logger, backoff)
{
    /// <summary>A silent stream is replaced after this many times the limit of silence.</summary>
    private const int SilencesBeforeReconnect = 3;

    private readonly StreamWatch _watch = new(connection.Settings, time, logger);
    private readonly QuietProof _proof = new(connection, connector, subscriptions, inbox, time);
    private long? _silentSince;

    protected override string Name => "market stream";

    protected override TimeSpan? Lifetime => connector.Manifest.StreamLifetime;

    protected override MarketStreamSession Make(int number) => new(number, Connection, subscriptions, inbox, backlog, Time, Logger);

    protected override Task<StreamEnd> RunAsync(MarketStreamSession session, CancellationToken cancellationToken) => connector.RunMarketStreamAsync(session, cancellationToken);

    protected override void Down(string reason, VenueError? error, TimeSpan? next)
    {
        Connection.Health.MarketDown(reason, error, next);
        foreach (var state in subscriptions.States.Where(s => s.IsJudged))
        {
            Current.Invalidate(state, SubscriptionCondition.Interrupted, reason);
        }
    }

    // Books that the pipeline took from it already have lost their session; those that go on need their beginning. Anything else goes on with its next event.
    protected override void Failed(MarketStreamSession successor)
    {
        foreach (var book in successor.Channels.Where(c => c is { HasData: true, Subscription.Channel: MarketChannel.Book }))
        {
            Current.Again(book.Subscription);
        }
    }

    /// <summary>Ready when each subscription has delivered in the new session, or was acknowledged and the old session has nothing to deliver either.</summary>
    protected override bool IsReady(MarketStreamSession successor, MarketStreamSession current) =>
        successor.WasConnected && subscriptions.States.All(s => s.Condition == SubscriptionCondition.Refused || IsReady(successor.Find(s.Subscription), current.Find(s.Subscription)));

    protected override void Look()
    {
        if (Connection.IsTape)
        {
            return;
        }

        _proof.Look();
        var isSilent = Connection.Health.IsSilent;
        _watch.Look(Current, isSilent);
        if (Successor is { } successor)
        {
            _watch.LookAtSuccessor(successor);
        }

        Connection.Health.Stale(_watch.Text(subscriptions.States));
        EndSilence(isSilent);
    }

    private static bool IsReady(SessionChannel? next, SessionChannel? current) => next switch
    {
        null => false,
        { IsRefused: true } => true,
        { Interruption: not null } => false,
        { HasData: true } => true,
        { IsAcknowledged: true } => next.SinceAcknowledged >= Overlap && (current is null || current.HeardAt <= next.AcknowledgedAt),
        _ => false,
    };

    private void EndSilence(bool isSilent)
    {
        if (!isSilent)
        {
            _silentSince = null;
            return;
        }

        // It has been silent for one limit already when it is called silent.
        _silentSince ??= Time.GetTimestamp();
        if (Time.GetElapsedTime(_silentSince.Value) >= Connection.Settings.StaleAfter * (SilencesBeforeReconnect - 1))
        {
            _silentSince = null;
            Current.End("market data was silent");
        }
    }
}
