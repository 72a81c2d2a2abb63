using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Values;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Market;

/// <summary>Reads the answer to <c>GET /api/v3/klines</c>: an array of arrays of twelve.</summary>
internal static class KlinesDecoder
{
    /// <summary>The candles, oldest first; null when anything is not what the venue documents.</summary>
    /// <param name="utf8">The body.</param>
    /// <param name="symbol">The market asked for.</param>
    /// <param name="interval">The interval asked for.</param>
    /// <param name="now">The venue's clock: a candle whose time is over is closed.</param>
    /// <param name="stamp">Makes the stamp from the candle's own time.</param>
    public static IReadOnlyList<Candle>? Read(ReadOnlySpan<byte> utf8, Symbol symbol, TimeSpan interval, Timestamp now, Func<Timestamp?, MarketStamp> stamp)
    {
        var candles = new List<Candle>();
        var scanner = new Utf8Scanner(utf8);
        if (!scanner.TryTake((byte)'['))
        {
            return null;
        }

        if (scanner.TryTake((byte)']'))
        {
            return candles;
        }

        do
        {
            if (!TryRow(ref scanner, symbol, interval, now, stamp, out var candle))
            {
                return null;
            }

            candles.Add(candle!);
        }
        while (scanner.TryTake((byte)','));
        return scanner.TryTake((byte)']') ? candles : null;
    }

    private static bool TryRow(ref Utf8Scanner scanner, Symbol symbol, TimeSpan interval, Timestamp now, Func<Timestamp?, MarketStamp> stamp, out Candle? candle)
    {
        candle = null;
        if (!scanner.TryTake((byte)'[')
            || !TryTime(ref scanner, out var opened)
            || !TryPrice(ref scanner, out var open)
            || !TryPrice(ref scanner, out var high)
            || !TryPrice(ref scanner, out var low)
            || !TryPrice(ref scanner, out var close)
            || !scanner.TryScalar(out var volumeText) || !scanner.TryTake((byte)',')
            || !VenueNumbers.TryQuantity(volumeText, out var volume)
            || !TryTime(ref scanner, out var closed)
            || !TrySkipRest(ref scanner))
        {
            return false;
        }

        var isClosed = closed < now;
        candle = new Candle(symbol, interval, opened, open, high, low, close, volume, isClosed, stamp(isClosed ? closed : null));
        return true;
    }

    private static bool TryTime(ref Utf8Scanner scanner, out Timestamp time)
    {
        time = default;
        return scanner.TryScalar(out var text) && scanner.TryTake((byte)',') && Utf8Text.TryLong(text, out var value) && VenueTimes.TryRead(value, out time);
    }

    private static bool TryPrice(ref Utf8Scanner scanner, out Price price)
    {
        price = default;
        return scanner.TryScalar(out var text) && scanner.TryTake((byte)',') && VenueNumbers.TryPrice(text, out price);
    }

    private static bool TrySkipRest(ref Utf8Scanner scanner)
    {
        do
        {
            if (!scanner.TrySkip())
            {
                return false;
            }
        }
        while (scanner.TryTake((byte)','));
        return scanner.TryTake((byte)']');
    }
}
