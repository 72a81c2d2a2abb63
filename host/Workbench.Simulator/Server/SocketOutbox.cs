using System.Net.WebSockets;
using System.Threading.Channels;

namespace Workbench.Simulator.Server;

/// <summary>
/// Outgoing frames of one WebSocket, sent by one loop. A live feed posts without waiting, and a reader that falls too far
/// behind is cut off (as exchanges do); a tape waits for room instead, so it never drops a message.
/// </summary>
internal sealed class SocketOutbox(WebSocket socket, Action abort)
{
    private const int Capacity = 16_384;
    private readonly Channel<ReadOnlyMemory<byte>> _frames = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    private WebSocketCloseStatus _closeStatus = WebSocketCloseStatus.NormalClosure;
    private string _closeReason = "";

    /// <summary>Queues a frame; the bytes must not change afterwards.</summary>
    public void Post(ReadOnlyMemory<byte> frame)
    {
        if (!_frames.Writer.TryWrite(frame) && !_frames.Reader.Completion.IsCompleted && _frames.Reader.Count >= Capacity)
        {
            abort();
        }
    }

    /// <summary>Queues a frame when there is room for it; false when the connection is gone.</summary>
    public async ValueTask<bool> PostAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        while (await _frames.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_frames.Writer.TryWrite(frame))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Sends what is queued, then closes in an orderly way.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        _closeStatus = status;
        _closeReason = reason;
        _frames.Writer.TryComplete();
    }

    /// <summary>The send loop; ends when the outbox is closed or the connection broke.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await socket.SendAsync(frame, WebSocketMessageType.Text, true, cancellationToken).ConfigureAwait(false);
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(_closeStatus, _closeReason, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The peer is gone; the receive side ends the connection.
        }
        finally
        {
            _frames.Writer.TryComplete();
        }
    }
}
