using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>What the three kinds of sockets share: messages one after the other, heartbeats first, silence in a black hole.</summary>
internal abstract class BybitHandler(BybitSocket socket, FaultLab faults, string idName) : ISocketHandler
{
    /// <summary>Counts what arrives, for tests.</summary>
    protected RequestTally? Tally => faults.Tally;

    protected BybitSocket Socket => socket;

    public ValueTask OnMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        socket.Touch();
        var request = SocketRequest.Parse(message, idName);
        if (request.Op == "ping")
        {
            socket.Send(Pong(request), FrameInfo.Pong);
            return ValueTask.CompletedTask;
        }

        if (!faults.IsQuiet)
        {
            return socket.ServeAsync(
                faults, BybitTraffic.Of(request.Op, RequestKinds.None, Symbol(request)), answer => Refusal(request, answer), () => OnRequestAsync(request));
        }

        return OnRequestAsync(request);
    }

    public void OnClosed()
    {
        socket.Dispose();
        Leave();
    }

    protected abstract byte[] Pong(SocketRequest request);

    protected abstract ValueTask OnRequestAsync(SocketRequest request);

    /// <summary>What this kind of socket answers when a fault answers in the venue's place.</summary>
    protected virtual byte[] Refusal(SocketRequest request, FaultAnswer answer) =>
        Acknowledgement.Of(false, BybitTraffic.Error(answer).Message, request.Op, Socket.ConnectionId, request.Id);

    /// <summary>Takes the connection out of the feeds.</summary>
    protected virtual void Leave()
    {
    }

    private static string? Symbol(SocketRequest request) =>
        request.Root.Member("args") is { ValueKind: JsonValueKind.Array } args && args.GetArrayLength() == 1 && args[0].ValueKind == JsonValueKind.Object
            ? args[0].Text("symbol")
            : null;
}
