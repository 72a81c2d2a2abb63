using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Every trusted connection takes orders: each new one goes where the fewest are open for the weight; ties are spread evenly by weight.</summary>
internal sealed class BalancedTradingPolicy : IRoutePolicy
{
    private readonly Dictionary<Candidate, long> _credits = [];

    public bool IsPerMarket => false;

    public bool HasPrimary => false;

    public bool UsesAll => true;

    public string UsualReason => "orders are spread by weight and open orders";

    public Candidate[] Preference(IReadOnlyList<Candidate> candidates, Symbol? market) => [.. candidates.OrderByDescending(c => c.Weight).ThenBy(c => c.Position)];

    public Candidate? Choose(IReadOnlyList<Candidate> order, Candidate? active, bool mayWait, Timestamp now, out string? why) =>
        Preferred.Stay(order, active, out why);

    /// <summary>The connection for one new order: among the trusted that can take it, else among the usable that can; null when none can.</summary>
    /// <param name="order">The candidates.</param>
    /// <param name="canTake">Whether a connection could take this order.</param>
    /// <param name="open">How many of our orders are not done at a connection.</param>
    public Candidate? Next(IReadOnlyList<Candidate> order, Func<ConnectionId, bool> canTake, Func<ConnectionId, int> open)
    {
        var pool = order.Where(c => c.IsTrusted && canTake(c.Id)).ToArray();
        pool = pool.Length > 0 ? pool : [.. order.Where(c => c.IsUsable && canTake(c.Id))];
        if (pool.Length == 0)
        {
            return null;
        }

        var loads = pool.Select(c => (Candidate: c, Load: (decimal)open(c.Id) / c.Weight)).ToArray();
        var least = loads.Min(l => l.Load);
        return Spread(pool, [.. loads.Where(l => l.Load == least).Select(l => l.Candidate)]);
    }

    /// <summary>Smooth weighted round robin: each turn all earn their weight, and the one that is chosen pays for the turn.</summary>
    private Candidate Spread(Candidate[] pool, Candidate[] tied)
    {
        long turn = pool.Sum(c => c.Weight);
        foreach (var c in pool)
        {
            // What builds up while a busy one is passed over is bounded by one turn, so that it is not flooded afterwards.
            _credits[c] = Math.Clamp(_credits.GetValueOrDefault(c) + c.Weight, -turn, turn);
        }

        var chosen = tied.MaxBy(c => _credits[c])!;
        _credits[chosen] -= turn;
        return chosen;
    }
}
