using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Workbench.Simulator.Tests.Binance;

/// <summary>A WebSocket client frame by frame: it sees pings and answers none by itself.</summary>
internal sealed class RawSocket : IDisposable
{
    public const byte Text = 1;
    public const byte Close = 8;
    public const byte Ping = 9;
    public const byte Pong = 10;
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(20);
    private readonly TcpClient _tcp = new();
    private NetworkStream _stream = null!;

    public static async Task<RawSocket> ConnectAsync(int port, string path)
    {
        var socket = new RawSocket();
        await socket._tcp.ConnectAsync("127.0.0.1", port);
        socket._stream = socket._tcp.GetStream();
        var request = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await socket._stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)(await socket.ReadAsync(1))[0]);
        }

        // The key and its answer are those of RFC 6455.
        head.ToString().ShouldStartWith("HTTP/1.1 101");
        head.ToString().ShouldContain("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        return socket;
    }

    public Task SendAsync(string text) => SendAsync(Text, Encoding.UTF8.GetBytes(text));

    public async Task SendAsync(byte kind, byte[] payload, bool isFinal = true)
    {
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)] : [0xfe, (byte)(payload.Length >> 8), (byte)payload.Length];
        byte[] mask = [1, 2, 3, 4];
        await _stream.WriteAsync((byte[])[(byte)((isFinal ? 0x80 : 0) | kind), .. length, .. mask, .. payload.Select((b, i) => (byte)(b ^ mask[i & 3]))]);
    }

    /// <summary>The next frame; null when the server ended the connection.</summary>
    public async Task<(byte Kind, byte[] Payload)?> ReceiveAsync()
    {
        try
        {
            var head = await ReadAsync(2);
            var length = head[1] & 0x7f;
            if (length == 126)
            {
                var extended = await ReadAsync(2);
                length = (extended[0] << 8) | extended[1];
            }
            else if (length == 127)
            {
                length = (int)System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(8));
            }

            return ((byte)(head[0] & 0x0f), await ReadAsync(length));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Skips frames until one is of that kind.</summary>
    public async Task<byte[]> ReceiveAsync(byte kind)
    {
        while (await ReceiveAsync() is { } frame)
        {
            if (frame.Kind == kind)
            {
                return frame.Payload;
            }
        }

        throw new InvalidOperationException("The connection ended.");
    }

    public async Task<JsonElement> ReceiveJsonAsync() => JsonDocument.Parse(await ReceiveAsync(Text)).RootElement;

    public async Task<(int Status, string Reason)> ReceiveCloseAsync()
    {
        var payload = await ReceiveAsync(Close);
        return ((payload[0] << 8) | payload[1], Encoding.UTF8.GetString(payload, 2, payload.Length - 2));
    }

    public void Dispose() => _tcp.Dispose();

    private async Task<byte[]> ReadAsync(int count)
    {
        using var timeout = new CancellationTokenSource(Generous);
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, timeout.Token);
        return bytes;
    }
}
