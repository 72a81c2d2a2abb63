using System.Net.WebSockets;
using Workbench.Simulator.Tapes;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>Market streams fed by a wire capture: recorded messages go out as they were recorded.</summary>
internal sealed class TapeStreams(CapturePlayer player) : IStreamSource, ICaptureSink
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<(StreamClient Client, string Name)>> _listeners = new(StringComparer.Ordinal);

    public void Subscribe(StreamClient client, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            lock (_lock)
            {
                if (client.Names.Contains(name))
                {
                    continue;
                }

                client.Names.Add(name);
                var key = Key(name);
                if (!_listeners.TryGetValue(key, out var list))
                {
                    list = _listeners[key] = [];
                }

                list.Add((client, name));
            }

            player.ListenersChanged(1, DepthSymbol(name));
        }
    }

    public void Unsubscribe(StreamClient client, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            lock (_lock)
            {
                if (!client.Names.Remove(name))
                {
                    continue;
                }

                _listeners[Key(name)].RemoveAll(l => ReferenceEquals(l.Client, client) && l.Name == name);
            }

            player.ListenersChanged(-1, null);
        }
    }

    public async ValueTask DeliverAsync(CaptureEvent e, CancellationToken cancellationToken)
    {
        (StreamClient Client, string Name)[] listeners;
        lock (_lock)
        {
            listeners = _listeners.TryGetValue(Key(e.Stream), out var list) ? [.. list] : [];
        }

        foreach (var (client, name) in listeners)
        {
            await client.Outbox.PostAsync(Frame(e, client, name), BinanceTraffic.Frame(name), cancellationToken).ConfigureAwait(false);
        }
    }

    public void End()
    {
        List<StreamClient> clients;
        lock (_lock)
        {
            clients = [.. _listeners.Values.SelectMany(l => l).Select(l => l.Client).Distinct()];
        }

        clients.ForEach(c => c.Outbox.Close(WebSocketCloseStatus.NormalClosure, "end of tape"));
    }

    private static ReadOnlyMemory<byte> Frame(CaptureEvent e, StreamClient client, string name)
    {
        if (!client.Combined)
        {
            return e.Data;
        }

        return !e.Wrapped.IsEmpty && name == e.Stream ? e.Wrapped : StreamChannel.Wrap(name, e.Data.Span);
    }

    // The differences of a book are one stream here, whatever speed they were recorded or asked at.
    private static string Key(string stream)
    {
        var at = stream.IndexOf("@depth", StringComparison.Ordinal);
        return at > 0 && (stream.Length == at + 6 || stream[at + 6] == '@') ? stream[..(at + 6)] : stream;
    }

    private static string? DepthSymbol(string name)
    {
        var key = Key(name);
        return key.EndsWith("@depth", StringComparison.Ordinal) ? key[..^6].ToUpperInvariant() : null;
    }
}
