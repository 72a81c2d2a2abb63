using System.Buffers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server.WebSockets;

namespace Workbench.Simulator.Server;

/// <summary>One accepted WebSocket: receives whole text messages, answers through <see cref="Outbox"/>.</summary>
internal sealed class SocketSession : IFaultySocket
{
    private const int LargestMessage = 1 << 20;
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);
    private readonly FramedSocket _socket;

    private SocketSession(FramedSocket socket, HttpContext context, FaultLab faults)
    {
        _socket = socket;
        Kind = faults.Targets.Dialect!.Classify(context.Request).Kind;
        Closed = context.RequestAborted;
        Abort = context.Abort;
        Outbox = new SocketOutbox(socket, context.Abort, faults, Kind);
    }

    public RequestKinds Kind { get; }

    public SocketOutbox Outbox { get; }

    /// <summary>Resets the connection.</summary>
    public Action Abort { get; }

    /// <summary>Fires when the connection is gone.</summary>
    public CancellationToken Closed { get; }

    /// <summary>Accepts the upgrade and serves the connection until it ends.</summary>
    public static async Task RunAsync(HttpContext context, Func<SocketSession, ISocketHandler> handler)
    {
        using var socket = await Upgrade.AcceptAsync(context).ConfigureAwait(false);
        var faults = context.RequestServices.GetRequiredService<FaultLab>();
        var session = new SocketSession(socket, context, faults);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var sending = session.Outbox.RunAsync(ended.Token);
        var protocol = handler(session);
        socket.OnControl = protocol.OnControl;
        socket.Withholds = isPing => (faults.Live.Withholds & (isPing ? Heartbeats.Pings : Heartbeats.Pongs)) != 0;
        faults.Opened(session);
        try
        {
            var receiving = session.ReceiveAsync(protocol, ended.Token);
            if (await Task.WhenAny(receiving, sending).ConfigureAwait(false) == sending)
            {
                // Our side is closed: the peer may answer, but not keep the connection by saying nothing.
                await Task.WhenAny(receiving, Task.Delay(Farewell, TimeProvider.System, ended.Token)).ConfigureAwait(false);
                await ended.CancelAsync().ConfigureAwait(false);
            }

            await receiving.ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // Gone without a farewell; nothing to answer.
        }
        finally
        {
            faults.Closed(session);
            protocol.OnClosed();
            session.Outbox.Close(WebSocketCloseStatus.NormalClosure, "");
            await Task.WhenAny(sending, Task.Delay(Farewell, TimeProvider.System, ended.Token)).ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(false);
        }
    }

    public void Close(int code, string reason) => Outbox.Break(code, reason);

    /// <summary>Sends a ping ahead of what is queued; nothing happens when the connection is gone.</summary>
    public async Task PingAsync(ReadOnlyMemory<byte> payload)
    {
        try
        {
            await _socket.PingAsync(payload, Closed).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The receive side ends the connection.
        }
    }

    private async Task ReceiveAsync(ISocketHandler protocol, CancellationToken cancellationToken)
    {
        var message = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            var result = await _socket.ReceiveAsync(message.GetMemory(4096), cancellationToken).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            message.Advance(result.Count);
            if (message.WrittenCount > LargestMessage)
            {
                Outbox.Close(WebSocketCloseStatus.MessageTooBig, "");
                return;
            }

            if (result.EndOfMessage)
            {
                await protocol.OnMessageAsync(message.WrittenMemory, cancellationToken).ConfigureAwait(false);
                message.ResetWrittenCount();
            }
        }
    }
}

/// <summary>The protocol spoken on one WebSocket.</summary>
internal interface ISocketHandler
{
    /// <summary>One whole message; the bytes are valid until the returned task ends.</summary>
    ValueTask OnMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>A ping (answered already) or a pong of the client.</summary>
    void OnControl(ControlFrame frame)
    {
    }

    void OnClosed();
}
