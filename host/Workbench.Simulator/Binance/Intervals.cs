using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance;

/// <summary>Bar intervals by their case-sensitive names: <c>1m</c> is a minute, <c>1M</c> a month.</summary>
internal static class Intervals
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    private static readonly Dictionary<string, CandleInterval> All = new(StringComparer.Ordinal)
    {
        ["1s"] = new(1000),
        ["1m"] = new(Minute),
        ["3m"] = new(3 * Minute),
        ["5m"] = new(5 * Minute),
        ["15m"] = new(15 * Minute),
        ["30m"] = new(30 * Minute),
        ["1h"] = new(Hour),
        ["2h"] = new(2 * Hour),
        ["4h"] = new(4 * Hour),
        ["6h"] = new(6 * Hour),
        ["8h"] = new(8 * Hour),
        ["12h"] = new(12 * Hour),
        ["1d"] = new(Day),
        ["3d"] = new(3 * Day),
        ["1w"] = new(7 * Day),
        ["1M"] = new(30 * Day, IsMonth: true),
    };

    public static bool TryGet(string name, out CandleInterval interval) => All.TryGetValue(name, out interval);
}
