using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Values;

/// <summary>Reads the venue's times, which are milliseconds or microseconds since 1970, told apart by their size.</summary>
internal static class VenueTimes
{
    // The year 2255 in milliseconds, and the year 1973 in microseconds: between them lies no time that could be meant.
    private const long MaxMilliseconds = 9_000_000_000_000;
    private const long MinMicroseconds = 100_000_000_000_000;
    private const long MaxMicroseconds = 9_000_000_000_000_000;

    public static bool TryRead(long value, out Timestamp time)
    {
        var isMilliseconds = value is >= 0 and <= MaxMilliseconds;
        var isMicroseconds = value is >= MinMicroseconds and <= MaxMicroseconds;
        time = isMilliseconds ? Timestamp.FromUnixMilliseconds(value) : isMicroseconds ? Timestamp.FromUnixMicroseconds(value) : default;
        return isMilliseconds || isMicroseconds;
    }
}
