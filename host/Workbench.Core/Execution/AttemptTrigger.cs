namespace Workbench.Core.Execution;

/// <summary>The columns of <see cref="AttemptTable"/>: what can happen to one order, with every venue word sorted by its meaning.</summary>
public enum AttemptTrigger
{
    /// <summary>The risk gate or the router said no.</summary>
    Denied,

    /// <summary>Every field is decided and durable.</summary>
    Prepared,

    /// <summary>Proof that no byte left.</summary>
    NotSent,

    /// <summary>The venue said no to the send.</summary>
    Refused,

    /// <summary>The venue says it has seen the id before.</summary>
    RefusedAsDuplicate,

    /// <summary>The send may or may not have had an effect.</summary>
    Ambiguous,

    /// <summary>The answer belongs to another order.</summary>
    MixedUp,

    /// <summary>The venue says it waits or works.</summary>
    SaidWorking,

    /// <summary>The venue says it is complete.</summary>
    SaidFilled,

    /// <summary>The venue says it was cancelled or has expired.</summary>
    SaidEnded,

    /// <summary>The venue says it was refused.</summary>
    SaidRejected,

    /// <summary>A good read that does not know the order.</summary>
    ReadAbsent,

    /// <summary>A read that failed.</summary>
    ReadFailed,

    /// <summary>It is proven absent for good.</summary>
    ProvenDead,

    /// <summary>A fill that was not seen before.</summary>
    NewFill,

    /// <summary>A fill that was applied before.</summary>
    RepeatedFill,

    /// <summary>The venue takes a fill back that was applied.</summary>
    TakenBack,

    /// <summary>Somebody asks to cancel it and no cancel is on its way.</summary>
    CancelAsked,

    /// <summary>Somebody asks to cancel it while a cancel is on its way.</summary>
    CancelAskedAgain,

    /// <summary>The venue took the cancel.</summary>
    CancelTaken,

    /// <summary>The venue refused the cancel, or it never left this host.</summary>
    CancelRefused,

    /// <summary>The venue does not know what to cancel.</summary>
    CancelNotFound,

    /// <summary>The cancel may or may not have had an effect.</summary>
    CancelAmbiguous,

    /// <summary>This host began anew.</summary>
    Restarted,
}
