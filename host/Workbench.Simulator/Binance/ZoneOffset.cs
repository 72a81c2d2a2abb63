using System.Globalization;

namespace Workbench.Simulator.Binance;

/// <summary>The <c>timeZone</c> parameter: hours, or hours and minutes, from -12:00 to +14:00. Default UTC.</summary>
internal static class ZoneOffset
{
    private const long Minute = 60_000;

    public static bool TryRead(string? text, out long offsetMillis)
    {
        offsetMillis = 0;
        if (text is null)
        {
            return true;
        }

        var sign = text.StartsWith('-') ? -1 : 1;
        var parts = text.TrimStart('-', '+').Split(':');
        if (parts.Length > 2 || text.Length > 6 || !Read(parts[0], 14, out var hours) || !Read(parts.Length == 2 ? parts[1] : "0", 59, out var minutes))
        {
            return false;
        }

        offsetMillis = sign * ((hours * 60) + minutes) * Minute;
        return offsetMillis is >= -12 * 60 * Minute and <= 14 * 60 * Minute;
    }

    private static bool Read(string text, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && text.Length <= 2 && value <= most;
}
