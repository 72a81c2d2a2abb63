using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>The connection that one half of a route uses: for all its markets, or, where each market has its own, for one.</summary>
/// <param name="market">The one market; null for all.</param>
/// <param name="order">The candidates, the preferred one first.</param>
internal sealed class Assignment(Symbol? market, Candidate[] order)
{
    private volatile AssignmentState _state = AssignmentState.Starting;

    public Symbol? Market => market;

    public IReadOnlyList<Candidate> Order => order;

    public Candidate? Active { get; private set; }

    /// <summary>True once a choice was made, be it that there is none.</summary>
    public bool HasChosen { get; private set; }

    /// <summary>What the operator chose for this market alone; null for nothing.</summary>
    public Candidate? Forced { get; set; }

    /// <summary>True when the next choice is not bound to the one in use.</summary>
    public bool IsFresh { get; set; }

    /// <summary>What is chosen now. Immutable and swapped whole: any thread may read it.</summary>
    public AssignmentState State => _state;

    /// <summary>Takes a choice; the hot path sees it from here on.</summary>
    public void Take(Candidate? chosen, AssignmentState state)
    {
        HasChosen = true;
        Active = chosen;
        _state = state;
    }
}

/// <summary>A choice as others see it. Immutable.</summary>
/// <param name="Active">The connection in use, or null.</param>
/// <param name="IsBackup">True when another one is preferred.</param>
/// <param name="IsForced">True when the operator chose it.</param>
/// <param name="Why">Why this one; says nothing when there is none.</param>
/// <param name="Since">Since when; null before the first choice.</param>
internal sealed record AssignmentState(ConnectionId? Active, bool IsBackup, bool IsForced, string Why, Timestamp? Since)
{
    public static AssignmentState Starting { get; } = new(null, false, false, "", null);
}
