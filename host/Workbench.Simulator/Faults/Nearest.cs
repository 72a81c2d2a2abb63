namespace Workbench.Simulator.Faults;

/// <summary>The name somebody probably meant.</summary>
internal static class Nearest
{
    /// <summary>The nearest of the names, or null when none is near.</summary>
    public static string? To(string text, IEnumerable<string> names)
    {
        var nearest = names.MinBy(n => Distance(text, n));
        return nearest is not null && (Distance(text, nearest) <= Math.Max(2, text.Length / 3) || nearest.Contains(text, StringComparison.Ordinal))
            ? nearest
            : null;
    }

    /// <summary><c>; did you mean 'x'?</c>, or the names there are.</summary>
    public static string Hint(string text, IReadOnlyCollection<string> names) =>
        To(text, names) is { } near ? $"; did you mean '{near}'?" : $". Known: {string.Join(", ", names)}.";

    /// <summary>Edits between two words, two neighbours in the wrong order counting as one.</summary>
    public static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
