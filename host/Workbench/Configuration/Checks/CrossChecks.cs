using Workbench.Configuration.Schema;

namespace Workbench.Configuration.Checks;

/// <summary>What only the whole file can tell. They run even after other errors, and stay silent about a value that was refused.</summary>
internal static class CrossChecks
{
    public static void Run(WorkbenchConfig config, ReadContext context)
    {
        ConnectionChecks.Run(config, context);
        RouteChecks.Run(config, context);
        PluginChecks.Run(config, context);
    }
}
