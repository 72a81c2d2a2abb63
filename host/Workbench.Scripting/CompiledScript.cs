using Workbench.Scripting.Compiling;

namespace Workbench.Scripting;

/// <summary>A compiled script: bytes and what belongs to them. Each run loads them anew, so that runs share no static state.</summary>
public sealed class CompiledScript
{
    /// <summary>The class that a script becomes.</summary>
    internal const string ClassName = "Submission#0";

    /// <summary>The class of the script's assembly that holds the flag of its stop checks.</summary>
    internal const string StopClassName = "__WorkbenchStop";

    /// <summary>Sets that flag; takes and returns nothing.</summary>
    internal const string StopMethodName = "Request";

    internal CompiledScript(string path, byte[] assembly, byte[] symbols, IReadOnlyList<ScriptInput> inputs, IReadOnlyList<string> references, ColumnMap columns)
    {
        Path = path;
        Assembly = assembly;
        Symbols = symbols;
        Inputs = inputs;
        References = references;
        Columns = columns;
    }

    /// <summary>The full path of the script.</summary>
    public string Path { get; }

    /// <summary>True when it came from the disk cache and no compiler was needed.</summary>
    public bool FromCache { get; internal init; }

    internal byte[] Assembly { get; }

    internal byte[] Symbols { get; }

    /// <summary>Every file whose content decides what the compiler makes: the script first, then what it loads and references.</summary>
    internal IReadOnlyList<ScriptInput> Inputs { get; }

    /// <summary>Full paths of the assemblies named by <c>#r</c>.</summary>
    internal IReadOnlyList<string> References { get; }

    internal ColumnMap Columns { get; }
}

/// <summary>A file and the SHA-256 of its content.</summary>
internal sealed record ScriptInput(string Path, string Hash);
