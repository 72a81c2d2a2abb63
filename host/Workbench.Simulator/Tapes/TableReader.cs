using System.Globalization;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Tapes;

/// <summary>
/// Reads trades out of CSV tapes: our own trades (header with time_ms or time_us, side, price, qty), Binance's public trades and
/// aggTrades files, and klines, each with or without header. A bar is walked as <see cref="KlineWalk"/> says; its length is the
/// file's own closing time, or else the shortest distance between the first bars.
/// </summary>
internal static class TableReader
{
    private const long LikelyMillis = 1_000_000_000_000;
    private const long LikelyMicros = 100_000_000_000_000;

    /// <exception cref="TapeException">The table is of no known form, or damaged; the message names the line.</exception>
    public static IEnumerable<TapeTrade> Read(string path)
    {
        Func<string[], IEnumerable<TapeTrade>>? row = null;
        var last = long.MinValue;
        foreach (var line in TapeFile.Lines(path))
        {
            var cells = line.Text.Split(',');
            if (row is null)
            {
                var hasHeader = !char.IsAsciiDigit(line.Text[0]);
                row = (hasHeader ? FromHeader(path, cells) : FromShape(path, cells)) ?? throw TapeFile.Bad(path, line, Unknown(hasHeader, line.Text));
                if (hasHeader)
                {
                    continue;
                }
            }

            foreach (var trade in Parse(path, line, cells, row))
            {
                last = trade.TimeMicros >= last ? trade.TimeMicros : throw TapeFile.Bad(
                    path, line, FormattableString.Invariant($"time goes back from {last} to {trade.TimeMicros} µs"));
                yield return trade;
            }
        }
    }

    private static string Unknown(bool hasHeader, string line)
    {
        var seen = line.Length > 120 ? line[..120] + "…" : line;
        return hasHeader
            ? $"the columns are neither those of trades (time, price, quantity, and side or is_buyer_maker) nor of klines (open_time, open, high, low, close, volume): {seen}"
            : $"without a header these are neither trades nor klines: {seen}";
    }

    private static List<TapeTrade> Parse(string path, TapeLine line, string[] cells, Func<string[], IEnumerable<TapeTrade>> row)
    {
        try
        {
            return [.. row(cells)];
        }
        catch (Exception e) when (e is FormatException or IndexOutOfRangeException or OverflowException)
        {
            var reason = e is IndexOutOfRangeException ? FormattableString.Invariant($"only {cells.Length} columns") : e.Message;
            throw TapeFile.Bad(path, line, reason, e);
        }
    }

    private static Func<string[], IEnumerable<TapeTrade>>? FromHeader(string path, string[] header)
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

        return Column("open") == 1 && Column("close") == 4 && Column("volume") == 5 ? Klines(path) : null;
    }

    private static Func<string[], IEnumerable<TapeTrade>>? FromShape(string path, string[] cells)
    {
        if (cells.Length >= 6 && IsTime(cells[0]))
        {
            return Klines(path);
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

    private static Func<string[], IEnumerable<TapeTrade>> Klines(string path)
    {
        var length = ShortestDistance(path);
        return c =>
        {
            var start = Micros(c[0]);
            var own = c.Length > 6 && IsTime(c[6]) ? Micros(c[6]) + Unit(c[6]) - start : length;
            return KlineWalk.Trades(new Kline(start, own, Number(c[1]), Number(c[2]), Number(c[3]), Number(c[4]), Number(c[5])));
        };
    }

    // Bars may be missing, so the shortest distance is the length of one.
    private static long ShortestDistance(string path)
    {
        var times = TapeFile.Lines(path).Take(1000).Select(l => l.Text.Split(',')[0]).Where(IsTime).Select(Micros).ToList();
        var distances = times.Zip(times.Skip(1), (a, b) => b - a).Where(d => d > 0).ToList();
        return distances.Count == 0 ? 60_000_000 : distances.Min();
    }

    // A closing time is the bar's last millisecond (or microsecond).
    private static long Unit(string time) => long.Parse(time, NumberStyles.None, CultureInfo.InvariantCulture) >= LikelyMicros ? 1 : 1000;

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
