using System.Text;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>One stream and who listens. An event is serialised once for all of them, and wrapped at most once.</summary>
internal sealed class StreamChannel(string name, bool inMicros = false)
{
    private readonly byte[] _prefix = Prefix(name);
    private readonly FrameInfo _info = BinanceTraffic.Frame(name);
    private readonly List<StreamClient> _clients = [];

    /// <summary>A time in the unit its listeners asked for.</summary>
    public long Time(long micros) => inMicros ? micros : micros / 1000;

    public bool IsEmpty => _clients.Count == 0;

    public void Add(StreamClient client) => _clients.Add(client);

    public void Remove(StreamClient client) => _clients.Remove(client);

    public void Publish(ReadOnlyMemory<byte> data)
    {
        ReadOnlyMemory<byte> wrapped = default;
        foreach (var client in _clients)
        {
            if (client.Combined)
            {
                wrapped = wrapped.IsEmpty ? Wrap(_prefix, data.Span) : wrapped;
                client.Outbox.Post(wrapped, _info);
            }
            else
            {
                client.Outbox.Post(data, _info);
            }
        }
    }

    public static ReadOnlyMemory<byte> Wrap(string stream, ReadOnlySpan<byte> data) => Wrap(Prefix(stream), data);

    private static byte[] Prefix(string stream) => Encoding.UTF8.GetBytes($"{{\"stream\":\"{stream}\",\"data\":");

    private static byte[] Wrap(byte[] prefix, ReadOnlySpan<byte> data)
    {
        var frame = new byte[prefix.Length + data.Length + 1];
        prefix.CopyTo(frame, 0);
        data.CopyTo(frame.AsSpan(prefix.Length));
        frame[^1] = (byte)'}';
        return frame;
    }
}
