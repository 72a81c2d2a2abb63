using Microsoft.Extensions.Logging;

namespace Workbench.Sdk;

/// <summary>The one surface of scripts, console and gateway: what stands at the top level of every script.</summary>
/// <remarks>Every member is safe on any thread.</remarks>
public interface IWorkbench
{
    /// <summary>Quotes, trades and books.</summary>
    IMarket Market { get; }

    /// <summary>Placing, following and cancelling orders.</summary>
    IOrders Orders { get; }

    /// <summary>Positions, fills and balances.</summary>
    IPortfolio Portfolio { get; }

    /// <summary>Connections and routes.</summary>
    IConnections Connections { get; }

    /// <summary>The kill switch, to be engaged when something is wrong.</summary>
    IKillSwitch Kill { get; }

    /// <summary>The configured cache.</summary>
    ICache Cache { get; }

    /// <summary>The script's log.</summary>
    ILogger Log { get; }

    /// <summary>The clock: use it instead of the machine's, so that the same code runs in a backtest.</summary>
    TimeProvider Clock { get; }

    /// <summary>What was given with <c>--set name=value</c>.</summary>
    IScriptArgs Args { get; }

    /// <summary>Ends when the script must stop: on Ctrl-C, after <c>--for</c>, or with the host.</summary>
    CancellationToken Stop { get; }

    /// <summary>The embedded simulator, or null when every connection is real.</summary>
    ISimulator? Simulator { get; }
}
