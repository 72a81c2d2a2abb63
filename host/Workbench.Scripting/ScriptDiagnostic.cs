namespace Workbench.Scripting;

/// <summary>How much a diagnostic matters.</summary>
public enum ScriptSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Probably wrong.</summary>
    Warning,

    /// <summary>The script cannot run.</summary>
    Error,
}

/// <summary>What the compiler says about one place of a script. Line and column start at 1.</summary>
public sealed record ScriptDiagnostic(string File, int Line, int Column, string Id, string Message, ScriptSeverity Severity)
{
    /// <summary>As every compiler writes it, so that editors and terminals find the place.</summary>
    public override string ToString() => $"{File}({Line},{Column}): {Severity.ToString().ToLowerInvariant()} {Id}: {Message}";
}
