using System.Reflection;
using System.Runtime.Loader;
using Workbench.Scripting.Compiling;

namespace Workbench.Scripting.Running;

/// <summary>Holds the code of one run and is thrown away with it.</summary>
/// <remarks>It must not keep an assembly, type or delegate of the script in a field: the runtime holds an unloading context strongly until its code is gone, so it would never go.</remarks>
internal sealed class ScriptLoadContext(string name, IReadOnlyList<string> references) : AssemblyLoadContext(name, isCollectible: true)
{
    public Assembly Load(CompiledScript script)
    {
        using var assembly = new MemoryStream(script.Assembly, writable: false);
        using var symbols = new MemoryStream(script.Symbols, writable: false);
        return LoadFromStream(assembly, symbols);
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var simple = assemblyName.Name!;
        if (PlatformAssemblies.Contains(simple))
        {
            return null;
        }

        var path = references.FirstOrDefault(r => string.Equals(Path.GetFileNameWithoutExtension(r), simple, StringComparison.OrdinalIgnoreCase))
            ?? references.Select(r => Path.Combine(Path.GetDirectoryName(r)!, simple + ".dll")).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return null;
        }

        // From memory: a mapped file that a build overwrites takes the whole process down.
        using var stream = new MemoryStream(File.ReadAllBytes(path), writable: false);
        return LoadFromStream(stream);
    }
}
