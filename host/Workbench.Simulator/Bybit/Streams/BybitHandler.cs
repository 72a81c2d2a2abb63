using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>What the three kinds of sockets share: messages one after the other, heartbeats first, silence in a black hole.</summary>
internal abstract class BybitHandler(BybitSocket socket, FaultLab faults, string idName) : ISocketHandler
{
    protected BybitSocket Socket => socket;

    public ValueTask OnMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        socket.Touch();
        var request = SocketRequest.Parse(message, idName);
        if (request.Op == "ping")
        {
            socket.Send(Pong(request));
        }
        else if (faults.Swallowing is null)
        {
            OnRequest(request);
        }

        return ValueTask.CompletedTask;
    }

    public void OnClosed()
    {
        socket.Dispose();
        Leave();
    }

    protected abstract byte[] Pong(SocketRequest request);

    protected abstract void OnRequest(SocketRequest request);

    /// <summary>Takes the connection out of the feeds.</summary>
    protected virtual void Leave()
    {
    }
}
