using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Errors;

/// <summary>What is known about an order after a trading call failed.</summary>
internal enum Verdict
{
    /// <summary>Nothing left this host.</summary>
    NotSent,

    /// <summary>The venue said no and nothing changed.</summary>
    Rejected,

    /// <summary>It may have had an effect.</summary>
    Unknown,
}

/// <summary>The table from classes to consequences.</summary>
internal static class Verdicts
{
    /// <summary>What a class means for an amendment: as for a cancel, except that an answer that there was nothing to change is a plain no.</summary>
    public static Verdict OfAmend(ErrorClass errorClass) => errorClass == ErrorClass.NoChange ? Verdict.Rejected : Of(errorClass).Cancel;

    /// <summary>The class as the host knows it, and what it means for a create and for a cancel.</summary>
    public static (VenueErrorKind Kind, Verdict Create, Verdict Cancel) Of(ErrorClass errorClass) => errorClass switch
    {
        ErrorClass.NotSent => (VenueErrorKind.Network, Verdict.NotSent, Verdict.NotSent),
        ErrorClass.Lost => (VenueErrorKind.Network, Verdict.Unknown, Verdict.Unknown),
        ErrorClass.Unreadable => (VenueErrorKind.BadResponse, Verdict.Unknown, Verdict.Unknown),
        ErrorClass.Request => (VenueErrorKind.InvalidRequest, Verdict.Rejected, Verdict.Rejected),
        ErrorClass.MarketRule => (VenueErrorKind.InstrumentRule, Verdict.Rejected, Verdict.Rejected),
        ErrorClass.Authentication => (VenueErrorKind.Authentication, Verdict.Rejected, Verdict.Rejected),
        ErrorClass.ClockSkew => (VenueErrorKind.ClockSkew, Verdict.Rejected, Verdict.Rejected),
        ErrorClass.Funds => (VenueErrorKind.InsufficientFunds, Verdict.Rejected, Verdict.Rejected),

        // A second cancel may be refused because the first one is at work.
        ErrorClass.Duplicate => (VenueErrorKind.DuplicateClientOrderId, Verdict.Rejected, Verdict.Unknown),

        // No create can be answered so; if one is, we do not understand what happened.
        ErrorClass.NotOpen => (VenueErrorKind.NotFound, Verdict.Unknown, Verdict.Rejected),
        ErrorClass.InProgress => (VenueErrorKind.Unavailable, Verdict.Unknown, Verdict.Unknown),
        ErrorClass.NoChange => (VenueErrorKind.InvalidRequest, Verdict.Unknown, Verdict.Unknown),
        ErrorClass.ClosedForNow => (VenueErrorKind.Restricted, Verdict.Rejected, Verdict.Rejected),
        ErrorClass.RateLimited => (VenueErrorKind.RateLimited, Verdict.Rejected, Verdict.Rejected),
        ErrorClass.Overloaded => (VenueErrorKind.RateLimited, Verdict.Unknown, Verdict.Unknown),
        ErrorClass.Banned => (VenueErrorKind.Banned, Verdict.Rejected, Verdict.Rejected),
        ErrorClass.Blocked => (VenueErrorKind.Banned, Verdict.Unknown, Verdict.Unknown),
        ErrorClass.Ambiguous => (VenueErrorKind.Unavailable, Verdict.Unknown, Verdict.Unknown),
        ErrorClass.Foreign => (VenueErrorKind.InvalidRequest, Verdict.Unknown, Verdict.Unknown),
        _ => (VenueErrorKind.BadResponse, Verdict.Unknown, Verdict.Unknown),
    };
}
