namespace Workbench.Configuration.Schema;

/// <summary>Finds the name a user most likely meant, by Damerau-Levenshtein distance (a swap of neighbours counts as one slip).</summary>
internal static class NearestName
{
    /// <summary>The nearest candidate, or null when none is near enough to be meant.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        var plain = Plain(name);
        string? best = null;
        var bestDistance = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var allowed = Math.Max(1, Math.Max(plain.Length, candidate.Length) / 3);
            var distance = Math.Abs(plain.Length - candidate.Length) > allowed ? int.MaxValue : Distance(plain, Plain(candidate));
            if (distance <= allowed && distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>The least number of insertions, deletions, replacements and swaps of neighbours between two short texts.</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                d[i, j] = i == 0 || j == 0 ? i + j : Cell(a, b, d, i, j);
            }
        }

        return d[a.Length, b.Length];
    }

    private static int Cell(string a, string b, int[,] d, int i, int j)
    {
        var replace = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        var best = Math.Min(replace, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
        return swapped ? Math.Min(best, d[i - 2, j - 2] + 1) : best;
    }

    // apiKey, api-key and API_KEY are all slips for api_key.
    private static string Plain(string name) => name.Replace('-', '_').ToLowerInvariant();
}
