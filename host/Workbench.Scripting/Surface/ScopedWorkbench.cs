using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Scripting;

/// <summary>The workbench as one run sees it: with a <see cref="Stop"/> of its own, which also ends when the run has ended.</summary>
internal sealed class ScopedWorkbench(IWorkbench workbench, CancellationToken stop) : IWorkbench
{
    public IMarket Market => workbench.Market;

    public IOrders Orders => workbench.Orders;

    public IPortfolio Portfolio => workbench.Portfolio;

    public IConnections Connections => workbench.Connections;

    public IKillSwitch Kill => workbench.Kill;

    public ICache Cache => workbench.Cache;

    public ILogger Log => workbench.Log;

    public TimeProvider Clock => workbench.Clock;

    public IScriptArgs Args => workbench.Args;

    public CancellationToken Stop => stop;

    public ISimulator? Simulator => workbench.Simulator;
}
