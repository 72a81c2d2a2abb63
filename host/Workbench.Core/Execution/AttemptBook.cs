using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Every intent and attempt, by our id, by the venue's, and in order of age.</summary>
internal sealed class AttemptBook
{
    private readonly Dictionary<ClientOrderId, Attempt> _byId = [];
    private readonly Dictionary<OrderKey, Attempt> _byKey = [];
    private readonly List<Order> _all = [];
    private readonly SortedList<int, Attempt> _open = [];
    private readonly SortedList<int, Intent> _openIntents = [];
    private int _attempts;
    private IReadOnlyList<Order>? _openOrders;

    /// <summary>Every order, oldest first; a live view.</summary>
    public IReadOnlyList<Order> All => field ??= _all.AsReadOnly();

    /// <summary>Every order that is not done, oldest first; a snapshot.</summary>
    public IReadOnlyList<Order> OpenOrders => _openOrders ??= [.. _openIntents.Values.Select(i => i.Order)];

    /// <summary>Every attempt that is not done, oldest first; a live view.</summary>
    public IList<Attempt> Open => _open.Values;

    /// <summary>The attempt with our id.</summary>
    public Attempt? Find(ClientOrderId id) => _byId.GetValueOrDefault(id);

    /// <summary>The attempt with the venue's id.</summary>
    public Attempt? Find(OrderKey key) => _byKey.GetValueOrDefault(key);

    /// <summary>Every intent that is not done, oldest first; a live view.</summary>
    public IList<Intent> OpenIntents => _openIntents.Values;

    /// <summary>The intent with our id, or with an attempt of that id.</summary>
    public Intent? FindIntent(ClientOrderId id) => _byId.GetValueOrDefault(id)?.Intent;

    /// <summary>Adds a new order with its first attempt; null when its id was used before.</summary>
    public Attempt? Add(IntentCreated e, int epoch)
    {
        if (_byId.ContainsKey(e.Id))
        {
            return null;
        }

        var intent = new Intent(Draft(e.Id, e.Request, e.At), e.Origin, e.MaxAttempts, epoch, _all.Count);
        _all.Add(intent.Order);
        return Add(intent, intent.Order);
    }

    /// <summary>Adds another attempt of an intent; null when its id was used before.</summary>
    public Attempt? Add(Intent intent, ClientOrderId id, Timestamp at) =>
        _byId.ContainsKey(id) ? null : Add(intent, Draft(id, intent.Order.Request with { Quantity = intent.Left }, at));

    private static Order Draft(ClientOrderId id, OrderRequest request, Timestamp at) => new()
    {
        Id = id,
        Request = request,
        Knowledge = OrderKnowledge.NotSent,
        Quantity = request.Quantity,
        CreatedAt = at,
        UpdatedAt = at,
        Version = 1,
    };

    private Attempt Add(Intent intent, Order order)
    {
        var attempt = new Attempt(order, intent, _attempts++);
        intent.Add(attempt);
        _byId.Add(order.Id, attempt);
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

    /// <summary>Takes over new snapshots of intents.</summary>
    public void Update(IReadOnlyList<Intent> changed)
    {
        foreach (var intent in changed)
        {
            _all[intent.Ordinal] = intent.Order;
            _openOrders = null;
            if (intent.Order.IsDone)
            {
                _openIntents.Remove(intent.Ordinal);
            }
            else
            {
                _openIntents[intent.Ordinal] = intent;
            }
        }
    }
}
