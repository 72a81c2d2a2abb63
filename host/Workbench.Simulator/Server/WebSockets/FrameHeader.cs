using System.Buffers.Binary;
using System.Net.WebSockets;

namespace Workbench.Simulator.Server.WebSockets;

internal enum FrameKind
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>The head of one frame after RFC 6455, section 5.2.</summary>
internal readonly record struct FrameHeader(FrameKind Kind, bool IsFinal, long Length, uint Mask)
{
    public const int LargestControlPayload = 125;
    public const int MostBytes = 14;

    public bool IsControl => Kind >= FrameKind.Close;

    /// <summary>Bytes the whole head takes, told by its first two.</summary>
    public static int SizeOf(byte second) => 2 + ((second & 0x7f) switch { 126 => 2, 127 => 8, _ => 0 }) + ((second & 0x80) != 0 ? 4 : 0);

    /// <summary>Reads the head of a client's frame.</summary>
    /// <exception cref="WebSocketException">The client breaks the protocol.</exception>
    public static FrameHeader Read(ReadOnlySpan<byte> bytes)
    {
        var kind = (FrameKind)(bytes[0] & 0x0f);
        var isFinal = (bytes[0] & 0x80) != 0;
        var (length, mask) = (bytes[1] & 0x7f) switch
        {
            126 => (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 4),
            127 => (BinaryPrimitives.ReadInt64BigEndian(bytes[2..]), 10),
            var small => ((long)small, 2),
        };
        var isKnown = kind is >= FrameKind.Continuation and <= FrameKind.Binary or >= FrameKind.Close and <= FrameKind.Pong;
        var header = new FrameHeader(kind, isFinal, length, 0);
        if ((bytes[0] & 0x70) != 0 || (bytes[1] & 0x80) == 0 || !isKnown || length < 0
            || (header.IsControl && (!isFinal || length > LargestControlPayload)))
        {
            throw new WebSocketException(WebSocketError.Faulted, "A frame breaks the protocol.");
        }

        return header with { Mask = BinaryPrimitives.ReadUInt32LittleEndian(bytes[mask..]) };
    }

    /// <summary>Writes the head of an unmasked frame; returns its size.</summary>
    public static int Write(Span<byte> target, FrameKind kind, bool isFinal, int length)
    {
        target[0] = (byte)((isFinal ? 0x80 : 0) | (int)kind);
        if (length <= 125)
        {
            target[1] = (byte)length;
            return 2;
        }

        if (length <= ushort.MaxValue)
        {
            target[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)length);
            return 4;
        }

        target[1] = 127;
        BinaryPrimitives.WriteInt64BigEndian(target[2..], length);
        return 10;
    }
}
