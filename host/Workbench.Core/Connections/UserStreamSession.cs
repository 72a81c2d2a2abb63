using Microsoft.Extensions.Logging;
using Workbench.Core.Execution;
using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>One life of a connection's user stream.</summary>
/// <param name="number">Rises by one with every session.</param>
/// <param name="connection">Whose.</param>
/// <param name="inbox">Takes the facts.</param>
/// <param name="lost">Called when a message could not be read: what it said must be read from the account.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The connection's log.</param>
internal sealed class UserStreamSession(int number, Connection connection, PipelineInbox inbox, Action lost, TimeProvider time, ILogger logger)
    : StreamSession(number, connection, time, logger), IUserStreamSession
{
    private readonly TimeProvider _time = time;

    protected override ConnectionCapability Capability => ConnectionCapability.UserStream;

    public override void Up() => Connection.Health.UserUp();

    public void Publish(OrderReport report) => inbox.Post(new OrderFact(new OrderReported(Timestamp.Now(_time), Connection.Id, report)));

    public void Publish(FillReport fill)
    {
        CrashPoint.Reached(CrashPoint.FillRead);
        inbox.Post(new OrderFact(new FillReported(Timestamp.Now(_time), Connection.Id, fill)));
    }

    public void Publish(IReadOnlyList<Balance> balances) => inbox.Post(new BalancesReported(Connection.Id, balances));

    protected override void Unreadable() => lost();

    protected override void Over()
    {
        // The facts stand by themselves; nothing waits for the end of a session.
    }
}
