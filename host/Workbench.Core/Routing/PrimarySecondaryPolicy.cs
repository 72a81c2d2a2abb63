using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>The first of the configured order that can be used; back to an earlier one when it is trusted again.</summary>
internal sealed class PrimarySecondaryPolicy : IRoutePolicy
{
    public bool IsPerMarket => false;

    public bool HasPrimary => true;

    public bool UsesAll => false;

    public string UsualReason => "it is the primary";

    public Candidate[] Preference(IReadOnlyList<Candidate> candidates, Symbol? market) => [.. candidates];

    public Candidate? Choose(IReadOnlyList<Candidate> order, Candidate? active, bool mayWait, Timestamp now, out string? why)
    {
        why = null;
        return Preferred.Waits(order, mayWait) ? null : Preferred.Stay(order, active, out why);
    }
}
