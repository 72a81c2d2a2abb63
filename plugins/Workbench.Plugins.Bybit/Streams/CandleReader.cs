using Workbench.Plugins.Bybit.Json;
using Workbench.Plugins.Bybit.Rest;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>Reads the rows of a candle message.</summary>
internal static class CandleReader
{
    public static void Read(ref JsonCursor cursor, List<CandleRow> candles)
    {
        if (!cursor.EnterArray())
        {
            cursor.Fail("the candles are no list");
            return;
        }

        while (cursor.NextObject())
        {
            ReadRow(ref cursor, candles);
        }
    }

    private static void ReadRow(ref JsonCursor cursor, List<CandleRow> candles)
    {
        Timestamp? start = null, time = null;
        TimeSpan? interval = null;
        decimal? open = null, high = null, low = null, close = null, volume = null;
        bool? isClosed = null;
        while (cursor.NextField())
        {
            if (cursor.Is("start"u8))
            {
                start = cursor.Time();
            }
            else if (cursor.Is("timestamp"u8))
            {
                time = cursor.Time();
            }
            else if (cursor.Is("interval"u8))
            {
                interval = CandleIntervals.Read(cursor.RawText());
            }
            else if (cursor.Is("open"u8))
            {
                open = cursor.Number();
            }
            else if (cursor.Is("high"u8))
            {
                high = cursor.Number();
            }
            else if (cursor.Is("low"u8))
            {
                low = cursor.Number();
            }
            else if (cursor.Is("close"u8))
            {
                close = cursor.Number();
            }
            else if (cursor.Is("volume"u8))
            {
                volume = cursor.Number();
            }
            else if (cursor.Is("confirm"u8))
            {
                isClosed = cursor.Flag();
            }
            else
            {
                cursor.Skip();
            }
        }

        if (start is null || interval is null || isClosed is null || open is not > 0 || high is not > 0 || low is not > 0 || close is not > 0 || volume is not >= 0)
        {
            cursor.Fail("a candle has no start, length, positive prices, volume or end mark");
            return;
        }

        candles.Add(new CandleRow(
            start.Value, interval.Value, new Price(open.Value), new Price(high.Value), new Price(low.Value), new Price(close.Value), new Quantity(volume.Value), isClosed.Value, time));
    }
}
