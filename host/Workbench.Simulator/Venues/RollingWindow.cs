namespace Workbench.Simulator.Venues;

/// <summary>Figures of the newest minutes of a market. The closed minutes are summed once a minute, not once a question.</summary>
internal sealed class RollingWindow(CandleSeries minutes, int length)
{
    private long _minute = -1;
    private Candle _closed;
    private decimal _previousClose;

    /// <summary>The newest bars, the forming one included; the series must have been advanced to the time.</summary>
    public DayStatistics Read(long fromMillis, long nowMillis, decimal lastQuantity)
    {
        var bars = minutes.Bars;
        if (_minute != bars[^1].OpenMillis)
        {
            var first = Math.Max(0, bars.Count - length);
            _closed = bars[first];
            for (var i = first + 1; i < bars.Count - 1; i++)
            {
                _closed = _closed.Then(bars[i]);
            }

            _previousClose = first == 0 ? bars[0].Open : bars[first - 1].Close;
            _minute = bars[^1].OpenMillis;
        }

        var window = bars.Count > 1 && length > 1 ? _closed.Then(bars[^1]) : bars[^1];
        return new DayStatistics(window with { OpenMillis = fromMillis, CloseMillis = nowMillis }, _previousClose, lastQuantity);
    }
}
