using System.Collections.Concurrent;
using Workbench.Simulator.Bybit.Streams;

namespace Workbench.Simulator.Bybit;

/// <summary>The private and trade sockets that are open, which a restart of the service closes.</summary>
internal sealed class SocketRegistry
{
    private readonly ConcurrentDictionary<BybitSocket, byte> _open = new();

    public void Add(BybitSocket socket)
    {
        _open[socket] = 0;
        socket.Closed = () => _open.TryRemove(socket, out _);
    }

    public void CloseAll()
    {
        foreach (var socket in _open.Keys)
        {
            socket.Close();
        }
    }
}
