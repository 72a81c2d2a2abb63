using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Workbench.Scripting.Compiling;

/// <summary>Turns the compiler's diagnostics into ours.</summary>
internal static class DiagnosticText
{
    public const string TooDeep = "An expression or statement is nested too deeply to be compiled; split it.";

    /// <summary>The errors, each once, in the order of the source.</summary>
    public static IReadOnlyList<ScriptDiagnostic> Errors(IEnumerable<Diagnostic> diagnostics) =>
        [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(Convert).Distinct().OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column)];

    /// <summary>One of our own, at a place in a source file.</summary>
    public static ScriptDiagnostic At(Location location, string id, string message)
    {
        var span = location.GetMappedLineSpan();
        return new ScriptDiagnostic(span.Path ?? "", span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, id, message, ScriptSeverity.Error);
    }

    /// <summary>What to say when the compiler itself threw; it does that for code that is nested too deeply for its stack.</summary>
    public static ScriptDiagnostic OfCrash(string path, Exception exception)
    {
        var cause = exception is AggregateException aggregate ? aggregate.Flatten().InnerExceptions[0] : exception;
        return cause is InsufficientExecutionStackException
            ? new ScriptDiagnostic(path, 1, 1, NestingGuard.Id, TooDeep, ScriptSeverity.Error)
            : new ScriptDiagnostic(path, 1, 1, "WB2003", $"The compiler failed on this script: {cause.GetType().Name}: {cause.Message}", ScriptSeverity.Error);
    }

    private static ScriptDiagnostic Convert(Diagnostic diagnostic) => At(diagnostic.Location, diagnostic.Id, diagnostic.GetMessage(CultureInfo.InvariantCulture));
}
