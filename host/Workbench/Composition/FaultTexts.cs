using Workbench.Sdk;
using Workbench.Simulator.Faults;

namespace Workbench.Composition;

/// <summary>What scripts say about faults, in the words of the simulator.</summary>
internal static class FaultTexts
{
    public static IEnumerable<KeyValuePair<string, string>> Of(FaultSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new FaultOptions
        {
            Count = settings.Count,
            For = settings.For,
            Chance = settings.Chance,
            Delay = settings.Delay,
            Status = settings.Status,
            BeforeExecution = settings.BeforeExecution,
            Symbol = settings.Symbol?.ToString().Replace("/", "", StringComparison.Ordinal),
            Requests = settings.Requests,
            Channel = settings.Channel,
            More = settings.Options,
        }.ToTexts();
    }

    public static FaultPlan PlanOf(ScheduledFault fault) => new()
    {
        Fault = fault.Fault,
        Venue = fault.Connection.Value,
        At = fault.At,
        Every = fault.Every,
        Jitter = fault.Jitter,
        Times = fault.Times,
        Options = [.. Of(fault.Settings)],
    };
}
