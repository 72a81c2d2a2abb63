using System.Text;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>One stream and who listens. An event is serialised once for all of them, and wrapped at most once.</summary>
internal sealed class StreamChannel(string name, FaultLab faults)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes($"{{\"stream\":\"{name}\",\"data\":");
    private readonly List<StreamClient> _clients = [];

    public string Name => name;
    public bool IsEmpty => _clients.Count == 0;

    public void Add(StreamClient client) => _clients.Add(client);

    public void Remove(StreamClient client) => _clients.Remove(client);

    public void Publish(ReadOnlyMemory<byte> data)
    {
        if (faults.StreamsAreStalled)
        {
            return;
        }

        ReadOnlyMemory<byte> wrapped = default;
        foreach (var client in _clients)
        {
            if (client.Combined)
            {
                wrapped = wrapped.IsEmpty ? Wrap(data.Span) : wrapped;
                client.Outbox.Post(wrapped);
            }
            else
            {
                client.Outbox.Post(data);
            }
        }
    }

    public ReadOnlyMemory<byte> Wrap(ReadOnlySpan<byte> data)
    {
        var frame = new byte[_prefix.Length + data.Length + 1];
        _prefix.CopyTo(frame, 0);
        data.CopyTo(frame.AsSpan(_prefix.Length));
        frame[^1] = (byte)'}';
        return frame;
    }
}
