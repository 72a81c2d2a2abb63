using Workbench.Configuration;
using Workbench.Control;

namespace Workbench.Composition;

/// <summary>Every command that this host takes over its control socket, one line each.</summary>
internal static class HostCommands
{
    public static void Register(ControlCommands commands, HostRuntime host, WorkbenchConfig config)
    {
        var status = new StatusReport(host.Engine, config);
        commands.AddUrgent("kill", new KillCommand(host.Engine.Kill).Run);
        commands.AddUrgent("status", (_, reply, _) => status.Write(reply));
    }
}
