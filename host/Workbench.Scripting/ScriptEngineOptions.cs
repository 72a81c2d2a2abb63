namespace Workbench.Scripting;

/// <summary>Settings of a <see cref="ScriptEngine"/>.</summary>
public sealed record ScriptEngineOptions
{
    /// <summary>The largest source file that is read, in bytes: more is a mistake or an attack on the compiler.</summary>
    public const int MaxSourceBytes = 1024 * 1024;

    /// <summary>Where compiled scripts are kept; null keeps none. Whoever can write there can run code as this user.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>How many characters a run may print before the rest is dropped.</summary>
    public int OutputLimitCharacters { get; init; } = 1024 * 1024;

    /// <summary>How long a script that was told to stop may take before it is left behind.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether every loop asks if it must stop. Costs next to nothing; without it a loop that never waits cannot be stopped.</summary>
    public bool StopChecks { get; init; } = true;
}
