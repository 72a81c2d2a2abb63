using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Workbench.Core.Connections;
using Workbench.Core.Metrics;
using Workbench.Plugins;
using Workbench.Sdk;
using Workbench.Transport;
using Workbench.Transport.Budgets;

namespace Workbench.Composition;

/// <summary>Opens connectors by their plans: loads the plugin, builds its transport, and hands it a context. What fails is a reason, not an exception.</summary>
internal sealed class ConnectorFactory(PluginHost plugins, Func<ConnectionId, IConnector?> standIn, VenueBudgets budgets, TimeProvider time, ILoggerFactory logs)
{
    private readonly ConcurrentDictionary<ConnectionId, ConnectionPlan> _plans = new();
    private readonly HttpPools _pools = new(new VenueNetwork(time));

    /// <summary>Where figures of sockets go; null for nowhere.</summary>
    public WorkbenchMetrics? Metrics { get; init; }

    public void Plan(ConnectionId id, ConnectionPlan plan) => _plans[id] = plan;

    public async Task<ConnectorOpening> OpenAsync(ConnectionId id, CancellationToken cancellationToken)
    {
        var plan = _plans[id];
        var loaded = await plugins.LoadAsync(plan.Plugin).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return loaded switch
        {
            PluginLoadResult.Loaded { Offer.Connector: { } create } => Open(id, plan, create),
            PluginLoadResult.Loaded => new ConnectorOpening.Failed($"plugin {plan.Plugin} has no connector; name one that has under connections.{id}.plugin"),
            PluginLoadResult.Failed failed => StandIn(id, plan, failed.Reason),
            _ => throw new InvalidOperationException(loaded.ToString()),
        };
    }

    private ConnectorOpening Open(ConnectionId id, ConnectionPlan plan, Func<ConnectorContext, IConnector> create)
    {
        var signer = Signer(plan);
        if (!signer.IsOk)
        {
            return new ConnectorOpening.Failed($"connections.{id}.credentials: {signer.Error!.Message}");
        }

        var logger = logs.CreateLogger($"connector.{id}");
        var resources = new ConnectorResources(plan, signer.Value, _pools, budgets, Metrics is { } metrics ? (took, error) => metrics.SocketConnected(id, took, error) : null, time, logger);
        try
        {
            var connector = create(resources.Context(id, plan, time, logger));
            return new ConnectorOpening.Opened(connector, plan.IsSimulated, null, resources.ObserveClock, resources)
            {
                Hold = () => resources.Budget.Stop,
                Headroom = () => resources.Budget.Headroom,
                Clock = () => resources.Clock.Reading,
                OpenSockets = () => resources.OpenSockets,
                Pool = () => resources.PoolUse,
            };
        }
#pragma warning disable CA1031 // boundary: plugin. A connector that cannot be made takes its connection down, not the host.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new ConnectorOpening.Failed($"plugin {plan.Plugin} could not make a connector: {e.Message}");
        }
    }

    private ConnectorOpening StandIn(ConnectionId id, ConnectionPlan plan, string reason)
    {
        if (!plan.MaySimulate || standIn(id) is not { } connector)
        {
            return new ConnectorOpening.Failed(reason);
        }

        return new ConnectorOpening.Opened(connector, true, $"SIMULATED STAND-IN: {reason}", static (_, _, _) => { }, new ConnectorResources.None());
    }

    private static ReadResult<ISigner?> Signer(ConnectionPlan plan)
    {
        if (plan.ApiKey is not { } key || plan.Secret is not { } secret)
        {
            return ReadResult<ISigner?>.Ok(null);
        }

        var made = SignerFactory.Create(key, secret());
        return made.IsOk ? ReadResult<ISigner?>.Ok(made.Value) : made.Error!;
    }
}
