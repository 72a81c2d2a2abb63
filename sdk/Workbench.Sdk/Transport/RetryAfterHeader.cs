using System.Globalization;

namespace Workbench.Sdk;

/// <summary>Reads the <c>Retry-After</c> header in both of its forms, seconds and a date (RFC 9110, 10.2.3).</summary>
public static class RetryAfterHeader
{
    // The form in use, and the two obsolete ones that recipients must still take.
    private static readonly string[] DateForms = ["r", "dddd, dd-MMM-yy HH:mm:ss 'GMT'", "ddd MMM d HH:mm:ss yyyy"];

    /// <summary>What <see cref="Read"/> answers for numbers that are too large to be meant: 31 days.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(31);

    /// <summary>The wait that a header asks for.</summary>
    /// <param name="text">The header's text; null where there is none.</param>
    /// <param name="now">The clock that a date is compared with.</param>
    /// <returns>A wait greater than zero and at most <see cref="Longest"/>; null when the header is missing, zero, negative, past or unreadable: the caller knows what fits its venue.</returns>
    public static TimeSpan? Read(string? text, Timestamp now)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
        {
            return null;
        }

        if (trimmed.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            var seconds = long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : long.MaxValue;
            return Bounded(seconds < Longest.Ticks / TimeSpan.TicksPerSecond ? TimeSpan.FromSeconds(seconds) : Longest);
        }

        return DateTimeOffset.TryParseExact(trimmed, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date)
            ? Bounded(Timestamp.From(date) - now)
            : null;
    }

    private static TimeSpan? Bounded(TimeSpan wait) => wait <= TimeSpan.Zero ? null : wait < Longest ? wait : Longest;
}
