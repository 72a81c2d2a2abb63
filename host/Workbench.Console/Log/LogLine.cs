using Workbench.Sdk;

namespace Workbench.Tui;

/// <summary>How serious a log line is.</summary>
public enum LogSeverity
{
    /// <summary>For whoever looks for a fault.</summary>
    Debug,

    /// <summary>Normal course of things.</summary>
    Information,

    /// <summary>Something to keep an eye on.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Error,
}

/// <summary>One line of the log as people read it.</summary>
/// <param name="At">When.</param>
/// <param name="Severity">How serious.</param>
/// <param name="Text">The message, rendered. It may hold anything; the console makes it harmless.</param>
public sealed record LogLine(Timestamp At, LogSeverity Severity, string Text);

/// <summary>The newest log lines at one moment.</summary>
/// <param name="Version">Rises with every line written; equal versions mean equal lines.</param>
/// <param name="Lines">Oldest first.</param>
public sealed record ConsoleLog(long Version, IReadOnlyList<LogLine> Lines)
{
    /// <summary>No lines yet.</summary>
    public static ConsoleLog Empty { get; } = new(0, []);
}
