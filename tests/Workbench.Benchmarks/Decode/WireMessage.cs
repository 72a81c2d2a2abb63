using System.Buffers.Text;
using System.Text;

namespace Workbench.Benchmarks.Decode;

/// <summary>A message as it comes off the socket. Its update ids rise with every use, so that a decoder that keeps sequences sees the next message and not a repeat.</summary>
internal sealed class WireMessage
{
    private const long FirstId = 1_000_000_000;
    private readonly byte[] _utf8;
    private readonly int[] _idPlaces;
    private long _id = FirstId;

    /// <param name="text">The message; every <c>1000000000</c> in it is an id that rises.</param>
    public WireMessage(string text)
    {
        _utf8 = Encoding.UTF8.GetBytes(text);
        _idPlaces = [.. Places()];
    }

    /// <summary>The next message; valid until the one after it.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        _id++;
        foreach (var place in _idPlaces)
        {
            Utf8Formatter.TryFormat(_id, _utf8.AsSpan(place), out _);
        }

        return _utf8;
    }

    private IEnumerable<int> Places()
    {
        var mark = Encoding.UTF8.GetBytes($"{FirstId}");
        for (var at = _utf8.AsSpan().IndexOf(mark); at >= 0;)
        {
            yield return at;
            var further = _utf8.AsSpan(at + mark.Length).IndexOf(mark);
            at = further < 0 ? -1 : at + mark.Length + further;
        }
    }
}
