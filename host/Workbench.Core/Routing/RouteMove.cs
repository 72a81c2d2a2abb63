using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>One half of a route uses another connection now.</summary>
/// <param name="Kind">What kind of move.</param>
/// <param name="Market">The one market that moved; null for all of the route.</param>
/// <param name="From">What was left, or null.</param>
/// <param name="To">What is used now, or null.</param>
/// <param name="Reason">Why.</param>
internal sealed record RouteMove(MoveKind Kind, Symbol? Market, ConnectionId? From, ConnectionId? To, string Reason);

/// <summary>Kinds of <see cref="RouteMove"/>.</summary>
internal enum MoveKind
{
    /// <summary>The first choice of all, and it is the preferred one: no news.</summary>
    First,

    /// <summary>Away from a connection, or to nothing.</summary>
    Failover,

    /// <summary>Back to one that is preferred to what was used.</summary>
    Failback,

    /// <summary>One of several connections in use at once takes no more work.</summary>
    Out,

    /// <summary>It takes work again.</summary>
    In,
}
