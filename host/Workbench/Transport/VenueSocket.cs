using System.Globalization;
using System.Net.WebSockets;
using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>An open WebSocket: whole messages in, whole messages out, and one end that stays the end.</summary>
internal sealed class VenueSocket(WebSocket socket, Uri address, WebSocketOptions options, TimeProvider time, Action<VenueSocket> forget) : IVenueSocket
{
    private const int FirstBufferBytes = 16 << 10;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly string _host = address.Authority;
    private readonly SemaphoreSlim _sendTurn = new(1, 1);
    private int _disposed;
    private volatile VenueError? _end;

    // Used by the reader only. Kept for the socket's life instead of being rented: a payload handed out must survive our disposal.
    private byte[] _buffer = new byte[FirstBufferBytes];

    /// <inheritdoc />
    public async ValueTask<SocketMessage> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_end is { } end)
        {
            return Ended(end);
        }

        try
        {
            var length = await ReadMessageAsync(cancellationToken).ConfigureAwait(false);
            if (length is not { } whole)
            {
                return End(_end ?? CloseCodes.Explain(socket.CloseStatus, socket.CloseStatusDescription, _host));
            }

            var message = new SocketMessage(_buffer.AsMemory(0, whole), Timestamp.Now(time), null);
            options.Tap?.Received(address, message.Payload.Span, message.ReceivedAt);
            return message;
        }
#pragma warning disable CA1031 // boundary: network. Whatever the WebSocket stack throws is the end of this socket, with its reason.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return End(Explain(e, cancellationToken));
        }
    }

    /// <inheritdoc />
    public async ValueTask<VenueError?> SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        try
        {
            await _sendTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return new VenueError(VenueErrorKind.Cancelled, "given up by the caller before it was sent");
        }

        using var deadline = new CancellationTokenSource(options.SendTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await socket.SendAsync(utf8, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, either.Token).ConfigureAwait(false);
            return null;
        }
#pragma warning disable CA1031 // boundary: network. Whatever the WebSocket stack throws, the message may be lost and the caller learns it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return deadline.IsCancellationRequested
                ? new VenueError(VenueErrorKind.Timeout, $"{_host} does not take what is sent")
                : Explain(e, cancellationToken);
        }
        finally
        {
            _sendTurn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _end ??= new VenueError(VenueErrorKind.Cancelled, "closed by this host");
        forget(this);
        await SayGoodbyeAsync().ConfigureAwait(false);
        socket.Dispose();
    }

    /// <summary>Drops the socket without a word.</summary>
    public void Abort()
    {
        _end ??= new VenueError(VenueErrorKind.Cancelled, "closed by this host");
        socket.Abort();
        socket.Dispose();
    }

    private async ValueTask<int?> ReadMessageAsync(CancellationToken cancellationToken)
    {
        var used = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(used), cancellationToken).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await SayGoodbyeAsync().ConfigureAwait(false);
                return null;
            }

            used += part.Count;
            if (part.EndOfMessage)
            {
                return used;
            }

            if (used == _buffer.Length && !TryGrow())
            {
                _end ??= TooLarge();
                socket.Abort();
                return null;
            }
        }
    }

    private bool TryGrow()
    {
        if (_buffer.Length >= options.MaxMessageBytes)
        {
            return false;
        }

        Array.Resize(ref _buffer, Math.Min(options.MaxMessageBytes, _buffer.Length * 2));
        return true;
    }

    private async Task SayGoodbyeAsync()
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var deadline = new CancellationTokenSource(CloseTimeout, time);
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            socket.Abort(); // The peer is gone or another close is on its way; either way nobody waits for this word.
        }
    }

    private VenueError TooLarge() => new(
        VenueErrorKind.BadResponse,
        string.Create(CultureInfo.InvariantCulture, $"{_host} sent a message of more than {options.MaxMessageBytes} bytes"),
        "1009");

    private VenueError Explain(Exception exception, CancellationToken cancellationToken)
    {
        if (_end is { } known)
        {
            return known;
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return new VenueError(VenueErrorKind.Cancelled, "given up by the caller");
        }

        return IsKeepAlive(exception)
            ? new VenueError(VenueErrorKind.Timeout, $"{_host} has not answered a ping in time", "ping")
            : NetworkFailure.Explain(exception, _host);
    }

    // A missing pong faults the socket; nothing but the text tells it from other faults.
    private static bool IsKeepAlive(Exception exception) =>
        exception is WebSocketException or OperationCanceledException
        && exception.ToString().Contains(nameof(ClientWebSocketOptions.KeepAliveTimeout), StringComparison.Ordinal);

    private SocketMessage End(VenueError error)
    {
        _end ??= error;
        return Ended(_end);
    }

    private SocketMessage Ended(VenueError error) => new(default, Timestamp.Now(time), error);
}
