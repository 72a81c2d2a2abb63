using Microsoft.Extensions.Logging;
using Workbench.Core.Pipeline;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>Keeps a connection's user stream running. While two sessions overlap, facts may come twice, which changes nothing: a fill counts once.</summary>
internal sealed class UserStreamLoop(
    Connection connection, IConnector connector, ITradingConnector trading, AccountReader account, PipelineInbox inbox, TimeProvider time, ILogger logger, Backoff backoff)
    : StreamLoop<UserStreamSession>(connection, time, logger, backoff)
{
    protected override string Name => "user stream";

    protected override TimeSpan? Lifetime => connector.Manifest.StreamLifetime;

    protected override UserStreamSession Make(int number) => new(number, Connection, inbox, account.Ask, Time, Logger);

    protected override Task<StreamEnd> RunAsync(UserStreamSession session, CancellationToken cancellationToken) => trading.RunUserStreamAsync(session, cancellationToken);

    protected override bool IsReady(UserStreamSession successor, UserStreamSession current) => successor.WasConnected;

    protected override void Look()
    {
    }

    protected override void Down(string reason, VenueError? error, TimeSpan? next) => Connection.Health.UserDown(Current.WasConnected ? $"USER-STREAM GAP, {reason}" : reason, error, next);

    // Nothing should have been missed; asking costs one read.
    protected override void Moved() => account.Ask();
}
