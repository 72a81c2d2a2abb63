using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Wire;

/// <summary>Bar lengths as Bybit names them: minutes, or D, W, M.</summary>
internal static class Intervals
{
    private const long Minute = 60_000;

    public static CandleInterval? Parse(string code) => code switch
    {
        "1" => new CandleInterval(Minute),
        "3" => new CandleInterval(3 * Minute),
        "5" => new CandleInterval(5 * Minute),
        "15" => new CandleInterval(15 * Minute),
        "30" => new CandleInterval(30 * Minute),
        "60" => new CandleInterval(60 * Minute),
        "120" => new CandleInterval(120 * Minute),
        "240" => new CandleInterval(240 * Minute),
        "360" => new CandleInterval(360 * Minute),
        "720" => new CandleInterval(720 * Minute),
        "D" => new CandleInterval(1440 * Minute),
        "W" => new CandleInterval(7 * 1440 * Minute),
        "M" => new CandleInterval(0, IsMonth: true),
        _ => null,
    };
}
