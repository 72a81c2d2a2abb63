using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Workbench.Scripting.Compiling;

/// <summary>Finds <c>#load</c> files beside the file that names them.</summary>
internal sealed class LoadResolver(ScriptFiles files, CSharpParseOptions options, bool weave) : SourceReferenceResolver
{
    public override string? NormalizePath(string path, string? baseFilePath) => ScriptPaths.Resolve(path, baseFilePath ?? files.Main);

    public override string? ResolveReference(string path, string? baseFilePath)
    {
        var full = ScriptPaths.Resolve(path, baseFilePath ?? files.Main);
        return full is not null && File.Exists(full) ? full : null;
    }

    public override Stream OpenRead(string resolvedPath) => new MemoryStream(Encoding.UTF8.GetBytes(ReadText(resolvedPath).ToString()), writable: false);

    public override SourceText ReadText(string resolvedPath) => weave ? files.Woven(resolvedPath, options) : files.Original(resolvedPath);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
