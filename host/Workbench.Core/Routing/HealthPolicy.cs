using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>The best score, with hysteresis: a usable connection is left only for a trusted one that has been better by the margin for the stated time without a break.</summary>
internal sealed class HealthPolicy(RouteHalfSettings settings) : IRoutePolicy
{
    private readonly Dictionary<Candidate, Timestamp> _betterSince = [];

    public bool IsPerMarket => false;

    public bool HasPrimary => false;

    public bool UsesAll => false;

    public string UsualReason => "it scores best";

    public Candidate[] Preference(IReadOnlyList<Candidate> candidates, Symbol? market) => [.. candidates];

    public Candidate? Choose(IReadOnlyList<Candidate> order, Candidate? active, bool mayWait, Timestamp now, out string? why)
    {
        why = null;
        if (active is not { IsUsable: true })
        {
            _betterSince.Clear();
            return Best(order.Where(c => c.IsTrusted)) ?? Best(order.Where(c => c.IsUsable));
        }

        if (Best(order.Where(c => IsDue(c, active, now))) is not { } better)
        {
            return active;
        }

        why = $"{active.Id} scores {active.Score} and {better.Id} {better.Score}";
        _betterSince.Clear();
        return better;
    }

    private static Candidate? Best(IEnumerable<Candidate> candidates) => candidates.MaxBy(c => c.Score);

    private bool IsDue(Candidate candidate, Candidate active, Timestamp now)
    {
        if (!candidate.IsTrusted || candidate.Score < active.Score + settings.ScoreMargin)
        {
            _betterSince.Remove(candidate);
            return false;
        }

        return now - (_betterSince.TryAdd(candidate, now) ? now : _betterSince[candidate]) >= settings.ScoreFor;
    }
}
