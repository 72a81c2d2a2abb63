using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Connections;

/// <summary>All open sockets of a venue, so that a planned shutdown can be announced on each in its own wrapping.</summary>
internal sealed class ConnectionRegistry(VenueClock clock, BinanceOptions options)
{
    private readonly ConcurrentDictionary<ConnectionLife, Action<byte[]>> _open = new();

    /// <summary>Begins the life of a connection; <paramref name="announce"/> sends it the event, wrapped as that kind of socket does.</summary>
    public ConnectionLife Open(SocketSession session, Action<byte[]> announce)
    {
        var life = new ConnectionLife(session, clock, options);
        _open[life] = announce;
        return life;
    }

    public void Closed(ConnectionLife life)
    {
        _open.TryRemove(life, out _);
        life.Dispose();
    }

    /// <summary>Says <c>serverShutdown</c> on every socket, and closes those sockets after the notice.</summary>
    public async Task ShutDownAsync(TimeSpan notice, CancellationToken cancellationToken)
    {
        var leaving = _open.ToArray();
        var frame = JsonText.Render(clock.NowMillis, static (json, now) => Write(json, now));
        foreach (var (_, announce) in leaving)
        {
            announce(frame);
        }

        await Task.Delay(notice, clock.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (life, _) in leaving)
        {
            life.End(WebSocketCloseStatus.EndpointUnavailable, "Server shutdown");
        }
    }

    private static void Write(Utf8JsonWriter json, long now)
    {
        json.WriteStartObject();
        json.WriteString("e"u8, "serverShutdown"u8);
        json.WriteNumber("E"u8, now);
        json.WriteEndObject();
    }
}
