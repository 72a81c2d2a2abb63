using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Core.Surface;

/// <summary>What one run of a script, or the console, gets to see of the engine.</summary>
internal sealed class EngineWorkbench(WorkbenchEngine engine, WorkbenchAccess access) : IWorkbench
{
    public IMarket Market { get; } = new EngineMarket(engine, access.Stop);

    public IOrders Orders { get; } = new EngineOrders(engine, access.Origin, access.Stop);

    public IPortfolio Portfolio { get; } = new EnginePortfolio(engine, access.Stop);

    public IConnections Connections { get; } = new EngineConnections(engine, access.Origin, access.Stop);

    public IKillSwitch Kill { get; } = new EngineKillSwitch(engine, access.Origin);

    public ICache Cache => access.Cache;

    public ILogger Log => access.Log;

    public TimeProvider Clock => engine.Time;

    public IScriptArgs Args => access.Args;

    public CancellationToken Stop => access.Stop;

    public ISimulator? Simulator => access.Simulator;
}

/// <summary>Who uses the engine, and with what.</summary>
/// <param name="Origin">The name in journal and history, such as <c>script quickstart.csx</c>.</param>
/// <param name="Args">The arguments.</param>
/// <param name="Cache">The configured cache.</param>
/// <param name="Log">The log.</param>
/// <param name="Simulator">The embedded simulator, if there is one.</param>
/// <param name="Stop">Ends the run.</param>
public sealed record WorkbenchAccess(string Origin, IScriptArgs Args, ICache Cache, ILogger Log, ISimulator? Simulator, CancellationToken Stop);
