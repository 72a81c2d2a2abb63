using System.Net.WebSockets;
using System.Threading.Channels;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server;

/// <summary>
/// Outgoing frames of one WebSocket, sent by one loop. A live feed posts without waiting, and a reader that falls too far
/// behind is cut off (as exchanges do); a tape waits for room instead, so it never drops a message.
/// </summary>
internal sealed class SocketOutbox(WebSocket socket, Action abort, FaultLab faults, RequestKinds kind)
{
    private const int Capacity = 16_384;
    private const int AbnormalClosure = 1006;
    private readonly Channel<OutFrame> _frames = Channel.CreateBounded<OutFrame>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    private WebSocketCloseStatus _closeStatus = WebSocketCloseStatus.NormalClosure;
    private string _closeReason = "";

    /// <summary>What kind of connection it belongs to.</summary>
    public RequestKinds Kind => kind;

    /// <summary>Takes the answer to the request being served instead of sending it, while a fault wants to see it.</summary>
    public Action<ReadOnlyMemory<byte>>? TakeAnswer { get; set; }

    /// <summary>Queues a message as the faults let it through; the bytes must not change afterwards.</summary>
    public void Post(ReadOnlyMemory<byte> frame, FrameInfo info = default)
    {
        if (faults.IsQuiet)
        {
            Enqueue(new OutFrame(frame));
            return;
        }

        if (!info.IsData && TakeAnswer is { } take)
        {
            take(frame);
            return;
        }

        FrameFaults.Post(faults, new FramePost(this, new OutFrame(frame), info));
    }

    /// <summary>Queues a frame past all faults.</summary>
    public void Enqueue(OutFrame frame)
    {
        if (!_frames.Writer.TryWrite(frame) && !_frames.Reader.Completion.IsCompleted && _frames.Reader.Count >= Capacity)
        {
            abort();
        }
    }

    /// <summary>Queues a message when there is room for it; false when the connection is gone.</summary>
    public async ValueTask<bool> PostAsync(ReadOnlyMemory<byte> frame, FrameInfo info, CancellationToken cancellationToken)
    {
        while (await _frames.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!faults.IsQuiet)
            {
                Post(frame, info);
                return true;
            }

            if (_frames.Writer.TryWrite(new OutFrame(frame)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Completes when all that is queued now was sent or cannot be any more.</summary>
    public Task SentAsync()
    {
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_frames.Writer.TryWrite(new OutFrame(default) { Sent = sent }))
        {
            sent.SetResult();
        }

        return sent.Task;
    }

    /// <summary>Sends what is queued, then closes in an orderly way.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        _closeStatus = status;
        _closeReason = reason;
        _frames.Writer.TryComplete();
    }

    /// <summary>Closes with any code that may be sent; 1006, which may not, breaks the connection.</summary>
    public void Break(int code, string reason)
    {
        if (code == AbnormalClosure)
        {
            abort();
        }
        else
        {
            Close((WebSocketCloseStatus)code, reason);
        }
    }

    /// <summary>The send loop; ends when the outbox is closed or the connection broke.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var frame in _frames.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await SendAsync(frame, cancellationToken).ConfigureAwait(false);
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
            while (_frames.Reader.TryRead(out var unsent))
            {
                unsent.Sent?.TrySetResult();
            }
        }
    }

    private async ValueTask SendAsync(OutFrame frame, CancellationToken cancellationToken)
    {
        if (frame.Sent is { } sent)
        {
            sent.SetResult();
            return;
        }

        var rest = frame.Bytes;
        while (frame.Fragment > 0 && rest.Length > frame.Fragment)
        {
            await socket.SendAsync(rest[..frame.Fragment], frame.Type, false, cancellationToken).ConfigureAwait(false);
            rest = rest[frame.Fragment..];
        }

        await socket.SendAsync(rest, frame.Type, true, cancellationToken).ConfigureAwait(false);
    }
}
