using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>How one half of a route chooses. Pure: the same facts and times give the same choices.</summary>
internal interface IRoutePolicy
{
    /// <summary>True when each market has a choice of its own.</summary>
    bool IsPerMarket { get; }

    /// <summary>True when one candidate is preferred, so that any other is a backup.</summary>
    bool HasPrimary { get; }

    /// <summary>True when every trusted candidate is in use at once.</summary>
    bool UsesAll { get; }

    /// <summary>Why the preferred one is used, when nothing else is to be said.</summary>
    string UsualReason { get; }

    /// <summary>The candidates in order of preference for a market.</summary>
    Candidate[] Preference(IReadOnlyList<Candidate> candidates, Symbol? market);

    /// <summary>The candidate to use now, or null for none.</summary>
    /// <param name="order">The candidates in order of preference.</param>
    /// <param name="active">The one in use; null to choose afresh.</param>
    /// <param name="mayWait">True when nothing was chosen yet and the preferred one may still come.</param>
    /// <param name="now">The time.</param>
    /// <param name="why">Why another one than the active, when that could still be used; else null.</param>
    Candidate? Choose(IReadOnlyList<Candidate> order, Candidate? active, bool mayWait, Timestamp now, out string? why);
}

/// <summary>What policies have in common.</summary>
internal static class Preferred
{
    /// <summary>The first that is trusted, else the first that is usable at all: a connection held down is better than none.</summary>
    public static Candidate? First(IReadOnlyList<Candidate> order)
    {
        Candidate? usable = null;
        foreach (var c in order)
        {
            if (c.IsTrusted)
            {
                return c;
            }

            usable ??= c.IsUsable ? c : null;
        }

        return usable;
    }

    /// <summary>The active one as long as it is usable and no trusted one is preferred to it; else the first.</summary>
    public static Candidate? Stay(IReadOnlyList<Candidate> order, Candidate? active, out string? why)
    {
        why = null;
        if (active is not { IsUsable: true })
        {
            return First(order);
        }

        foreach (var c in order)
        {
            if (c == active)
            {
                break;
            }

            if (c.IsTrusted)
            {
                why = $"{c.Id} was well for its hold-down";
                return c;
            }
        }

        return active;
    }

    /// <summary>At the start the preferred one gets a moment to come up before anybody speaks of a failover.</summary>
    public static bool Waits(IReadOnlyList<Candidate> order, bool mayWait) => mayWait && order[0] is { HasBeenUsable: false, IsFinal: false };
}
