using System.Text.Json;
using Workbench.Plugins.Bybit.Json;
using Workbench.Plugins.Bybit.Streams;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.MarketData;

/// <summary>Reads <c>/v5/market/kline</c>: rows of start, open, high, low, close, volume, turnover, the newest first.</summary>
internal static class CandleHistory
{
    private const int Columns = 6;

    /// <summary>The candles, oldest first.</summary>
    /// <param name="result">The venue's result.</param>
    /// <param name="interval">Length of the candles that were asked for.</param>
    /// <param name="venueNow">Decides whether the newest one is complete.</param>
    public static ReadResult<List<CandleRow>> Read(ReadOnlySpan<byte> result, TimeSpan interval, Timestamp venueNow)
    {
        var rows = new List<CandleRow>();
        try
        {
            var problem = ReadFields(result, interval, venueNow, rows);
            rows.Reverse();
            return problem is null ? rows : Bad(problem);
        }
        catch (JsonException)
        {
            return Bad("it is no JSON");
        }
    }

    private static string? ReadFields(ReadOnlySpan<byte> result, TimeSpan interval, Timestamp venueNow, List<CandleRow> rows)
    {
        var cursor = new JsonCursor(result);
        var hasList = false;
        if (!cursor.EnterObject())
        {
            return "it is no object";
        }

        while (cursor.NextField())
        {
            if (!cursor.Is("list"u8))
            {
                cursor.Skip();
            }
            else if (cursor.EnterArray())
            {
                hasList = true;
                ReadRows(ref cursor, interval, venueNow, rows);
            }
        }

        return cursor.Problem ?? (hasList ? null : "it has no list");
    }

    private static void ReadRows(ref JsonCursor cursor, TimeSpan interval, Timestamp venueNow, List<CandleRow> rows)
    {
        Span<decimal> row = stackalloc decimal[Columns];
        while (cursor.NextRow(row, out var count))
        {
            if (count < Columns || row[0] is <= 0 or > 7_258_118_400_000 || row[1..5].ContainsAnyInRange(decimal.MinValue, 0) || row[5] < 0)
            {
                cursor.Fail("a candle has no start, positive prices or volume");
                continue;
            }

            var start = Timestamp.FromUnixMilliseconds((long)row[0]);
            rows.Add(new CandleRow(
                start, interval, new Price(row[1]), new Price(row[2]), new Price(row[3]), new Price(row[4]), new Quantity(row[5]), start + interval <= venueNow, null));
        }
    }

    private static VenueError Bad(string why) => new(VenueErrorKind.BadResponse, $"The venue's candles cannot be read: {why}.");
}
