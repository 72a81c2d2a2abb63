using Workbench.Simulator.Faults.Catalogue;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Faults;

/// <summary>What the dialects ask when they answer a query.</summary>
internal static class QueryFaults
{
    /// <summary>Whether a query must not see this order and its fills.</summary>
    public static bool Hides(FaultLab faults, Order order, long nowMicros) => !faults.IsQuiet && faults.Any(order.Symbol, fault => fault.Name switch
    {
        "query-lag" => nowMicros - order.CreatedMicros < (long)fault.Get(QueryTable.Lag).TotalMicroseconds,
        "order-not-found" => true,
        _ => false,
    });
}
