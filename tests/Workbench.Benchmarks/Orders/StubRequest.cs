using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Workbench.Benchmarks.Orders;

/// <summary>One request at a time off a connection, in a buffer that is used again. Clients here never send the next before they have the answer.</summary>
internal sealed class StubRequest
{
    private readonly byte[] _buffer = new byte[16 << 10];
    private int _length;
    private int _bodyAt;

    /// <summary>When its first bytes were read.</summary>
    public long FirstByteAt { get; private set; }

    public bool IsOrder => _buffer.AsSpan(0, _length).StartsWith("POST /api/v3/order"u8);

    public string Path => Encoding.ASCII.GetString(_buffer.AsSpan(0, _length)).Split(' ', '?')[1];

    public ReadOnlySpan<byte> Body => _buffer.AsSpan(_bodyAt.._length);

    /// <summary>Reads the next request whole; false when the client has closed.</summary>
    public bool TryRead(Socket socket)
    {
        _length = 0;
        do
        {
            var read = socket.Receive(_buffer.AsSpan(_length));
            if (read == 0)
            {
                return false;
            }

            if (_length == 0)
            {
                FirstByteAt = Stopwatch.GetTimestamp();
            }

            _length += read;
        }
        while (!IsWhole());
        return true;
    }

    private bool IsWhole()
    {
        var text = _buffer.AsSpan(0, _length);
        var end = text.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        _bodyAt = end + 4;
        var field = text[..end].IndexOf("Content-Length: "u8);
        var length = 0;
        if (field >= 0)
        {
            Utf8Parser.TryParse(text[(field + 16)..], out length, out _);
        }

        return _length >= _bodyAt + length;
    }
}
