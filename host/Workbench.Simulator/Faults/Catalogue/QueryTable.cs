namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Faults of what queries see.</summary>
internal static class QueryTable
{
    private static readonly FaultOption<TimeSpan> Lag = FaultOption.Duration("delay", "0ms", "30d", "2s", "How long a fresh order cannot be seen.");

    public static IEnumerable<FaultDefinition> All =>
    [
        new("query-lag", "E11", "A fresh order and its fills cannot be seen by queries for a while.")
        {
            Own = [Lag],
            IsSteady = true,
            Hides = static (fault, order, nowMicros) => nowMicros - order.CreatedMicros < (long)fault.Get(Lag).TotalMicroseconds,
        },
        new("order-not-found", "E11", "Queries say that orders do not exist, however old and alive they are.")
        {
            IsSteady = true,
            Hides = static (_, _, _) => true,
        },
    ];
}
