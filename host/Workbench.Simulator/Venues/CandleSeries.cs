namespace Workbench.Simulator.Venues;

/// <summary>Bars of one base interval, contiguous in time: a bar without trades repeats the last close.</summary>
internal sealed class CandleSeries(CandleInterval interval, int capacity, Func<List<Candle>> history)
{
    private readonly List<Candle> _bars = [];
    private bool _hasHistory;

    public CandleInterval Interval => interval;

    /// <summary>All bars, oldest first; the last one is still forming. The past is invented when first asked for.</summary>
    public IReadOnlyList<Candle> Bars
    {
        get
        {
            if (!_hasHistory)
            {
                _bars.InsertRange(0, history());
                _hasHistory = true;
            }

            return _bars;
        }
    }

    public void Add(decimal price, decimal quantity, bool takerBuys, long tradeId, long millis)
    {
        AdvanceTo(millis, price);
        _bars[^1] = _bars[^1].With(price, quantity, takerBuys, tradeId);
    }

    /// <summary>Opens bars up to the one that contains <paramref name="millis"/>.</summary>
    public void AdvanceTo(long millis, decimal fallbackPrice)
    {
        var bars = _bars;
        var open = interval.OpenOf(millis);
        if (bars.Count == 0)
        {
            bars.Add(new Candle(open, interval.CloseOf(open), fallbackPrice));
            return;
        }

        // After a long sleep the gap may exceed everything kept: start over instead of filling it.
        var next = Math.Max(bars[^1].CloseMillis + 1, open - (interval.Millis * (capacity - 1)));
        while (next <= open)
        {
            bars.Add(new Candle(next, interval.CloseOf(next), bars[^1].Close));
            next = bars[^1].CloseMillis + 1;
        }

        if (bars.Count > capacity * 2)
        {
            bars.RemoveRange(0, bars.Count - capacity);
        }
    }

    /// <summary>
    /// Bars of a coarser (or the same) interval that overlap the range: the newest <paramref name="limit"/> when only the end is
    /// bounded, else the oldest from the start on.
    /// </summary>
    public List<Candle> Aggregate(CandleInterval coarse, long? fromMillis, long? toMillis, int limit)
    {
        var result = new List<Candle>();
        var bars = Bars;
        for (var i = fromMillis is { } from ? IndexAt(from) : 0; i < bars.Count; i++)
        {
            var bar = bars[i];
            var open = coarse.OpenOf(bar.OpenMillis);
            if (open < (fromMillis ?? long.MinValue) || open > (toMillis ?? long.MaxValue))
            {
                continue;
            }

            if (result.Count > 0 && result[^1].OpenMillis == open)
            {
                result[^1] = result[^1].Then(in bar);
            }
            else if (fromMillis is not null && result.Count == limit)
            {
                break;
            }
            else
            {
                result.Add(bar with { OpenMillis = open, CloseMillis = coarse.CloseOf(open) });
            }
        }

        return result.Count > limit ? result.GetRange(result.Count - limit, limit) : result;
    }

    // First bar that opens at the time or later.
    private int IndexAt(long millis)
    {
        var low = 0;
        var high = _bars.Count;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (_bars[middle].OpenMillis < millis)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
