using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>What an operator does to routes. Closed.</summary>
internal abstract record OperatorAction
{
    private OperatorAction()
    {
    }

    /// <summary>Moves a route, or one market of it.</summary>
    internal sealed record FailOver(string Target, ConnectionId? To, RouteHalf? Half) : OperatorAction;

    /// <summary>Lets the policy choose again.</summary>
    internal sealed record FailBack(string Target, RouteHalf? Half) : OperatorAction;

    /// <summary>Keeps new orders away from a connection, or no longer.</summary>
    internal sealed record Drain(ConnectionId Connection, bool IsDrained) : OperatorAction;
}

/// <summary>An operator wants something done to routes. Handled by <c>routes</c>.</summary>
/// <param name="Action">What.</param>
/// <param name="By">Who.</param>
/// <param name="Answer">Ended when it was decided.</param>
internal sealed record OperatorAsked(OperatorAction Action, string By, TaskCompletionSource<OperatorResult> Answer) : WorkbenchMessage;
