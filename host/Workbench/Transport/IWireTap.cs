using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>
/// Sees the public market data of one connection as it comes off the wire. It is shown whole WebSocket messages and the answers to reads that carry
/// no key and no signature, nothing else. Called on the reader's thread: copy what is wanted and return.
/// </summary>
internal interface IWireTap
{
    /// <summary>A WebSocket was opened.</summary>
    void Opened(Uri address, Timestamp at);

    /// <summary>A whole WebSocket message came.</summary>
    void Received(Uri address, ReadOnlySpan<byte> utf8, Timestamp at);

    /// <summary>A public read was answered with HTTP 200.</summary>
    void Answered(Uri address, ReadOnlySpan<byte> body, Timestamp at);
}
