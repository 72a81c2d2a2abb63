using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Workbench.Core.Execution.Journal;

/// <summary>One record on its way to or from a segment.</summary>
/// <remarks>
/// Little-endian: magic (4), payload length (4), sequence (8), check sum of the frame before (4), record type (1), record version (1), zero (2),
/// CRC-32C of all that and the payload (4), payload. The check sum of the frame before chains the frames across segments.
/// </remarks>
/// <param name="Sequence">From 1, without gaps.</param>
/// <param name="Previous">The check sum of the frame before; zero for the first.</param>
/// <param name="Type">The record type.</param>
/// <param name="Version">The record type's version.</param>
/// <param name="Check">The frame's own check sum.</param>
/// <param name="Payload">Where the payload lies in the segment.</param>
internal readonly record struct Frame(long Sequence, uint Previous, byte Type, byte Version, uint Check, Range Payload)
{
    public const int HeaderSize = 28;
    public const int MaxPayload = 1 << 20;
    private const int CheckOffset = 24;
    private const uint Magic = 0x314A4257; // "WBJ1"

    /// <summary>The first bytes of every frame.</summary>
    public static ReadOnlySpan<byte> MagicBytes => "WBJ1"u8;

    /// <summary>Writes the header in front of a payload that lies behind it already.</summary>
    /// <returns>The frame's check sum.</returns>
    public static uint Seal(Span<byte> frame, long sequence, uint previous, byte type, byte version)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], frame.Length - HeaderSize);
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[16..], previous);
        frame[20] = type;
        frame[21] = version;
        frame[22] = 0;
        frame[23] = 0;
        var check = CheckOf(frame);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[CheckOffset..], check);
        return check;
    }

    /// <summary>Reads the frame at an offset; false when the bytes there are not a whole, undamaged frame.</summary>
    public static bool TryRead(ReadOnlySpan<byte> segment, int offset, out Frame frame)
    {
        frame = default;
        var bytes = segment[offset..];
        if (bytes.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (length is < 0 or > MaxPayload || length > bytes.Length - HeaderSize)
        {
            return false;
        }

        var check = BinaryPrimitives.ReadUInt32LittleEndian(bytes[CheckOffset..]);
        var start = offset + HeaderSize;
        frame = new Frame(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]),
            bytes[20],
            bytes[21],
            check,
            start..(start + length));
        return check == CheckOf(bytes[..(HeaderSize + length)]);
    }

    private static uint CheckOf(ReadOnlySpan<byte> frame) => ~Crc(Crc(uint.MaxValue, frame[..CheckOffset]), frame[HeaderSize..]);

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var b in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return crc;
    }
}
