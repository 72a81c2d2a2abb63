using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tapes;

/// <summary>One bar of a klines table.</summary>
internal readonly record struct Kline(long OpenMicros, long LengthMicros, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume);

/// <summary>
/// Turns a bar into trades. A bar that closes at or above its open is walked open, low, high, close; any other open, high,
/// low, close. Each leg has four equal steps, spread evenly over the bar's time; the first trade is at the bar's opening time.
/// The volume is spread evenly in the smallest unit it is written in and adds up exactly; so do open, high, low and close.
/// The aggressor follows the direction of the price. A bar without volume has no trades.
/// </summary>
internal static class KlineWalk
{
    private const int StepsPerLeg = 4;
    private const int FinestDecimals = 8;

    public static List<TapeTrade> Trades(Kline bar)
    {
        var rises = bar.Close >= bar.Open;
        decimal[] corners = rises ? [bar.Open, bar.Low, bar.High, bar.Close] : [bar.Open, bar.High, bar.Low, bar.Close];
        var prices = Path(corners);
        var quantities = Split(bar.Volume, prices.Count);
        if (quantities.Count < prices.Count)
        {
            prices = Corners(corners);
            quantities = Split(bar.Volume, prices.Count);
        }

        var trades = new List<TapeTrade>(quantities.Count);
        var side = rises ? Side.Buy : Side.Sell;
        for (var i = 0; i < quantities.Count; i++)
        {
            side = i == 0 || prices[i] == prices[i - 1] ? side : prices[i] > prices[i - 1] ? Side.Buy : Side.Sell;
            trades.Add(new TapeTrade(bar.OpenMicros + (bar.LengthMicros * i / quantities.Count), side, prices[i], quantities[i]));
        }

        return trades;
    }

    private static List<decimal> Path(decimal[] corners)
    {
        var decimals = corners.Max(c => (int)c.Scale);
        List<decimal> path = [corners[0]];
        for (var leg = 1; leg < corners.Length; leg++)
        {
            var (from, to) = (corners[leg - 1], corners[leg]);
            for (var step = 1; step <= StepsPerLeg; step++)
            {
                path.Add(step == StepsPerLeg ? to : decimal.Round(from + ((to - from) * step / StepsPerLeg), decimals, MidpointRounding.ToZero));
            }
        }

        return path;
    }

    // The fewest prices that still make the bar: neighbours that are equal are one.
    private static List<decimal> Corners(decimal[] corners)
    {
        List<decimal> few = [corners[0]];
        few.AddRange(corners.Skip(1).Where((corner, i) => corner != corners[i]));
        return few;
    }

    /// <summary>So many parts that add up exactly; fewer when there is not one unit for each.</summary>
    private static List<decimal> Split(decimal volume, int count)
    {
        var written = Math.Min(FinestDecimals, Significant(volume));
        foreach (var decimals in (int[])[written, FinestDecimals])
        {
            var unit = new decimal(1, 0, 0, false, (byte)decimals);
            var units = decimal.Floor(volume / unit);
            if (units >= count || decimals == FinestDecimals)
            {
                return Deal(volume, unit, units, (int)Math.Min(count, units));
            }
        }

        return [];
    }

    private static List<decimal> Deal(decimal volume, decimal unit, decimal units, int count)
    {
        var parts = new List<decimal>(count);
        for (var i = 0; i < count; i++)
        {
            var share = decimal.Floor(units / count) + (i < units % count ? 1 : 0);
            parts.Add(share * unit);
        }

        if (count > 0)
        {
            parts[^1] += volume - parts.Sum(); // Finer than the finest unit.
        }

        return parts;
    }

    private static int Significant(decimal number) => TapeInstruments.Decimals(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
