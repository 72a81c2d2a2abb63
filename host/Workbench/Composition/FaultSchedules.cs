using Workbench.Cli;
using Workbench.Configuration;
using Workbench.Configuration.Faults;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;

namespace Workbench.Composition;

/// <summary>Starts what a file of faults says, or what chance says.</summary>
internal static class FaultSchedules
{
    /// <summary>The word that stands for a schedule made up from the seed.</summary>
    public const string Random = "random";

    /// <summary>Reads a file before the simulator starts, so that its seed counts.</summary>
    /// <exception cref="ConfigurationRefusedException">The file is not there or not right.</exception>
    public static FaultSchedule Read(string path)
    {
        var errors = new ConfigurationErrors(path);
        return FaultFile.Read(path, errors) ?? throw new ConfigurationRefusedException([.. errors.Sorted().Select(e => e.ToString())]);
    }

    /// <summary>A schedule for the venues that run.</summary>
    public static IReadOnlyList<FaultPlan> MakeUp(SimulatorHost simulator, long seed) =>
        RandomFaults.Create(seed, simulator.Venues.ToDictionary(v => v.Key, v => (IReadOnlyList<string>)[.. v.Value.Symbols.Select(s => s.Replace("/", "", StringComparison.Ordinal))]));

    /// <exception cref="ConfigurationRefusedException">An entry cannot act at these venues.</exception>
    public static void Begin(SimulatorHost simulator, IReadOnlyList<FaultPlan> plans, string source)
    {
        try
        {
            simulator.Schedule(plans);
        }
        catch (FaultException e)
        {
            throw new ConfigurationRefusedException([.. e.Message.Split(Environment.NewLine).Select(line => $"{source}: {line}")]);
        }
    }
}
