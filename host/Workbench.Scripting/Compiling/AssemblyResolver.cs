using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.CodeAnalysis;

namespace Workbench.Scripting.Compiling;

/// <summary>Resolves <c>#r</c> to an assembly file beside the script, or to an assembly of the shared framework by name.</summary>
/// <remarks>Missing indirect references are not searched for: Roslyn would do that anew for every compile, at 25 MB each.</remarks>
internal sealed class AssemblyResolver(string mainPath) : MetadataReferenceResolver
{
    private readonly Dictionary<string, ScriptInput> _used = new(StringComparer.Ordinal);

    /// <summary>The files that were referenced.</summary>
    public IEnumerable<ScriptInput> Used => _used.Values;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        if (ScriptReferences.ByName(reference) is { } known)
        {
            return [known];
        }

        var path = ScriptPaths.Resolve(reference, baseFilePath ?? mainPath);
        if (path is null || !File.Exists(path))
        {
            return [];
        }

        var content = File.ReadAllBytes(path);
        _used[path] = new ScriptInput(path, Convert.ToHexString(SHA256.HashData(content)));
        return [MetadataReference.CreateFromImage(content, properties, filePath: path)];
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
