using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Every attempt, by our id, by the venue's, and in order of age.</summary>
internal sealed class AttemptBook
{
    private readonly Dictionary<ClientOrderId, Attempt> _byId = [];
    private readonly Dictionary<OrderKey, Attempt> _byKey = [];
    private readonly List<Order> _all = [];
    private readonly SortedList<int, Attempt> _open = [];
    private IReadOnlyList<Order>? _openOrders;

    /// <summary>Every order, oldest first; a live view.</summary>
    public IReadOnlyList<Order> All => field ??= _all.AsReadOnly();

    /// <summary>Every order that is not done, oldest first; a snapshot.</summary>
    public IReadOnlyList<Order> OpenOrders => _openOrders ??= [.. _open.Values.Select(a => a.Order)];

    /// <summary>Every attempt that is not done, oldest first; a live view.</summary>
    public IList<Attempt> Open => _open.Values;

    /// <summary>The attempt with our id.</summary>
    public Attempt? Find(ClientOrderId id) => _byId.GetValueOrDefault(id);

    /// <summary>The attempt with the venue's id.</summary>
    public Attempt? Find(OrderKey key) => _byKey.GetValueOrDefault(key);

    /// <summary>Adds a new order; null when its id was used before.</summary>
    public Attempt? Add(Order order)
    {
        var attempt = new Attempt(order, _all.Count);
        if (!_byId.TryAdd(order.Id, attempt))
        {
            return null;
        }

        _all.Add(order);
        return attempt;
    }

    /// <summary>Binds a venue's id to an attempt; false when it is bound to another.</summary>
    public bool Bind(OrderKey key, Attempt attempt) => _byKey.TryAdd(key, attempt);

    /// <summary>True when an order without a venue id could be the one that the key names.</summary>
    public bool HasCandidate(OrderKey key) =>
        _open.Values.Any(a => a.Order.VenueOrderId is null && a.State is AttemptState.InFlight or AttemptState.Unknown && a.Belongs(key, null));

    /// <summary>Takes over new snapshots.</summary>
    public void Update(IReadOnlyList<Attempt> changed)
    {
        foreach (var attempt in changed)
        {
            _all[attempt.Ordinal] = attempt.Order;
            _openOrders = null;
            if (attempt.Order.IsDone)
            {
                _open.Remove(attempt.Ordinal);
            }
            else
            {
                _open[attempt.Ordinal] = attempt;
            }
        }
    }
}
