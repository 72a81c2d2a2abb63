using Workbench.Core.Connections;
using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Transport;

/// <summary>All HTTP connections of this host: one pool for each venue and role, shared by the connections of the configuration that go there.</summary>
internal sealed class HttpPools(VenueNetwork network)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<HttpPoolKey, HttpPool> _pools = [];

    /// <summary>How the venues are reached; WebSockets go the same way.</summary>
    public VenueNetwork Network => network;

    /// <summary>Gives a pool's lanes until the lease is disposed; the last one out closes the connections.</summary>
    /// <param name="key">Whose pool.</param>
    /// <param name="options">Its bounds, if it is not there yet.</param>
    /// <param name="budget">What its new connections are taken from, if it is not there yet: connects are counted by address, so any connection to the venue draws on the same.</param>
    public HttpPoolLease Rent(HttpPoolKey key, HttpPoolOptions options, ConnectionBudget budget)
    {
        lock (_lock)
        {
            if (!_pools.TryGetValue(key, out var pool))
            {
                _pools[key] = pool = new HttpPool(options, budget, network);
            }

            pool.Leases++;
            return new HttpPoolLease(pool, () => Return(key, pool));
        }
    }

    private void Return(HttpPoolKey key, HttpPool pool)
    {
        lock (_lock)
        {
            if (--pool.Leases > 0)
            {
                return;
            }

            _pools.Remove(key);
        }

        pool.Dispose();
    }
}

/// <summary>Whose pool.</summary>
/// <param name="Venue">The venue's address, as its limits know it.</param>
/// <param name="Role">What it is to this host.</param>
internal readonly record struct HttpPoolKey(string Venue, PoolRole Role);

/// <summary>One venue's HTTP connections, by lane.</summary>
internal sealed class HttpPool(HttpPoolOptions options, ConnectionBudget budget, VenueNetwork network) : IDisposable
{
    private readonly HttpLane[] _lanes =
    [
        new HttpLane(RequestLane.Read, options.ReadConnections, options, budget, network),
        new HttpLane(RequestLane.Order, options.OrderConnections, options, budget, network),
        new HttpLane(RequestLane.Cancel, options.CancelConnections, options, budget, network),
    ];

    /// <summary>How many hold it; kept by <see cref="HttpPools"/>.</summary>
    public int Leases { get; set; }

    public IReadOnlyList<HttpLaneUse> Use => [.. _lanes.Select(l => l.Use)];

    /// <summary>The lane of a call; queries of unknown orders go with the cancels.</summary>
    public HttpLane this[RequestLane lane] => _lanes[(int)(lane == RequestLane.LookUp ? RequestLane.Cancel : lane)];

    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }
}

/// <summary>One connection's hold on a pool.</summary>
internal sealed class HttpPoolLease(HttpPool pool, Action release) : IDisposable
{
    private int _released;

    public HttpPool Pool => pool;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            release();
        }
    }
}
