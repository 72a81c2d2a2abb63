using System.Globalization;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>The max_active_time of a socket's address: 30s to 600s or 1m to 10m.</summary>
internal static class ActiveTime
{
    public static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return (text[^1], number) switch
        {
            ('s', >= 30 and <= 600) => TimeSpan.FromSeconds(number),
            ('m', >= 1 and <= 10) => TimeSpan.FromMinutes(number),
            _ => null,
        };
    }
}
