using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Signing;

/// <summary>Writes <c>name=value</c> pairs with percent-encoded values (RFC 3986), in the order given. The bytes that are signed are the bytes that are sent.</summary>
internal sealed class FormWriter
{
    private const int MaxNumberLength = 40;
    private readonly ArrayBufferWriter<byte> _buffer = new(256);

    private static ReadOnlySpan<byte> HexDigits => "0123456789ABCDEF"u8;

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public FormWriter Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> plainValue)
    {
        Name(name);
        _buffer.Write(plainValue);
        return this;
    }

    public FormWriter Add(ReadOnlySpan<byte> name, string value)
    {
        Name(name);
        Span<byte> utf8 = stackalloc byte[256];
        var bytes = Encoding.UTF8.GetMaxByteCount(value.Length) <= utf8.Length ? utf8[..Encoding.UTF8.GetBytes(value, utf8)] : Encoding.UTF8.GetBytes(value);
        Escaped(bytes);
        return this;
    }

    public FormWriter Add(ReadOnlySpan<byte> name, decimal value)
    {
        Name(name);
        _buffer.Advance(Numbers.Write(value, _buffer.GetSpan(MaxNumberLength)));
        return this;
    }

    public FormWriter Add(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        Utf8Formatter.TryFormat(value, _buffer.GetSpan(MaxNumberLength), out var written);
        _buffer.Advance(written);
        return this;
    }

    /// <summary>The pairs as text; percent-encoding leaves nothing but ASCII.</summary>
    public override string ToString() => Encoding.ASCII.GetString(_buffer.WrittenSpan);

    private void Name(ReadOnlySpan<byte> name)
    {
        if (_buffer.WrittenCount > 0)
        {
            _buffer.Write("&"u8);
        }

        _buffer.Write(name);
        _buffer.Write("="u8);
    }

    private void Escaped(ReadOnlySpan<byte> utf8)
    {
        var target = _buffer.GetSpan(utf8.Length * 3);
        var length = 0;
        foreach (var b in utf8)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
            {
                target[length++] = b;
                continue;
            }

            target[length++] = (byte)'%';
            target[length++] = HexDigits[b >> 4];
            target[length++] = HexDigits[b & 15];
        }

        _buffer.Advance(length);
    }
}
