using Microsoft.Extensions.Logging;
using Workbench.Core.Execution;
using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>One life of a connection's user stream.</summary>
internal sealed class UserStreamSession(Connection connection, PipelineInbox inbox, TimeProvider time, ILogger logger) : IUserStreamSession
{
    /// <summary>True once the venue has confirmed the subscription.</summary>
    public bool WasConnected { get; private set; }

    public void Connected()
    {
        WasConnected = true;
        connection.Health.UserUp();
    }

    public void Publish(OrderReport report) => inbox.Post(new OrderFact(new OrderReported(Timestamp.Now(time), connection.Id, report)));

    public void Publish(FillReport fill) => inbox.Post(new OrderFact(new FillReported(Timestamp.Now(time), connection.Id, fill)));

    public void Publish(IReadOnlyList<Balance> balances) => inbox.Post(new BalancesReported(connection.Id, balances));

    public void Renew(string reason) => logger.StreamEndAnnounced(connection.Id, reason);

    public void BadMessage(string message)
    {
        logger.BadMessage(connection.Id, message);
        connection.Metrics.Quarantined(connection.Id, ConnectionCapability.UserStream);
    }
}
