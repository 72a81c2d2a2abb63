using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Rest;

/// <summary>Follows the venue's page cursors to the end.</summary>
internal static class Pages
{
    // At 50 rows a page more than any account can hold (500 open orders); a venue that never ends its pages is broken.
    private const int MostPages = 400;

    /// <summary>Reads one page after another and gathers their rows; the first page that fails, fails all: half a list is no list.</summary>
    /// <param name="page">Reads the page at a cursor, null for the first, and adds its rows; answers with the number of rows on it.</param>
    public static async Task<VenueError?> ReadAllAsync(Func<string?, Task<ReadResult<Page>>> page)
    {
        string? cursor = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < MostPages; i++)
        {
            var read = await page(cursor).ConfigureAwait(false);
            if (!read.IsOk)
            {
                return read.Error;
            }

            cursor = read.Value.NextCursor;
            if (string.IsNullOrEmpty(cursor) || read.Value.Rows == 0)
            {
                return null;
            }

            if (!seen.Add(cursor))
            {
                break;
            }
        }

        return new VenueError(VenueErrorKind.BadResponse, "The venue's pages do not end.");
    }
}

/// <summary>What a page says beside its rows.</summary>
/// <param name="NextCursor">Where the next page begins; null or empty at the end.</param>
/// <param name="Rows">How many rows the venue sent, usable or not.</param>
internal readonly record struct Page(string? NextCursor, int Rows);
