using Microsoft.AspNetCore.Connections;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server;

/// <summary>Faults of a TCP connection before anything is read from it.</summary>
internal static class ConnectionFaults
{
    public static async ValueTask AdmitAsync(FaultLab faults, ConnectionContext connection)
    {
        if (faults.IsQuiet || faults.Live.All.FirstOrDefault(f => f.Definition.SwallowsConnections) is not { } hole || !hole.TryStrike("connection"))
        {
            return;
        }

        await Waiting.UntilAsync(hole.Ended, connection.ConnectionClosed).ConfigureAwait(false);
        connection.Abort(new ConnectionAbortedException("Nobody reads here."));
    }
}
