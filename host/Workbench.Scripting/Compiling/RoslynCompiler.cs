using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Workbench.Scripting.Compiling;

/// <summary>Compiles scripts. Touching this class loads Roslyn.</summary>
internal static class RoslynCompiler
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks",
        "Microsoft.Extensions.Logging", // Log is of no use without its extension methods
        "Workbench.Sdk",
        typeof(ScriptSurface).FullName!, // a class: its static members are imported
    ];

    /// <summary>Compiles one script with everything it loads. Never throws for what stands in it.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static ScriptCompilation Compile(string path, byte[] content, bool stopChecks, CancellationToken cancellationToken)
    {
        try
        {
            return CompileUnguarded(path, content, stopChecks, cancellationToken);
        }
#pragma warning disable CA1031 // boundary: compiler
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new ScriptCompilation.CompileFailed([DiagnosticText.OfCrash(path, e)]);
        }
    }

    private static ScriptCompilation CompileUnguarded(string path, byte[] content, bool stopChecks, CancellationToken cancellationToken)
    {
        if (NestingGuard.Find(content) is var (line, column))
        {
            return new ScriptCompilation.CompileFailed([new ScriptDiagnostic(path, line, column, NestingGuard.Id, NestingGuard.Message, ScriptSeverity.Error)]);
        }

        var attempt = new Attempt(path, content);
        var compilation = attempt.Create(stopChecks);
        var refused = ReferenceDirectives.NotOffered(compilation);
        if (refused.Count > 0)
        {
            return new ScriptCompilation.CompileFailed(refused);
        }

        if (compilation.SyntaxTrees.Select(SyntaxDepth.TooDeep).FirstOrDefault(n => n is not null) is { } node)
        {
            return new ScriptCompilation.CompileFailed([DiagnosticText.At(node.GetLocation(), NestingGuard.Id, DiagnosticText.TooDeep)]);
        }

        if (attempt.Emit(compilation, cancellationToken) is { } script)
        {
            return new ScriptCompilation.Compiled(script);
        }

        // The author is told about the text as written. Should only the woven text have failed, the script runs without stop checks.
        attempt = new Attempt(path, content);
        var asWritten = attempt.Create(stopChecks: false);
        return attempt.Emit(asWritten, cancellationToken) is { } plain
            ? new ScriptCompilation.Compiled(plain)
            : new ScriptCompilation.CompileFailed(DiagnosticText.Errors(asWritten.GetDiagnostics(cancellationToken).Concat(attempt.EmitDiagnostics)));
    }

    private sealed class Attempt(string path, byte[] content)
    {
        private readonly ScriptFiles _files = new(path, content);
        private readonly AssemblyResolver _assemblies = new(path);

        public IReadOnlyList<Diagnostic> EmitDiagnostics { get; private set; } = [];

        public CSharpCompilation Create(bool stopChecks)
        {
            var text = stopChecks ? _files.Woven(path, ParseOptions) : _files.Original(path);
            var options = new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                scriptClassName: CompiledScript.ClassName,
                usings: Usings,
                optimizationLevel: OptimizationLevel.Release,
                deterministic: true,
                concurrentBuild: false, // stays on the thread with the big stack; a script is too small to gain
                warningLevel: 0,
                nullableContextOptions: NullableContextOptions.Disable,
                sourceReferenceResolver: new LoadResolver(_files, ParseOptions, stopChecks),
                metadataReferenceResolver: _assemblies);
            return CSharpCompilation.CreateScriptCompilation(
                $"script-{Path.GetFileNameWithoutExtension(path)}",
                CSharpSyntaxTree.ParseText(text, ParseOptions, path),
                ScriptReferences.All,
                options,
                returnType: typeof(object));
        }

        public CompiledScript? Emit(CSharpCompilation compilation, CancellationToken cancellationToken)
        {
            using var assembly = new MemoryStream();
            using var symbols = new MemoryStream();
            var result = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb), cancellationToken: cancellationToken);
            EmitDiagnostics = result.Diagnostics;
            return result.Success
                ? new CompiledScript(path, assembly.ToArray(), symbols.ToArray(), [.. _files.Inputs, .. _assemblies.Used], [.. _assemblies.Used.Select(u => u.Path)], _files.Columns)
                : null;
        }
    }
}
