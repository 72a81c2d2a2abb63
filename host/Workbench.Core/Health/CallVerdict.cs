using Workbench.Sdk;

namespace Workbench.Core.Health;

/// <summary>What the end of a call says about the other side.</summary>
internal enum CallVerdict
{
    /// <summary>The venue answered, if only with a refusal.</summary>
    Answered,

    /// <summary>The venue, or the way to it, failed.</summary>
    VenueFault,

    /// <summary>Our own side failed: no name service, no route, no sockets.</summary>
    OurFault,

    /// <summary>Nothing: given up by the caller, held back by limits, or refused by a venue that is closed and says so.</summary>
    Nothing,
}

/// <summary>Whose fault a failure is.</summary>
internal static class Verdict
{
    public static CallVerdict Of(VenueError? error) => error?.Kind switch
    {
        null => CallVerdict.Answered,
        VenueErrorKind.Local => CallVerdict.OurFault,
        VenueErrorKind.Network or VenueErrorKind.Timeout or VenueErrorKind.Unavailable or VenueErrorKind.BadResponse => CallVerdict.VenueFault,
        VenueErrorKind.Cancelled or VenueErrorKind.RateLimited or VenueErrorKind.Banned or VenueErrorKind.Maintenance => CallVerdict.Nothing,
        _ => CallVerdict.Answered,
    };

    public static CallVerdict Of(OrderOutcome outcome) => Of(ErrorOf(outcome));

    /// <summary>Why a trading call did not succeed; null when it did.</summary>
    public static VenueError? ErrorOf(OrderOutcome outcome) => outcome switch
    {
        OrderOutcome.Rejected { Error: var error } => error,
        OrderOutcome.NotSent { Proof: var proof } => proof,
        OrderOutcome.Unknown { Reason: var reason } => reason,
        _ => null,
    };
}
