namespace Workbench.Sdk;

/// <summary>Opens WebSockets for one connection.</summary>
public interface IWebSocketTransport
{
    /// <summary>Connects within the host's connect timeout.</summary>
    /// <param name="address">A <c>ws</c> or <c>wss</c> address.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ReadResult<IVenueSocket>> ConnectAsync(Uri address, CancellationToken cancellationToken);
}

/// <summary>An open WebSocket. The host answers pings, bounds message sizes and notices dead peers. One reader at a time; sends may come from any thread.</summary>
public interface IVenueSocket : IAsyncDisposable
{
    /// <summary>Waits for the next whole message. The payload is valid until the next call.</summary>
    /// <returns>A message, or the end with its reason; after the end every call returns the end.</returns>
    ValueTask<SocketMessage> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Sends one text message.</summary>
    /// <returns>Null, or why it could not be sent.</returns>
    ValueTask<VenueError?> SendAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken);
}

/// <summary>One message of a WebSocket, or its end.</summary>
/// <param name="Payload">UTF-8 text; empty at the end.</param>
/// <param name="ReceivedAt">When its last byte arrived.</param>
/// <param name="End">Why the socket ended; null for a message.</param>
public readonly record struct SocketMessage(ReadOnlyMemory<byte> Payload, Timestamp ReceivedAt, VenueError? End);
