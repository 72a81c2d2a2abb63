using System.Buffers.Text;
using System.Globalization;

namespace Workbench.Plugins.Bybit.Rest;

/// <summary>The lengths of candles that the venue has. A month is no fixed length and is left out.</summary>
internal static class CandleIntervals
{
    private static readonly int[] Minutes = [1, 3, 5, 15, 30, 60, 120, 240, 360, 720];

    /// <summary>The length, or null for one that we do not carry.</summary>
    public static TimeSpan? Read(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("D"u8))
        {
            return TimeSpan.FromDays(1);
        }

        if (text.SequenceEqual("W"u8))
        {
            return TimeSpan.FromDays(7);
        }

        return Utf8Parser.TryParse(text, out int minutes, out var used) && used == text.Length && Minutes.Contains(minutes) ? TimeSpan.FromMinutes(minutes) : null;
    }

    /// <summary>The venue's word for a length, or null when it has none.</summary>
    public static string? Text(TimeSpan interval)
    {
        if (interval == TimeSpan.FromDays(1))
        {
            return "D";
        }

        if (interval == TimeSpan.FromDays(7))
        {
            return "W";
        }

        var minutes = Array.Find(Minutes, m => interval == TimeSpan.FromMinutes(m));
        return minutes == 0 ? null : minutes.ToString(CultureInfo.InvariantCulture);
    }
}
