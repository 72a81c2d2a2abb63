namespace Workbench.Scripting;

/// <summary>How a run ended. Holds nothing that belongs to the script's load context.</summary>
public abstract record ScriptResult
{
    private ScriptResult()
    {
    }

    /// <summary>It ran to its end.</summary>
    /// <param name="ReturnValue">What it returned: a simple value or a value of the Sdk as it is, anything else as text.</param>
    public sealed record Succeeded(object? ReturnValue) : ScriptResult;

    /// <summary>It threw.</summary>
    public sealed record Failed(ScriptFailure Failure) : ScriptResult;

    /// <summary>It was told to stop and stopped.</summary>
    /// <param name="LeftRunning">True when it did not come to its end in the time allowed and was left behind: it sits in a call that cannot be interrupted.</param>
    public sealed record Cancelled(bool LeftRunning) : ScriptResult;
}
