using System.Net.WebSockets;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Faults;

/// <summary>An outgoing message with how it is put on the wire.</summary>
/// <param name="Bytes">Must not change afterwards.</param>
/// <param name="Type">Text but for faults.</param>
/// <param name="Fragment">Largest piece it is cut into; 0 sends it whole.</param>
internal readonly record struct OutFrame(ReadOnlyMemory<byte> Bytes, WebSocketMessageType Type = WebSocketMessageType.Text, int Fragment = 0)
{
    /// <summary>Set for a mark instead of a message: nothing is sent, and whoever waits learns that all before it was.</summary>
    public TaskCompletionSource? Sent { get; init; }
}

/// <summary>One message on its way out. A fault may drop, change, repeat or hold it.</summary>
internal sealed class FramePost(SocketOutbox outbox, OutFrame frame, FrameInfo info)
{
    public SocketOutbox Outbox => outbox;

    public FrameInfo Info => info;

    /// <summary>What is sent in its place, in order. Empty: nothing.</summary>
    public List<OutFrame> Frames { get; } = [frame];

    /// <summary>Set to close the connection after what is sent.</summary>
    public (int Code, string Reason)? Close { get; set; }

    public override string ToString() => info.ToString();
}
