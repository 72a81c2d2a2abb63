namespace Workbench.Configuration;

/// <summary>What is logged and where.</summary>
internal sealed record LoggingConfig
{
    /// <summary>The least severity that reaches the file.</summary>
    public required LogSeverity Level { get; init; }

    public required LogConsoleConfig Console { get; init; }

    public required LogFileConfig File { get; init; }
}

/// <summary>The readable log on the console.</summary>
internal sealed record LogConsoleConfig
{
    public required LogSeverity Level { get; init; }
}

/// <summary>The rolling compact-JSON file.</summary>
internal sealed record LogFileConfig
{
    public required string Directory { get; init; }

    public required LogRoll Roll { get; init; }

    /// <summary>How many files are kept.</summary>
    public required int Retain { get; init; }

    /// <summary>A file that reaches it is continued in a new one.</summary>
    public required long MaxSizeBytes { get; init; }
}

/// <summary>Severities, least first, named and ordered as in Microsoft.Extensions.Logging.</summary>
internal enum LogSeverity
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}

/// <summary>When a new log file begins.</summary>
internal enum LogRoll
{
    Day,
    Hour,
}
