using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>Why nothing may be taken now.</summary>
/// <param name="Kind">What stands in the way.</param>
/// <param name="Wait">How long it will.</param>
/// <param name="Class">The class that is used up or paused; null when a whole scope is.</param>
internal readonly record struct BudgetRefusal(RefusalKind Kind, TimeSpan Wait, string? Class)
{
    /// <summary>The refusal as the caller gets it.</summary>
    /// <param name="now">This host's clock, for the moment that people are told.</param>
    public VenueError ToError(DateTimeOffset now) => Kind switch
    {
        RefusalKind.Banned => new VenueError(VenueErrorKind.Banned, $"BANNED until {Moment(now)}", RetryAfter: Wait),
        RefusalKind.Paused when Class is null => new VenueError(VenueErrorKind.RateLimited, $"RATE LIMITED until {Moment(now)}: the venue has asked for a pause", RetryAfter: Wait),
        RefusalKind.Paused => new VenueError(VenueErrorKind.RateLimited, $"{Class} RATE LIMITED until {Moment(now)}: the venue has asked for a pause", RetryAfter: Wait),
        _ => new VenueError(
            VenueErrorKind.RateLimited,
            string.Create(CultureInfo.InvariantCulture, $"the rate budget of {Class} is used up; next request in {Wait.TotalSeconds:0.0} s"),
            RetryAfter: Wait),
    };

    private string Moment(DateTimeOffset now) => Text(now + Wait, now);

    /// <summary>A moment in UTC; with its date unless that is today's. Rounded up: nobody is told a moment that is too early.</summary>
    public static string Text(DateTimeOffset moment, DateTimeOffset now)
    {
        var rounded = new DateTime((moment.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
        return rounded.ToString(rounded.Date == now.UtcDateTime.Date ? "HH:mm:ss 'UTC'" : "yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
    }
}

/// <summary>What stands in the way of a request.</summary>
internal enum RefusalKind
{
    /// <summary>A window is full.</summary>
    UsedUp,

    /// <summary>The venue has asked for a pause.</summary>
    Paused,

    /// <summary>The venue has banned us.</summary>
    Banned,
}
