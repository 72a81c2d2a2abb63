using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Errors;

/// <summary>How long the venue wants silence after HTTP 429 or 418: seconds as documented, a date as HTTP allows, and something sensible for everything else.</summary>
internal static class RetryAfter
{
    // Documented bans last from two minutes to three days.
    private static readonly TimeSpan ShortestBan = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    /// <summary>The pause that a reply asks for; null when its status asks for none.</summary>
    public static TimeSpan? Of(HttpReply reply, Timestamp now)
    {
        if (reply.Status is not (418 or 429))
        {
            return null;
        }

        var asked = reply.Headers.TryGetValue("Retry-After", out var text) ? Read(text.Trim(), now) : null;
        var pause = asked > TimeSpan.Zero ? asked.Value : reply.Status == 418 ? ShortestBan : ToNextMinute(now);
        return pause < Longest ? pause : Longest;
    }

    private static TimeSpan? Read(string text, Timestamp now)
    {
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
        }

        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? Timestamp.From(date) - now : null;
    }

    /// <summary>The weight windows begin with the minute; a zero or missing header means: wait for the next one.</summary>
    private static TimeSpan ToNextMinute(Timestamp now)
    {
        var minute = TimeSpan.FromMinutes(1);
        return minute - TimeSpan.FromTicks(now.ToDateTimeOffset().Ticks % minute.Ticks);
    }
}
