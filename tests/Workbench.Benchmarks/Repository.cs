namespace Workbench.Benchmarks;

/// <summary>Where the working tree is.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Workbench.sln; the current one when the program was copied elsewhere.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory) ?? Environment.CurrentDirectory;

    private static string? Find(string? from)
    {
        while (from is not null && !File.Exists(Path.Combine(from, "Workbench.sln")))
        {
            from = Path.GetDirectoryName(from);
        }

        return from;
    }
}
