using Microsoft.CodeAnalysis.CSharp;

namespace Workbench.Scripting.Compiling;

/// <summary>Looks at the <c>#r</c> lines of a script before the compiler does.</summary>
internal static class ReferenceDirectives
{
    private static readonly string[] Schemes = ["nuget:", "plugin:"];

    /// <summary>An error for each <c>#r</c> of a kind that this version does not have.</summary>
    public static IReadOnlyList<ScriptDiagnostic> NotOffered(CSharpCompilation compilation) =>
    [
        .. compilation.SyntaxTrees
            .SelectMany(t => t.GetCompilationUnitRoot().GetReferenceDirectives())
            .Where(d => Schemes.Any(s => d.File.ValueText.StartsWith(s, StringComparison.OrdinalIgnoreCase)))
            .Select(d => DiagnosticText.At(
                d.File.GetLocation(),
                "WB2001",
                $"#r \"{d.File.ValueText}\" is not supported by this version of Workbench: reference an assembly file instead, such as #r \"lib/MyLibrary.dll\".")),
    ];
}
