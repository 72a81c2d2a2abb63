using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server;

/// <summary>Counts what arrives on a venue's wire, before any fault has its say. Only for tests: a venue counts nothing until somebody asks.</summary>
internal sealed class RequestTally
{
    private readonly Lock _lock = new();
    private readonly List<RequestInfo> _requests = [];
    private int _connections;

    /// <summary>TCP connections that were accepted.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Requests in the order in which they arrived; handshakes of WebSockets are requests, too.</summary>
    public IReadOnlyList<RequestInfo> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public int Count(RequestKinds kinds)
    {
        lock (_lock)
        {
            return _requests.Count(r => (r.Kind & kinds) != 0);
        }
    }

    internal void Connected() => Interlocked.Increment(ref _connections);

    internal void Arrived(RequestInfo request)
    {
        lock (_lock)
        {
            _requests.Add(request);
        }
    }
}
