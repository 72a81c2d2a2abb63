namespace Workbench.Tui;

/// <summary>Settings of the console.</summary>
public sealed record ConsoleOptions
{
    /// <summary>True for no colours at all. By default true when the environment variable NO_COLOR is set and not empty.</summary>
    public bool Monochrome { get; init; } = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>True to take mouse clicks and the wheel; false leaves the mouse to the terminal, for selecting text.</summary>
    public bool Mouse { get; init; } = true;

    /// <summary>Age from which a number counts as stale: dimmed, with its age beside it. Greater than zero.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets every error that the console survived, with the name of the part that failed. Called on the console's thread.</summary>
    public Action<string, Exception> ReportError { get; init; } = static (_, _) => { };

    /// <summary>The clock for time limits of the console itself; what is shown takes its time from the snapshot.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
