namespace Workbench.Core.Execution;

/// <summary>The rows of <see cref="AttemptTable"/>: knowledge and the venue's word of one order folded into one name. Pending cancels are a flag beside it, not a state.</summary>
public enum AttemptState
{
    /// <summary>Asked for; nothing prepared.</summary>
    Draft,

    /// <summary>Prepared durably and handed to the wire; no answer.</summary>
    InFlight,

    /// <summary>Sent, and nothing is known about what became of it.</summary>
    Unknown,

    /// <summary>The venue has it; its engine has not decided.</summary>
    Pending,

    /// <summary>It works and has no fills.</summary>
    Live,

    /// <summary>It works and has fills.</summary>
    Partial,

    /// <summary>Complete.</summary>
    Filled,

    /// <summary>Cancelled or expired.</summary>
    Ended,

    /// <summary>Refused by the venue.</summary>
    Rejected,

    /// <summary>Denied, void, proven unsent or proven absent.</summary>
    Dead,
}
