using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Errors;

/// <summary>How long the venue wants silence after HTTP 429 or 418: what it says, and something sensible where it says nothing.</summary>
internal static class VenuePauses
{
    // Documented bans last from two minutes to three days, and the longest window of requests is five minutes.
    private static readonly TimeSpan ShortestBan = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestBan = TimeSpan.FromDays(3);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    /// <summary>The pause that a reply asks for; null when its status asks for none.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="now">The venue's clock: a header may be a date, and the weight windows begin with its minutes.</param>
    public static TimeSpan? Of(HttpReply reply, Timestamp now) => reply.Status switch
    {
        418 => AtMost(Asked(reply, now) ?? ShortestBan, LongestBan),
        429 => AtMost(Asked(reply, now) ?? ToNextMinute(now), LongestPause),
        _ => null,
    };

    private static TimeSpan? Asked(HttpReply reply, Timestamp now) => RetryAfterHeader.Read(reply.Headers.GetValueOrDefault("Retry-After"), now);

    private static TimeSpan AtMost(TimeSpan pause, TimeSpan longest) => pause < longest ? pause : longest;

    private static TimeSpan ToNextMinute(Timestamp now)
    {
        var minute = TimeSpan.FromMinutes(1);
        return minute - TimeSpan.FromTicks(now.ToDateTimeOffset().Ticks % minute.Ticks);
    }
}
