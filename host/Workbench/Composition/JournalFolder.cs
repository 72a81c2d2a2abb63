using Workbench.Configuration;

namespace Workbench.Composition;

/// <summary>Where the order journal of a configuration lives.</summary>
internal static class JournalFolder
{
    /// <summary>The folder, and whether what is in it ends with the process: the embedded venues begin anew with every one.</summary>
    public static (string Path, bool IsOfThisProcess) Of(WorkbenchConfig config) =>
        config.Environment == TradingEnvironment.Simulation && NeedsSimulator(config)
            ? (Path.Combine(config.Storage.Journal.Directory, "simulation"), true)
            : (config.Storage.Journal.Directory, false);

    /// <summary>True when the embedded simulator has a venue to serve.</summary>
    public static bool NeedsSimulator(WorkbenchConfig config) =>
        config.Simulator.Embedded && config.Connections.Values.Any(c => c.Enabled && (c.Environment == VenueEnvironment.Simulator || c.Offline == OfflineBehaviour.Simulate));
}
