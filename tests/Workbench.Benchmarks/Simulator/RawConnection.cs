using System.Net.Sockets;

namespace Workbench.Benchmarks.Simulator;

/// <summary>One keep-alive HTTP/1.1 connection that writes prepared requests and reads whole answers: as little client as can be, so that the server shows.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[16 * 1024];

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._socket.ConnectAsync("127.0.0.1", address.Port);
        return connection;
    }

    /// <summary>Sends one request; the status of its answer.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        await _socket.SendAsync(request);
        var filled = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            filled += read;
            if (IsWhole(_buffer.AsSpan(0, filled)))
            {
                return ((_buffer[9] - '0') * 100) + ((_buffer[10] - '0') * 10) + (_buffer[11] - '0');
            }
        }
    }

    /// <summary>The last answer as text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(_buffer).TrimEnd('\0');

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var name = "\r\nContent-Length: "u8;
        var at = answer[..end].IndexOf(name);
        if (at < 0)
        {
            throw new InvalidDataException("An answer without Content-Length.");
        }

        var digits = answer[(at + name.Length)..];
        _ = System.Buffers.Text.Utf8Parser.TryParse(digits, out int length, out _);
        return answer.Length >= end + 4 + length;
    }
}
