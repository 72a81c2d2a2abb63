using System.Globalization;
using Workbench.Simulator.Bybit.Wire;

namespace Workbench.Simulator.Bybit.Rest;

/// <summary>
/// Page cursors in the venue's escaped-looking form. Clients put them into the next query raw or escaped once more, so one
/// form or the other comes back.
/// </summary>
internal static class Cursor
{
    private const string Lead = "page_args";

    public static string Of(long key) => $"{Lead}%3D{BybitJson.Text(key)}%26";

    /// <summary>Null when there is no cursor; 0 when it is not one of ours.</summary>
    public static long? Parse(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var plain = Uri.UnescapeDataString(text);
        if (!plain.StartsWith(Lead + "=", StringComparison.Ordinal))
        {
            return 0;
        }

        var digits = plain[(Lead.Length + 1)..].TrimEnd('&');
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : 0;
    }

    /// <summary>Cuts one page of items whose keys fall, and says where the next begins ("" after a page that is not full).</summary>
    public static (List<T> Page, string Next) Cut<T>(IEnumerable<T> newestFirst, Func<T, long> key, long? before, int limit)
    {
        var page = newestFirst.Where(item => before is null || key(item) < before).Take(limit).ToList();
        return (page, page.Count == limit ? Of(key(page[^1])) : "");
    }
}
