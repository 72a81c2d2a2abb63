using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Workbench.Tests.Transport;

/// <summary>The server's end of a WebSocket, frame by frame, so that a test can send what a decent library would not.</summary>
internal sealed class RawWebSocket(RawConnection connection)
{
    public const byte Continuation = 0;
    public const byte Text = 1;
    public const byte Binary = 2;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;

    public static async Task<RawWebSocket> AcceptAsync(RawConnection connection)
    {
        var request = await connection.ReadRequestAsync() ?? throw new IOException("closed");
        const string name = "Sec-WebSocket-Key: ";
        var at = request.IndexOf(name, StringComparison.OrdinalIgnoreCase) + name.Length;
        var key = request[at..request.IndexOf('\r', at)] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key)));
        await connection.WriteAsync($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n");
        return new RawWebSocket(connection);
    }

    public Task SendAsync(string text) => FrameAsync(Text, Encoding.UTF8.GetBytes(text));

    public Task CloseAsync(int code, string reason)
    {
        var payload = new byte[2 + Encoding.UTF8.GetByteCount(reason)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        Encoding.UTF8.GetBytes(reason, payload.AsSpan(2));
        return FrameAsync(Close, payload);
    }

    public Task FrameAsync(byte opcode, byte[] payload, bool final = true) => connection.WriteAsync(Frame(opcode, payload, final));

    public static byte[] Frame(byte opcode, byte[] payload, bool final = true)
    {
        var head = new List<byte> { (byte)(opcode | (final ? 0x80 : 0)) };
        if (payload.Length < 126)
        {
            head.Add((byte)payload.Length);
        }
        else
        {
            head.Add(127);
            var length = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
            head.AddRange(length);
        }

        return [.. head, .. payload];
    }

    /// <summary>Reads one masked frame of the client.</summary>
    public async Task<(byte Opcode, byte[] Payload)> ReadAsync()
    {
        var head = await connection.ReadAsync(2);
        var length = head[1] & 0x7F;
        if (length == 126)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(await connection.ReadAsync(2));
        }
        else if (length == 127)
        {
            length = (int)BinaryPrimitives.ReadInt64BigEndian(await connection.ReadAsync(8));
        }

        var mask = await connection.ReadAsync(4);
        var payload = await connection.ReadAsync(length);
        for (var i = 0; i < payload.Length; i++)
        {
            payload[i] ^= mask[i % 4];
        }

        return ((byte)(head[0] & 0x0F), payload);
    }
}
