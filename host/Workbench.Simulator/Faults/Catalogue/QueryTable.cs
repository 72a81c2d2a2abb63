namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults of what queries see.</summary>
internal static class QueryTable
{
    public static readonly FaultOption<TimeSpan> Lag = FaultOption.Duration("delay", "0ms", "30d", "2s", "How long a fresh order cannot be seen.");

    public static IEnumerable<FaultDefinition> All =>
    [
        new("query-lag", "E11", "A fresh order and its fills cannot be seen by queries for a while.")
        {
            Own = [Lag],
            IsSteady = true,
        },
        new("order-not-found", "E11", "Queries say that orders do not exist, however old and alive they are.")
        {
            IsSteady = true,
        },
    ];
}
