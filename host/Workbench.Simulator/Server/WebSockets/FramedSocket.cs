using System.Buffers;
using System.Net.WebSockets;

namespace Workbench.Simulator.Server.WebSockets;

/// <summary>A ping or pong as it came from the client.</summary>
internal readonly record struct ControlFrame(bool IsPing, ReadOnlyMemory<byte> Payload);

/// <summary>
/// The server's end of a WebSocket over an upgraded connection. The platform's own cannot send a ping of our choosing, shows
/// no pong, and counts time by itself; exchanges have rules about all three. Pings are answered while a receive is pending.
/// </summary>
internal sealed class FramedSocket(Stream stream) : WebSocket
{
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly FrameReader _reader = new(stream);
    private volatile WebSocketState _state = WebSocketState.Open;
    private WebSocketCloseStatus? _closeStatus;
    private bool _inMessage;
    private string? _closeReason;

    /// <summary>Told of every ping and pong of the client, on the receiving thread.</summary>
    public Action<ControlFrame>? OnControl { get; set; }

    /// <summary>Asked before a ping (true) or a pong is sent; true keeps it back.</summary>
    public Func<bool, bool>? Withholds { get; set; }

    public override WebSocketState State => _state;
    public override WebSocketCloseStatus? CloseStatus => _closeStatus;
    public override string? CloseStatusDescription => _closeReason;
    public override string? SubProtocol => null;

    public ValueTask PingAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        WriteAsync(FrameKind.Ping, true, payload, cancellationToken);

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var part = await ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            switch (part.Kind)
            {
                case FrameKind.Text or FrameKind.Binary:
                    var type = part.Kind == FrameKind.Text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
                    return new ValueWebSocketReceiveResult(part.Count, type, part.EndsMessage);
                case FrameKind.Close:
                    (_closeStatus, _closeReason) = ClosePayload.Read(_reader.Control.Span);
                    _state = _state == WebSocketState.CloseSent ? WebSocketState.Closed : WebSocketState.CloseReceived;
                    return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true);
                case FrameKind.Ping:
                    OnControl?.Invoke(new ControlFrame(true, _reader.Control));
                    await WriteAsync(FrameKind.Pong, true, _reader.Control, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    OnControl?.Invoke(new ControlFrame(false, _reader.Control));
                    break;
            }
        }
    }

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        var kind = _inMessage ? FrameKind.Continuation : messageType == WebSocketMessageType.Binary ? FrameKind.Binary : FrameKind.Text;
        _inMessage = !endOfMessage;
        return WriteAsync(kind, endOfMessage, buffer, cancellationToken);
    }

    public override async Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        var payload = ClosePayload.Write(closeStatus, statusDescription);
        await WriteAsync(FrameKind.Close, true, payload, cancellationToken).ConfigureAwait(false);
    }

    public override async Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        await CloseOutputAsync(closeStatus, statusDescription, cancellationToken).ConfigureAwait(false);
        var rest = new byte[1024];
        while (_state == WebSocketState.CloseSent)
        {
            await ReceiveAsync(rest.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        return new WebSocketReceiveResult(result.Count, result.MessageType, result.EndOfMessage, _closeStatus, _closeReason);
    }

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

    public override void Abort() => _state = WebSocketState.Aborted;

    public override void Dispose()
    {
        _state = _state == WebSocketState.Open ? WebSocketState.Aborted : _state;
        stream.Dispose();
        _sending.Dispose();
    }

    private async ValueTask<FramePart> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException e) when (e.WebSocketErrorCode == WebSocketError.Faulted)
        {
            await CloseOutputAsync(WebSocketCloseStatus.ProtocolError, "", cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask WriteAsync(FrameKind kind, bool isFinal, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (kind is FrameKind.Ping or FrameKind.Pong && Withholds?.Invoke(kind == FrameKind.Ping) == true)
        {
            return;
        }

        var frame = ArrayPool<byte>.Shared.Rent(payload.Length + FrameHeader.MostBytes);
        var size = FrameHeader.Write(frame, kind, isFinal, payload.Length);
        payload.CopyTo(frame.AsMemory(size));
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Nothing may follow a close frame.
            var state = _state;
            if (state is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                if (kind == FrameKind.Close)
                {
                    _state = state == WebSocketState.Open ? WebSocketState.CloseSent : WebSocketState.Closed;
                }

                await stream.WriteAsync(frame.AsMemory(0, size + payload.Length), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _sending.Release();
            ArrayPool<byte>.Shared.Return(frame);
        }
    }
}
