using System.Diagnostics.CodeAnalysis;
using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Market;
using Workbench.Plugins.Binance.Values;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Streams;

/// <summary>Reads the inner object of a kline message.</summary>
internal static class CandleReader
{
    public static bool TryRead(in StreamFields bar, Symbol symbol, MarketStamp stamp, [NotNullWhen(true)] out Candle? candle)
    {
        candle = null;
        if (!Utf8Text.TryLong(bar['t'], out var openMark) || !VenueTimes.TryRead(openMark, out var openTime)
            || !CandleIntervals.TryLength(bar['i'], out var interval)
            || !VenueNumbers.TryPrice(bar['o'], out var open)
            || !VenueNumbers.TryPrice(bar['h'], out var high)
            || !VenueNumbers.TryPrice(bar['l'], out var low)
            || !VenueNumbers.TryPrice(bar['c'], out var close)
            || !VenueNumbers.TryQuantity(bar['v'], out var volume)
            || !Utf8Text.TryBool(bar['x'], out var isClosed))
        {
            return false;
        }

        candle = new Candle(symbol, interval, openTime, open, high, low, close, volume, isClosed, stamp);
        return true;
    }
}
