using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Direct;

/// <summary>The forming minute about once a second when it changed, and each closed one exactly once more. State belongs to the venue's lock.</summary>
internal sealed class CandleFeed(Market market, long nowMicros)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);
    private const long PeriodMicros = 1_000_000;
    private const int MostAtOnce = 1000;
    private static readonly CandleInterval Minute = new(60_000);

    private long _openMillis = Minute.OpenOf(nowMicros / 1000);
    private Candle? _sent;
    private long _dueMicros;

    /// <summary>The bars to publish now, oldest first.</summary>
    public IReadOnlyList<(Candle Bar, bool IsClosed)> Due(long nowMicros)
    {
        var nowMillis = nowMicros / 1000;
        if (nowMicros < _dueMicros && nowMillis <= Minute.CloseOf(_openMillis))
        {
            return [];
        }

        _dueMicros = nowMicros + PeriodMicros;
        var bars = market.Candles(Minute, _openMillis, null, MostAtOnce, nowMillis);
        var due = bars.Select(bar => (Bar: bar, IsClosed: bar.CloseMillis < nowMillis)).Where(d => d.IsClosed || d.Bar != _sent).ToList();
        _sent = bars[^1];
        _openMillis = bars[^1].OpenMillis;
        return due;
    }
}
