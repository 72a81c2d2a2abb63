using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Streams;

/// <summary>Reads one side of a book.</summary>
internal static class LevelReader
{
    public static void Read(ref JsonCursor cursor, List<PriceLevel> levels)
    {
        if (!cursor.EnterArray())
        {
            cursor.Fail("a side of the book is no list");
            return;
        }

        Span<decimal> row = stackalloc decimal[2];
        while (cursor.NextRow(row, out var count))
        {
            if (count < 2 || row[1] < 0 || !Price.TryCreate(row[0], out var price))
            {
                cursor.Fail("a level of the book has no positive price or no quantity");
                continue;
            }

            levels.Add(new PriceLevel(price, new Quantity(row[1])));
        }
    }
}
