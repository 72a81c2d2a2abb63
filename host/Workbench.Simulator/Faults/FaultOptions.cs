namespace Workbench.Simulator.Faults;

/// <summary>How a fault behaves. What a fault does not use it ignores.</summary>
public sealed record FaultOptions
{
    /// <summary>The fault clears itself after it struck this many times; null: until cleared.</summary>
    public int? Count { get; init; }

    /// <summary>How long, for faults that delay.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>HTTP status, for faults that answer.</summary>
    public int Status { get; init; } = 503;

    /// <summary>Strike before the request is executed, and do not execute it.</summary>
    public bool BeforeExecution { get; init; }
}
