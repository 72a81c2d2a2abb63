using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Scripting;

/// <summary>What stands at the top level of every script: the workbench, with a <see cref="Stop"/> of the script's own.</summary>
public sealed class ScriptGlobals(IWorkbench workbench, CancellationToken stop) : IWorkbench
{
    /// <inheritdoc />
    public IMarket Market => workbench.Market;

    /// <inheritdoc />
    public IOrders Orders => workbench.Orders;

    /// <inheritdoc />
    public IPortfolio Portfolio => workbench.Portfolio;

    /// <inheritdoc />
    public IConnections Connections => workbench.Connections;

    /// <inheritdoc />
    public ICache Cache => workbench.Cache;

    /// <inheritdoc />
    public ILogger Log => workbench.Log;

    /// <inheritdoc />
    public TimeProvider Clock => workbench.Clock;

    /// <inheritdoc />
    public IScriptArgs Args => workbench.Args;

    /// <inheritdoc />
    public CancellationToken Stop => stop;

    /// <inheritdoc />
    public ISimulator? Simulator => workbench.Simulator;
}
