using System.Globalization;

namespace Workbench.Simulator.Faults;

/// <summary>How the values of options are written.</summary>
internal static class FaultText
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay),
    ];

    /// <summary>A number with a unit, such as <c>250ms</c>, <c>-2s</c> or <c>1.5m</c>; null when it is none.</summary>
    public static TimeSpan? Duration(string text)
    {
        var length = text.AsSpan().IndexOfAnyExcept("0123456789.-");
        var ticks = length <= 0 ? 0 : Units.FirstOrDefault(u => u.Unit == text[length..]).Ticks;
        return ticks > 0 && Number(text[..length]) is { } number && Math.Abs(number) < TimeSpan.FromDays(3650).Ticks / ticks
            ? TimeSpan.FromTicks((long)(number * ticks))
            : null;
    }

    public static string Show(TimeSpan value) => value.TotalMilliseconds.ToString("0.####", CultureInfo.InvariantCulture) + "ms";

    public static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static (T Value, bool Ok) Set<T>(string text, IReadOnlyDictionary<string, T> choices)
        where T : struct, Enum
    {
        long bits = 0;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!choices.TryGetValue(name, out var value))
            {
                return default;
            }

            bits |= Convert.ToInt64(value, CultureInfo.InvariantCulture);
        }

        return ((T)Enum.ToObject(typeof(T), bits), bits != 0);
    }
}
