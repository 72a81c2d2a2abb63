using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>What one event changed.</summary>
/// <param name="Changed">Orders with a new state.</param>
/// <param name="NewFills">Fills applied for the first time.</param>
/// <param name="Effects">What the host must do now.</param>
/// <param name="Anomalies">What should not have happened, in words; logged, counted and shown, never dropped.</param>
public sealed record ExecutionResult(
    IReadOnlyList<Order> Changed,
    IReadOnlyList<Fill> NewFills,
    IReadOnlyList<ExecutionEffect> Effects,
    IReadOnlyList<string> Anomalies)
{
    /// <summary>Intents that may have another attempt now; the host answers each with its preparation or a denial.</summary>
    public IReadOnlyList<NextAttempt> Wanted { get; init; } = [];

    /// <summary>Nothing changed.</summary>
    public static ExecutionResult Nothing { get; } = new([], [], [], []);
}
