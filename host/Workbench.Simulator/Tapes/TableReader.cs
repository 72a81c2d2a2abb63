using System.Globalization;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tapes;

/// <summary>
/// Reads trades out of CSV tapes: our own trades (header with time_ms or time_us, side, price, qty), Binance's public trades and
/// aggTrades files, and klines, each with or without header. A kline becomes four trades, open, the two extremes in the likelier
/// order, and close, with a quarter of the volume each: a believable path, not the real one.
/// </summary>
internal static class TableReader
{
    private const long LikelyMillis = 1_000_000_000_000;
    private const long LikelyMicros = 100_000_000_000_000;

    /// <exception cref="TapeException">The table is of no known form.</exception>
    public static IEnumerable<TapeTrade> Read(string path)
    {
        Func<string[], IEnumerable<TapeTrade>>? row = null;
        var number = 0;
        foreach (var line in TapeFile.Lines(path))
        {
            number++;
            var cells = line.Split(',');
            if (row is null)
            {
                var hasHeader = !char.IsAsciiDigit(line[0]);
                row = (hasHeader ? FromHeader(cells) : FromShape(cells))
                    ?? throw new TapeException(path, "its columns are neither trades nor klines");
                if (hasHeader)
                {
                    continue;
                }
            }

            foreach (var trade in Parse(path, number, cells, row))
            {
                yield return trade;
            }
        }
    }

    private static IEnumerable<TapeTrade> Parse(string path, int number, string[] cells, Func<string[], IEnumerable<TapeTrade>> row)
    {
        try
        {
            return row(cells).ToList();
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or OverflowException)
        {
            throw new TapeException(path, FormattableString.Invariant($"line {number} cannot be read"), e);
        }
    }

    private static Func<string[], IEnumerable<TapeTrade>>? FromHeader(string[] header)
    {
        int Column(params string[] names) => Array.FindIndex(header, h => names.Contains(h.Trim().ToLowerInvariant()));
        var time = Column("time_us", "time_ms", "time", "transact_time", "timestamp");
        var price = Column("price");
        var quantity = Column("qty", "quantity", "size");
        var side = Column("side");
        var buyerIsMaker = Column("is_buyer_maker", "isbuyermaker");
        if (time >= 0 && price >= 0 && quantity >= 0 && side + buyerIsMaker > -2)
        {
            return c => [Trade(c[time], side >= 0 ? IsSell(c[side]) : IsTrue(c[buyerIsMaker]), c[price], c[quantity])];
        }

        return Column("open") == 1 && Column("close") == 4 ? Kline : null;
    }

    private static Func<string[], IEnumerable<TapeTrade>>? FromShape(string[] cells)
    {
        if (cells.Length >= 6 && IsTime(cells[0]))
        {
            return Kline;
        }

        // id, price, qty, first id, last id, time, buyer is maker: aggTrades; id, price, qty, quote, time, buyer is maker: trades.
        if (cells.Length >= 7 && IsTime(cells[5]))
        {
            return c => [Trade(c[5], IsTrue(c[6]), c[1], c[2])];
        }

        return cells.Length >= 6 && IsTime(cells[4]) ? c => [Trade(c[4], IsTrue(c[5]), c[1], c[2])] : null;
    }

    private static TapeTrade Trade(string time, bool takerSells, string price, string quantity) =>
        new(Micros(time), takerSells ? Side.Sell : Side.Buy, Number(price), Number(quantity));

    private static IEnumerable<TapeTrade> Kline(string[] c)
    {
        var open = Number(c[1]);
        var high = Number(c[2]);
        var low = Number(c[3]);
        var close = Number(c[4]);
        var quantity = Number(c[5]) / 4;
        var start = Micros(c[0]);
        var length = c.Length > 6 && IsTime(c[6]) ? Micros(c[6]) - start : 60_000_000;
        var rises = close >= open;
        yield return new TapeTrade(start, rises ? Side.Buy : Side.Sell, open, quantity);
        yield return new TapeTrade(start + (length / 3), rises ? Side.Sell : Side.Buy, rises ? low : high, quantity);
        yield return new TapeTrade(start + (length / 3 * 2), rises ? Side.Buy : Side.Sell, rises ? high : low, quantity);
        yield return new TapeTrade(start + length - 1, rises ? Side.Buy : Side.Sell, close, quantity);
    }

    private static bool IsTime(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > LikelyMillis / 2;

    private static long Micros(string text)
    {
        var value = long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        return value >= LikelyMicros ? value : value * 1000;
    }

    private static bool IsSell(string text) => text.Equals("sell", StringComparison.OrdinalIgnoreCase);

    private static bool IsTrue(string text) => text.Equals("true", StringComparison.OrdinalIgnoreCase) || text == "1";

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
