using Workbench.Simulator.Faults;

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
    public static int Distance(string a, string b) => Nearest.Distance(a, b);

    // apiKey, api-key and API_KEY are all slips for api_key.
    private static string Plain(string name) => name.Replace('-', '_').ToLowerInvariant();
}
