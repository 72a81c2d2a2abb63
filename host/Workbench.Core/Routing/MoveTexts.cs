using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Turns moves into events: what, where and why, in one sentence for a person and in fields for programs.</summary>
internal static class MoveTexts
{
    private const int MostNamed = 3;

    /// <summary>The events of one half; markets that moved the same way together are one event.</summary>
    /// <param name="route">The route's name.</param>
    /// <param name="half">Which half moved.</param>
    /// <param name="moves">What moved.</param>
    /// <param name="open">How many of our orders are not done at a connection.</param>
    /// <param name="now">The time.</param>
    public static IEnumerable<ConnectionEvent> Of(string route, HalfController half, IReadOnlyList<RouteMove> moves, Func<ConnectionId, int> open, Timestamp now) =>
        moves.GroupBy(m => m with { Market = null }).Select(same => Event(route, half, [.. same], open, now));

    private static ConnectionEvent Event(string route, HalfController half, IReadOnlyList<RouteMove> same, Func<ConnectionId, int> open, Timestamp now)
    {
        var move = same[0];
        var what = half.Half == RouteHalf.Data ? $"market data{Markets(same)}" : "trading";
        var (kind, text) = move.Kind switch
        {
            MoveKind.Failback => (ConnectionEventKind.Failback, $"{what} back on {move.To}"),
            MoveKind.In => (ConnectionEventKind.Failback, $"{what} on {move.To} again"),
            MoveKind.Out => (ConnectionEventKind.Failover, $"{what} without {move.Reason}"),
            _ when move.To is null => (ConnectionEventKind.Failover, $"NO VENUE for {what}: {move.Reason}{(half.Half == RouteHalf.Trading ? Unreachable(half, open) : "")}"),
            _ => (ConnectionEventKind.Failover, $"{what} on {move.To}: {move.Reason}"),
        };
        return new ConnectionEvent(now, kind, move.To, $"{route}: {text}")
        {
            Route = route,
            Half = half.Half,
            From = move.From,
            To = move.To,
            Reason = move.Reason,
        };
    }

    private static string Markets(IReadOnlyList<RouteMove> same) =>
        same[0].Market is null ? "" : same.Count <= MostNamed ? $" of {string.Join(", ", same.Select(m => m.Market))}" : $" of {same.Count} markets";

    private static string Unreachable(HalfController half, Func<ConnectionId, int> open)
    {
        var count = half.Candidates.Sum(c => open(c.Id));
        return count == 0 ? "" : count == 1 ? "; 1 open order cannot be reached" : $"; {count} open orders cannot be reached";
    }
}
