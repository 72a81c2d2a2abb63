namespace Workbench.Sdk;

/// <summary>A market at a connection that takes no new orders from here. Cancels always go; positions stay as they are.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Symbol">The market.</param>
/// <param name="Cause">Why.</param>
/// <param name="Reason">The same in words, with old and new numbers.</param>
/// <param name="Since">When it closed.</param>
public sealed record InstrumentGate(ConnectionId Connection, Symbol Symbol, GateCause Cause, string Reason, Timestamp Since)
{
    /// <summary>True when only the operator opens it again, with <see cref="IConnections.AcceptInstrument"/>; otherwise it opens by itself when the venue's list says so.</summary>
    public bool NeedsAcceptance => Cause is GateCause.MeaningChanged or GateCause.Renamed;

    /// <summary>The code of a denial, such as <c>delisted</c>.</summary>
    public string Code => Cause switch
    {
        GateCause.Halted => "halted",
        GateCause.CancelOnly => "cancel_only",
        GateCause.Delisted => "delisted",
        GateCause.Renamed => "renamed",
        GateCause.MeaningChanged => "instrument_changed",
        _ => "rules_unread",
    };
}

/// <summary>Why a market takes no new orders.</summary>
public enum GateCause
{
    /// <summary>The venue has halted it.</summary>
    Halted,

    /// <summary>The venue takes cancels only.</summary>
    CancelOnly,

    /// <summary>The venue no longer lists it.</summary>
    Delisted,

    /// <summary>The venue gave it another name.</summary>
    Renamed,

    /// <summary>An order would mean something else than before: another unit, contract, base or quote.</summary>
    MeaningChanged,

    /// <summary>The venue refused an order for a rule, and the rules are being read again.</summary>
    RulesUnread,
}
