using System.Text.Json;
using Workbench.Plugins.Bybit.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Rest;

/// <summary>Reads the form that all lists of the venue share: <c>{"list":[{…}],"nextPageCursor":"…","category":"…"}</c>.</summary>
internal static class ListResult
{
    /// <summary>Reads one row whose object has been entered, and adds it to where it belongs.</summary>
    public delegate void RowReader(ref JsonCursor cursor);

    /// <summary>Reads every row. A row's own problems are the reader's to look at; what is left of them afterwards fails the page.</summary>
    public static ReadResult<Page> Read(ReadOnlyMemory<byte> result, RowReader readRow)
    {
        try
        {
            return ReadFields(result.Span, readRow);
        }
        catch (JsonException)
        {
            return Bad("it is no JSON");
        }
    }

    private static ReadResult<Page> ReadFields(ReadOnlySpan<byte> result, RowReader readRow)
    {
        var cursor = new JsonCursor(result);
        var rows = -1;
        string? next = null;
        if (!cursor.EnterObject())
        {
            return Bad("it is no object");
        }

        while (cursor.NextField())
        {
            if (cursor.Is("nextPageCursor"u8))
            {
                next = cursor.Text();
            }
            else if (cursor.Is("list"u8) && rows < 0)
            {
                rows = ReadRows(ref cursor, readRow);
            }
            else
            {
                cursor.Skip();
            }
        }

        if (rows < 0)
        {
            return Bad("it has no list");
        }

        return cursor.Problem is { } problem ? Bad(problem) : new Page(next, rows);
    }

    private static int ReadRows(ref JsonCursor cursor, RowReader readRow)
    {
        if (!cursor.EnterArray())
        {
            return -1;
        }

        var rows = 0;
        while (cursor.NextObject())
        {
            readRow(ref cursor);
            rows++;
        }

        return rows;
    }

    private static VenueError Bad(string why) => new(VenueErrorKind.BadResponse, $"The venue's list cannot be read: {why}.");
}
