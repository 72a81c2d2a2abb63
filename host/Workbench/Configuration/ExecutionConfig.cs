namespace Workbench.Configuration;

/// <summary>How orders are carried out.</summary>
internal sealed record ExecutionConfig
{
    /// <summary>How many times one order may be sent, one after the other; 1 to 8.</summary>
    public required int MaxAttempts { get; init; }
}
