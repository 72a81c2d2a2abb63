using Workbench.Simulator.Bybit.Service;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Streams;

/// <summary>Pushes each change of a maintenance to those who listen. State belongs to the venue's lock.</summary>
internal sealed class StatusFeed(SimulatedVenue venue)
{
    public const string Topic = "system.status";
    private readonly List<BybitSocket> _listeners = [];

    public void Set(BybitSocket socket, bool listens)
    {
        _listeners.Remove(socket);
        if (listens)
        {
            _listeners.Add(socket);
        }
    }

    public void Push(StatusEntry entry)
    {
        var message = BybitJson.Object(writer =>
        {
            writer.WriteString("topic", Topic);
            writer.WriteNumber("ts", venue.Clock.NowMillis);
            writer.WriteList("data", [entry], static (w, e) => e.Write(w));
        });
        foreach (var listener in _listeners)
        {
            listener.Send(message, BybitTraffic.Frame(Topic));
        }
    }
}
