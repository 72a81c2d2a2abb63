namespace Workbench.Tui.Tables;

/// <summary>Divides columns into pages that fit a width. The first page has the most important ones; every other column is on a later page, beside those of rank 0.</summary>
internal static class ColumnPages
{
    public static IReadOnlyList<int[]> Divide(IReadOnlyList<Column> columns, IReadOnlyList<int> widths, int available)
    {
        var unseen = Enumerable.Range(0, columns.Count).Where(i => columns[i].Rank > 0).OrderBy(i => columns[i].Rank).ThenBy(i => i).ToList();
        int[] pinned = [.. Enumerable.Range(0, columns.Count).Where(i => columns[i].Rank == 0)];
        var pages = new List<int[]>();
        do
        {
            var page = pinned.ToList();
            var left = available - pinned.Sum(i => widths[i] + columns[i].Gap);
            foreach (var i in unseen.Where(i => widths[i] + columns[i].Gap <= left || page.Count == pinned.Length).ToArray())
            {
                // The first one is taken even where it does not fit, so that every column is seen somewhere.
                var fits = widths[i] + columns[i].Gap <= left;
                if (fits || page.Count == pinned.Length)
                {
                    page.Add(i);
                    unseen.Remove(i);
                    left -= widths[i] + columns[i].Gap;
                }
            }

            pages.Add([.. page.Order()]);
        }
        while (unseen.Count > 0);
        return pages;
    }
}
