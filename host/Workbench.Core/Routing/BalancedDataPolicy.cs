using System.Text;
using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>Each market has a home among the connections, by weighted rendezvous: markets spread by weight, and only those of a connection that fails move.</summary>
/// <remarks>The home depends on names and weights alone, so it is the same in every process. A market returns home when its home is trusted again.</remarks>
internal sealed class BalancedDataPolicy : IRoutePolicy
{
    public bool IsPerMarket => true;

    public bool HasPrimary => true;

    public bool UsesAll => false;

    public string UsualReason => "the market's share falls there";

    public Candidate[] Preference(IReadOnlyList<Candidate> candidates, Symbol? market) =>
        [.. candidates.OrderByDescending(c => Share(c, market.GetValueOrDefault())).ThenBy(c => c.Position)];

    public Candidate? Choose(IReadOnlyList<Candidate> order, Candidate? active, bool mayWait, Timestamp now, out string? why)
    {
        why = null;
        return Preferred.Waits(order, mayWait) ? null : Preferred.Stay(order, active, out why);
    }

    /// <summary>The largest wins. With weight over the negative logarithm of an even draw, each wins in proportion to its weight.</summary>
    private static double Share(Candidate candidate, Symbol market)
    {
        // A zero byte stands in no name, so no two pairs make one text.
        var draw = (Hash($"{candidate.Id}\0{market}") >> 11) + 0.5;
        return candidate.Weight / -Math.Log(draw / (1UL << 53));
    }

    private static ulong Hash(string text)
    {
        // FNV-1a spreads short texts poorly in its high bits; the finisher of splitmix64 mixes them.
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ b) * 1099511628211UL);
        }

        hash = unchecked((hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9UL);
        hash = unchecked((hash ^ (hash >> 27)) * 0x94d049bb133111ebUL);
        return hash ^ (hash >> 31);
    }
}
