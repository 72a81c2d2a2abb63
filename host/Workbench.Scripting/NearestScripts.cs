namespace Workbench.Scripting;

/// <summary>Guesses which script was meant.</summary>
internal static class NearestScripts
{
    private const int MaxNames = 3;

    /// <summary>The .csx files in the folder of a path whose names are nearest to its name.</summary>
    public static IReadOnlyList<string> To(string path)
    {
        var folder = Path.GetDirectoryName(path);
        if (folder is null || !Directory.Exists(folder))
        {
            return [];
        }

        var wanted = Path.GetFileNameWithoutExtension(path).ToLowerInvariant();
        return
        [
            .. Directory.EnumerateFiles(folder, "*.csx")
                .Select(f => Path.GetFileName(f))
                .OrderBy(f => Distance(wanted, Path.GetFileNameWithoutExtension(f).ToLowerInvariant()))
                .ThenBy(f => f, StringComparer.Ordinal)
                .Take(MaxNames),
        ];
    }

    // Levenshtein: letters to add, drop or change.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
