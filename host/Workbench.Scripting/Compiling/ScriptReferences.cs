using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace Workbench.Scripting.Compiling;

/// <summary>What every script is compiled against: the shared framework, the Sdk and the script surface. Made once per process, because Roslyn keeps what it has decoded with the reference.</summary>
internal static class ScriptReferences
{
    private static readonly string[] Own =
    [
        "Workbench.Sdk", "Workbench.Scripting", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions",
    ];

    private static readonly string FrameworkFolder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly Lazy<Dictionary<string, PortableExecutableReference>> References = new(() => PlatformAssemblies.All
        .Where(a => Own.Contains(a.Key, StringComparer.OrdinalIgnoreCase) || IsFramework(a.Key, a.Value))
        .ToDictionary(a => a.Key, a => MetadataOnly(a.Value), StringComparer.OrdinalIgnoreCase));

    private static readonly Lazy<ImmutableArray<MetadataReference>> AllReferences = new(() => [.. References.Value.Values]);

    /// <summary>Everything, complete: what is missing Roslyn would look for in every compile.</summary>
    public static ImmutableArray<MetadataReference> All => AllReferences.Value;

    /// <summary>One by its name, with or without <c>.dll</c>, or null.</summary>
    public static PortableExecutableReference? ByName(string name) =>
        References.Value.GetValueOrDefault(name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name);

    private static bool IsFramework(string name, string path) =>
        Path.GetDirectoryName(path) == FrameworkFolder && name is not ("mscorlib" or "WindowsBase") && !name.StartsWith("Microsoft.VisualBasic", StringComparison.Ordinal);

    // CreateFromFile would copy the whole images, 84 MB for the framework.
    private static PortableExecutableReference MetadataOnly(string path)
    {
        using var stream = File.OpenRead(path);
        return AssemblyMetadata.Create(ModuleMetadata.CreateFromStream(stream, PEStreamOptions.PrefetchMetadata)).GetReference(filePath: path);
    }
}
