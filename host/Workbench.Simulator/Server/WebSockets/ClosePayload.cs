using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;

namespace Workbench.Simulator.Server.WebSockets;

/// <summary>Status and reason inside a close frame.</summary>
internal static class ClosePayload
{
    public static byte[] Write(WebSocketCloseStatus status, string? reason)
    {
        var text = Encoding.UTF8.GetBytes(reason ?? "");
        var payload = new byte[2 + Math.Min(text.Length, FrameHeader.LargestControlPayload - 2)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)status);
        text.AsSpan(0, payload.Length - 2).CopyTo(payload.AsSpan(2));
        return payload;
    }

    public static (WebSocketCloseStatus Status, string Reason) Read(ReadOnlySpan<byte> payload) => payload.Length < 2
        ? (WebSocketCloseStatus.Empty, "")
        : ((WebSocketCloseStatus)BinaryPrimitives.ReadUInt16BigEndian(payload), Encoding.UTF8.GetString(payload[2..]));
}
