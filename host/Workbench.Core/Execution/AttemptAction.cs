namespace Workbench.Core.Execution;

/// <summary>The cells of <see cref="AttemptTable"/>. A name that ends in <c>Alarm</c> also records an anomaly.</summary>
public enum AttemptAction
{
    /// <summary>Nothing changes.</summary>
    Keep,

    /// <summary>Nothing changes, and it should not have happened.</summary>
    KeepAlarm,

    /// <summary>Nothing changes; this host or a connector broke its contract.</summary>
    Impossible,

    /// <summary>Over before anything was sent.</summary>
    Abandon,

    /// <summary>Send it.</summary>
    Send,

    /// <summary>Over: no byte left this host.</summary>
    DieUnsent,

    /// <summary>Over: refused by the venue.</summary>
    Reject,

    /// <summary>Over: absence is proven.</summary>
    DieProven,

    /// <summary>The venue had it and says now that it does not: stays reserved, a person must look.</summary>
    LostAlarm,

    /// <summary>Its fate is unknown from now on; look it up.</summary>
    Doubt,

    /// <summary>As <see cref="Doubt"/>, with an alarm.</summary>
    DoubtAlarm,

    /// <summary>This host began anew: whatever was known must be heard again.</summary>
    DoubtAfterRestart,

    /// <summary>Look it up now.</summary>
    Probe,

    /// <summary>As <see cref="Probe"/>, with an alarm.</summary>
    ProbeAlarm,

    /// <summary>One more good read without the order; kept as evidence.</summary>
    CountAbsence,

    /// <summary>Have the resolver look it up until it is clear.</summary>
    Watch,

    /// <summary>Take the venue's word.</summary>
    Adopt,

    /// <summary>As <see cref="Adopt"/>, with an alarm.</summary>
    AdoptAlarm,

    /// <summary>A word older than the one that ended the order is late mail; a newer one opens it again, with an alarm.</summary>
    ReopenIfNewerAlarm,

    /// <summary>Add the fill.</summary>
    Fill,

    /// <summary>Add the fill to an order that had ended; an alarm unless its last word announced it.</summary>
    FillLate,

    /// <summary>Add the fill and open the order again, with an alarm.</summary>
    FillReopenAlarm,

    /// <summary>Book the reversal of a fill, with an alarm; the history keeps both.</summary>
    TakeBackAlarm,

    /// <summary>Add the fill to an order that was complete: more than was asked for has filled, and its market is halted.</summary>
    OverfillAlarm,

    /// <summary>Send a cancel.</summary>
    RequestCancel,

    /// <summary>Send a cancel for an order believed dead, unless it never left this host.</summary>
    RequestCancelAnyway,

    /// <summary>No cancel is on its way any more.</summary>
    ClearCancel,

    /// <summary>As <see cref="ClearCancel"/>, and remember the wish: it is sent once more when the order is seen working.</summary>
    PostponeCancel,

    /// <summary>As <see cref="ClearCancel"/>, and look the order up: the venue did not find it.</summary>
    ClearCancelAndProbe,
}
