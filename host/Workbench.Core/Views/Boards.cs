using System.Collections.Concurrent;
using System.Collections.Immutable;
using Workbench.Core.Instruments;
using Workbench.Sdk;

namespace Workbench.Core.Views;

/// <summary>What everybody may read about orders, fills, positions and connections. Written on the pipeline's thread, read on any.</summary>
internal sealed class Boards
{
    private readonly ConcurrentDictionary<ClientOrderId, Order> _orders = new();
    private readonly ConcurrentDictionary<ClientOrderId, OrderHandle> _handles = new();
    private readonly ConcurrentDictionary<(ConnectionId?, Symbol), Position> _positions = new();
    private readonly ConcurrentDictionary<ConnectionId, ImmutableDictionary<Asset, Balance>> _balances = new();
    private readonly ConcurrentDictionary<ConnectionId, ConnectionStatus> _connections = new();
    private volatile ImmutableList<ClientOrderId> _order = [];
    private volatile ImmutableList<Fill> _fills = [];
    private volatile ImmutableList<ConnectionEvent> _recentEvents = [];

    public Broadcast<Order> OrderChanges { get; } = new();

    public Broadcast<Fill> NewFills { get; } = new();

    public Broadcast<ConnectionEvent> ConnectionEvents { get; } = new();

    public IReadOnlyList<Order> Orders => [.. _order.Select(id => _orders[id])];

    public IReadOnlyList<Fill> Fills => _fills;

    public IReadOnlyList<ConnectionEvent> RecentEvents => _recentEvents;

    public IReadOnlyList<Position> Positions => [.. _positions.Values.OrderBy(p => p.Symbol).ThenBy(p => p.Connection?.Value)];

    public IReadOnlyList<ConnectionStatus> Connections => [.. _connections.Values];

    public Order? Order(ClientOrderId id) => _orders.GetValueOrDefault(id);

    public Position? Position(ConnectionId? connection, Symbol symbol) => _positions.GetValueOrDefault((connection, symbol));

    public ConnectionStatus? Connection(ConnectionId id) => _connections.GetValueOrDefault(id);

    /// <summary>The markets of every connection. Written by the <c>books</c> stage.</summary>
    public InstrumentBook InstrumentBook { get; } = new();

    public InstrumentMap Instruments(ConnectionId id) => InstrumentBook.Map(id);

    public IReadOnlyList<Balance> Balances(ConnectionId id) => [.. _balances.GetValueOrDefault(id, ImmutableDictionary<Asset, Balance>.Empty).Values];

    /// <summary>Makes the handle of an order before anything can happen to it.</summary>
    public void Follow(OrderHandle handle) => _handles[handle.Id] = handle;

    public void Set(Order order)
    {
        if (_orders.TryAdd(order.Id, order))
        {
            _order = _order.Add(order.Id);
        }
        else
        {
            _orders[order.Id] = order;
        }

        // A handle outlives the end of its order: a late fill must show there, too.
        if (_handles.TryGetValue(order.Id, out var handle))
        {
            handle.Update(order);
        }

        OrderChanges.Publish(order);
    }

    public void Add(Fill fill)
    {
        _fills = _fills.Add(fill);
        NewFills.Publish(fill);
    }

    public void Set(Position position) => _positions[(position.Connection, position.Symbol)] = position;

    public void Set(ConnectionId connection, IReadOnlyList<Balance> balances) =>
        _balances[connection] = _balances.GetValueOrDefault(connection, ImmutableDictionary<Asset, Balance>.Empty).SetItems(balances.Select(b => KeyValuePair.Create(b.Asset, b)));

    public void Set(ConnectionStatus status) => _connections[status.Id] = status;

    public void Remove(ConnectionId connection) => _connections.TryRemove(connection, out _);

    public void Add(ConnectionEvent e)
    {
        const int Kept = 100;
        _recentEvents = _recentEvents.Count < Kept ? _recentEvents.Add(e) : _recentEvents.RemoveAt(0).Add(e);
        ConnectionEvents.Publish(e);
    }
}
