using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Faults;

/// <summary>What the dialects ask when they answer a query.</summary>
internal static class QueryFaults
{
    /// <summary>Whether a query must not see this order and its fills.</summary>
    public static bool Hides(FaultLab faults, Order order, long nowMicros)
    {
        if (faults.IsQuiet)
        {
            return false;
        }

        foreach (var fault in faults.Live.All)
        {
            if (fault.Concerns(order.Symbol) && fault.Definition.Hides?.Invoke(fault, order, nowMicros) == true)
            {
                return true;
            }
        }

        return false;
    }
}
