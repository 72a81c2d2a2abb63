using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>Reads the rows of a trade message.</summary>
internal static class TradeReader
{
    /// <summary>Reads all rows; they must be of one market.</summary>
    /// <returns>Where the market's name stands in the message.</returns>
    public static Range Read(ref JsonCursor cursor, ReadOnlySpan<byte> payload, List<TradeRow> trades)
    {
        var symbol = 0..0;
        if (!cursor.EnterArray())
        {
            cursor.Fail("the trades are no list");
            return symbol;
        }

        while (cursor.NextObject())
        {
            ReadRow(ref cursor, payload, ref symbol, trades);
        }

        return symbol;
    }

    private static void ReadRow(ref JsonCursor cursor, ReadOnlySpan<byte> payload, ref Range symbol, List<TradeRow> trades)
    {
        Timestamp? time = null;
        string? id = null;
        decimal? price = null, quantity = null;
        Side? side = null;
        long sequence = 0;
        while (cursor.NextField())
        {
            if (cursor.Is("T"u8))
            {
                time = cursor.Time();
            }
            else if (cursor.Is("p"u8))
            {
                price = cursor.Number();
            }
            else if (cursor.Is("v"u8))
            {
                quantity = cursor.Number();
            }
            else if (cursor.Is("S"u8))
            {
                side = Sides.Read(ref cursor);
            }
            else if (cursor.Is("i"u8))
            {
                id = cursor.Text();
            }
            else if (cursor.Is("seq"u8))
            {
                sequence = cursor.Integer() ?? 0;
            }
            else if (cursor.Is("s"u8))
            {
                ReadSymbol(ref cursor, payload, ref symbol);
            }
            else
            {
                cursor.Skip();
            }
        }

        if (id is null || side is null || quantity is not > 0 || price is not { } paid || !Price.TryCreate(paid, out var valid))
        {
            cursor.Fail("a trade has no id, side, positive price or positive quantity");
            return;
        }

        trades.Add(new TradeRow(time, new TradeId(id), valid, new Quantity(quantity.Value), side.Value, sequence));
    }

    private static void ReadSymbol(ref JsonCursor cursor, ReadOnlySpan<byte> payload, ref Range symbol)
    {
        var read = Slices.RangeOf(payload, cursor.RawText());
        if (symbol.Equals(0..0))
        {
            symbol = read;
        }
        else if (!payload[symbol].SequenceEqual(payload[read]))
        {
            cursor.Fail("one message holds trades of two markets");
        }
    }
}
