namespace Workbench.Scripting.Compiling;

/// <summary>The assemblies that the host process itself runs with, by simple name.</summary>
internal static class PlatformAssemblies
{
    private static readonly Dictionary<string, string> Paths = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .GroupBy(p => Path.GetFileNameWithoutExtension(p), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Name and path of each.</summary>
    public static IReadOnlyDictionary<string, string> All => Paths;

    /// <summary>True when the default load context has it: scripts then share it, so that types are the same on both sides.</summary>
    public static bool Contains(string simpleName) => Paths.ContainsKey(simpleName);
}
