using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>The route of one market. Any thread may read it, without a lock; what it reads is immutable and swapped whole.</summary>
/// <param name="symbol">The market.</param>
/// <param name="route">Its route; null when none serves it.</param>
/// <param name="data">What its market data follows.</param>
/// <param name="trading">What its orders follow.</param>
internal sealed class MarketRoute(Symbol symbol, Route? route, Assignment? data, Assignment? trading)
{
    private volatile Composed? _last;

    public Route? Route => route;

    /// <summary>The choice for market data; null without a route. The hot path.</summary>
    public AssignmentState? Data => data?.State;

    /// <summary>The choice for orders; null without a route and for one that only reads.</summary>
    public AssignmentState? Trading => trading?.State;

    /// <summary>The connections that may serve its market data, the preferred one first.</summary>
    public IReadOnlyList<ConnectionId> DataConnections => data is null ? [] : [.. data.Order.Select(c => c.Id)];

    /// <summary>Everything at this moment; the same object as long as nothing changes.</summary>
    public RouteStatus Status()
    {
        var parts = new Parts(Data, Trading, route?.Data.Look, route?.Trading?.Look);
        if (_last is { } last && last.Parts.Equals(parts))
        {
            return last.Status;
        }

        var status = new RouteStatus(symbol, route?.Name, Compose(route?.Data, data, parts.Data, parts.DataLook), Compose(route?.Trading, trading, parts.Trading, parts.TradingLook));
        _last = new Composed(parts, status);
        return status;
    }

    private static RouteHalfStatus? Compose(HalfController? half, Assignment? assignment, AssignmentState? state, IReadOnlyList<RouteCandidate>? candidates)
    {
        if (half is null || assignment is null || state is null || candidates is null)
        {
            return null;
        }

        var primary = half.HasPrimary ? assignment.Order[0].Id : (ConnectionId?)null;
        return new RouteHalfStatus
        {
            Policy = half.Policy,
            Active = state.Active,
            Primary = primary,
            IsBackup = state.IsBackup,
            IsForced = state.IsForced,
            Why = state.Active is not null ? state.Why : string.Join("; ", candidates.Select(c => $"{c.Connection}: {c.Reason}")),
            Since = state.Since,
            HoldDownUntil = primary == state.Active ? null : candidates.FirstOrDefault(c => c.Connection == primary)?.HoldDownUntil,
            Candidates = candidates,
        };
    }

    private sealed record Composed(Parts Parts, RouteStatus Status);

    private sealed record Parts(AssignmentState? Data, AssignmentState? Trading, IReadOnlyList<RouteCandidate>? DataLook, IReadOnlyList<RouteCandidate>? TradingLook)
    {
        public bool Equals(Parts? other) =>
            other is not null && ReferenceEquals(Data, other.Data) && ReferenceEquals(Trading, other.Trading)
            && ReferenceEquals(DataLook, other.DataLook) && ReferenceEquals(TradingLook, other.TradingLook);

        public override int GetHashCode() => HashCode.Combine(Data, Trading);
    }
}
