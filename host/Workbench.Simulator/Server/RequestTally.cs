using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server;

/// <summary>Counts what arrives on a venue's wire, before any fault has its say. Only for tests: a venue counts nothing until somebody asks.</summary>
internal sealed class RequestTally
{
    private readonly Lock _lock = new();
    private readonly List<RequestInfo> _requests = [];
    private readonly List<string> _subscriptions = [];
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

    /// <summary>Every stream or topic of market data that was asked for on a socket, by the venue's own name, in the order in which the venue was asked.</summary>
    public IReadOnlyList<string> Subscriptions
    {
        get
        {
            lock (_lock)
            {
                return [.. _subscriptions];
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

    internal void Subscribed(IEnumerable<string> names)
    {
        lock (_lock)
        {
            _subscriptions.AddRange(names);
        }
    }
}
