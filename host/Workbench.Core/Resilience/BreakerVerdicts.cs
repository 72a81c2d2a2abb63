using Workbench.Sdk;

namespace Workbench.Core.Resilience;

/// <summary>What a failure says about the other side, and where a breaker's own refusal is known by.</summary>
internal static class BreakerVerdicts
{
    /// <summary>The <see cref="VenueError.Code"/> of a call that the breaker refused.</summary>
    public const string RefusalCode = "breaker";

    public static bool IsRefusal(VenueError error) => error.Code == RefusalCode;

    /// <summary>An answer of any kind says that the other side works. Limits, credentials and clocks say nothing: a break would not mend them.</summary>
    public static BreakerVerdict Of(VenueError? error) => error?.Kind switch
    {
        null or VenueErrorKind.InvalidRequest or VenueErrorKind.InstrumentRule or VenueErrorKind.Restricted or VenueErrorKind.InsufficientFunds or VenueErrorKind.NotFound
            or VenueErrorKind.DuplicateClientOrderId => BreakerVerdict.Success,
        VenueErrorKind.Network or VenueErrorKind.Timeout or VenueErrorKind.Unavailable or VenueErrorKind.BadResponse => BreakerVerdict.Failure,
        VenueErrorKind.Local => BreakerVerdict.Local,
        _ => BreakerVerdict.Ignored,
    };
}

/// <summary>What a result says about the other side.</summary>
internal enum BreakerVerdict
{
    /// <summary>It works.</summary>
    Success,

    /// <summary>It does not.</summary>
    Failure,

    /// <summary>Our own side does not.</summary>
    Local,

    /// <summary>Nothing.</summary>
    Ignored,
}
