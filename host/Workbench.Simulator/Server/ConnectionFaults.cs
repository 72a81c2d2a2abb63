using Microsoft.AspNetCore.Connections;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server;

/// <summary>Faults of a TCP connection before anything is read from it.</summary>
internal static class ConnectionFaults
{
    /// <summary>False when nobody ever read from it.</summary>
    public static async ValueTask<bool> AdmitAsync(FaultLab faults, ConnectionContext connection)
    {
        if (faults.IsQuiet || faults.Live.All.FirstOrDefault(f => f.Definition.SwallowsConnections) is not { } hole || !hole.TryStrike("connection"))
        {
            return true;
        }

        await Waiting.UntilAsync(hole.Ended, connection.ConnectionClosed).ConfigureAwait(false);
        connection.Abort(new ConnectionAbortedException("Nobody reads here."));
        return false;
    }
}
