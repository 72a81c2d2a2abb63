using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>The state of every order of ours, as the fold of its events. Pure: no clock, no I/O, no task, no randomness.</summary>
/// <remarks>
/// Used by one thread. It holds after every event: a fill is applied exactly once; a filled quantity never falls; an unknown order stays reserved until
/// the venue's word or a proof settles it; one order is sent at most once.
/// </remarks>
/// <param name="installation">The three characters that mark our ids, see <see cref="ClientOrderIds"/>; null leaves foreign ids unjudged.</param>
public sealed class ExecutionCore(string? installation = null)
{
    private readonly ChangeSet _changes = new();
    private readonly Dictionary<ClientOrderId, Attempt> _byId = [];
    private readonly Dictionary<OrderKey, Attempt> _byKey = [];
    private readonly Dictionary<OrderKey, ForeignOrder> _foreign = [];
    private readonly FillLedger _ledger = new();
    private readonly List<Order> _all = [];
    private readonly SortedList<int, Attempt> _open = [];
    private IReadOnlyList<Order>? _openOrders;

    private AttemptMachine Machine => field ??= new AttemptMachine(_changes);

    /// <summary>The epoch of the newest <see cref="EpochStarted"/>; zero before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>Every order, oldest first. A live view for the core's own thread.</summary>
    public IReadOnlyList<Order> All => field ??= _all.AsReadOnly();

    /// <summary>Every order that is not done, oldest first. A snapshot.</summary>
    public IReadOnlyList<Order> Open => _openOrders ??= [.. _open.Values.Select(a => a.Order)];

    /// <summary>Every order whose fate or fills are not settled: in flight, unknown, short of announced fills, or being looked up. A snapshot, oldest first.</summary>
    public IReadOnlyList<Order> Unsettled => [.. _open.Values.Where(a => a.IsUnsettled).Select(a => a.Order)];

    /// <summary>Orders at the venues that are not in our journal, with the venue's last word. A live view.</summary>
    public IReadOnlyCollection<ForeignOrder> Foreign => _foreign.Values;

    internal IEnumerable<Attempt> OpenAttempts => _open.Values;

    /// <summary>The order with our id, or null.</summary>
    public Order? Find(ClientOrderId id) => _byId.GetValueOrDefault(id)?.Order;

    /// <summary>The order with the venue's id, or null.</summary>
    public Order? Find(ConnectionId connection, Symbol symbol, VenueOrderId id) => _byKey.GetValueOrDefault(new OrderKey(connection, symbol, id))?.Order;

    /// <summary>How the venue names an order: by our id and, when it is known, by its own; null for an order that was never prepared.</summary>
    public OrderReference? Reference(ClientOrderId id) => _byId.GetValueOrDefault(id)?.Reference;

    /// <summary>Takes one event into the state.</summary>
    public ExecutionResult Apply(ExecutionEvent e)
    {
        Take(e);
        ReleaseOrphanedFills(e.At);
        Index();
        return _changes.Take();
    }

    private void Take(ExecutionEvent e)
    {
        switch (e)
        {
            case EpochStarted epoch: Restart(epoch); break;
            case IntentCreated intent: Create(intent); break;
            case IntentDenied denied: On(denied.Id, AttemptTrigger.Denied, new Cause(e.At, $"{denied.Code}: {denied.Reason}")); break;
            case AttemptPrepared prepared: Prepare(prepared); break;
            case AttemptAnswered answered: Answer(answered); break;
            case OrderReported reported: Report(reported.At, reported.Connection, reported.Report); break;
            case FillReported reported: Fill(reported.At, reported.Connection, reported.Fill); break;
            case CancelRequested cancel: AskCancel(cancel); break;
            case CancelAnswered answered: AnswerCancel(answered); break;
            case OrderLookedUp lookedUp: LookUp(lookedUp); break;
            case DeadProven proven: On(proven.Id, AttemptTrigger.ProvenDead, new Cause(e.At, proven.Evidence)); break;
            default: throw new ArgumentException($"{e.GetType().Name} is not an event that the core knows.", nameof(e));
        }
    }

    private void On(ClientOrderId id, AttemptTrigger trigger, in Cause cause)
    {
        if (_byId.TryGetValue(id, out var attempt))
        {
            Machine.On(attempt, trigger, cause);
        }
        else
        {
            _changes.Alarm($"order {id}: {trigger}, and there is no such order: {cause.Detail}");
        }
    }

    private void Restart(EpochStarted e)
    {
        if (e.Epoch <= Epoch)
        {
            _changes.Alarm($"epoch {e.Epoch} began after epoch {Epoch}");
        }

        Epoch = Math.Max(Epoch, e.Epoch);
        foreach (var attempt in _open.Values.ToArray())
        {
            Machine.On(attempt, AttemptTrigger.Restarted, new Cause(e.At, $"the host restarted (epoch {e.Epoch})"));
        }
    }

    private void Create(IntentCreated e)
    {
        var order = new Order
        {
            Id = e.Id,
            Request = e.Request,
            Knowledge = OrderKnowledge.NotSent,
            Quantity = e.Request.Quantity,
            CreatedAt = e.At,
            UpdatedAt = e.At,
            Version = 1,
        };
        var attempt = new Attempt(order, _all.Count);
        if (!_byId.TryAdd(e.Id, attempt))
        {
            _changes.Alarm($"order {e.Id}: the id was used before; the second request is ignored");
            return;
        }

        _all.Add(order);
        _changes.Changed(attempt);
    }

    private void Prepare(AttemptPrepared e)
    {
        if (!_byId.TryGetValue(e.Id, out var attempt) || attempt.State != AttemptState.Draft)
        {
            On(e.Id, AttemptTrigger.Prepared, new Cause(e.At, "not sent"));
            return;
        }

        if (Preparation.Mismatch(attempt.Order, e.Order) is { } mismatch)
        {
            _changes.Alarm($"order {e.Id}: not sent, {mismatch}");
            Machine.On(attempt, AttemptTrigger.Denied, new Cause(e.At, $"prepared: {mismatch}"));
            return;
        }

        attempt.Instrument = e.Order.Instrument;
        attempt.Become(attempt.Order with { Connection = e.Connection, IsBackup = e.IsBackup, IsSimulated = e.IsSimulated, Quantity = e.Order.Quantity }, e.At);
        Machine.On(attempt, AttemptTrigger.Prepared, new Cause(e.At, "prepared"));
        _changes.Do(new SendOrder(e.Connection, e.Order));
    }

    private void Answer(AttemptAnswered e)
    {
        switch (e.Outcome)
        {
            case OrderOutcome.NotSent notSent:
                On(e.Id, AttemptTrigger.NotSent, new Cause(e.At, $"not sent: {notSent.Proof}"));
                break;
            case OrderOutcome.Rejected { Error: var error }:
                var isDuplicate = error.Kind == VenueErrorKind.DuplicateClientOrderId;
                On(e.Id, isDuplicate ? AttemptTrigger.RefusedAsDuplicate : AttemptTrigger.Refused, new Cause(e.At, error.ToString()));
                break;
            case OrderOutcome.Unknown unknown:
                On(e.Id, AttemptTrigger.Ambiguous, new Cause(e.At, unknown.Reason.ToString()));
                break;
            case OrderOutcome.Accepted accepted:
                Accept(e, accepted);
                break;
        }
    }

    private void Accept(AttemptAnswered e, OrderOutcome.Accepted accepted)
    {
        if (!_byId.TryGetValue(e.Id, out var attempt) || attempt.Order.Connection is not { } connection)
        {
            _changes.Alarm($"order {e.Id}: accepted by a venue, and it was never sent");
            return;
        }

        var mismatch = Preparation.MixUp(attempt.Order, accepted.Report);
        if (mismatch is not null)
        {
            Machine.On(attempt, AttemptTrigger.MixedUp, new Cause(e.At, $"the answer is not for this order: {mismatch}"));
        }
        else if (!Link(attempt, connection, accepted.Report.VenueOrderId, e.At))
        {
            Machine.On(attempt, AttemptTrigger.MixedUp, new Cause(e.At, $"the answer names order {accepted.Report.VenueOrderId} of the venue, which is another one"));
            mismatch = "venue order id";
        }

        foreach (var fill in accepted.Fills)
        {
            Fill(e.At, connection, fill);
        }

        if (mismatch is null)
        {
            Hear(attempt, connection, accepted.Report, e.At, askedAt: null);
        }
    }

    private void Report(Timestamp at, ConnectionId connection, OrderReport report)
    {
        var key = new OrderKey(connection, report.Symbol, report.VenueOrderId);
        var attempt = Owner(key, report.ClientOrderId);
        if (attempt is not null && Belongs(attempt, key, report.Side))
        {
            Hear(attempt, connection, report, at, askedAt: null);
            return;
        }

        // While an answer is due the order may turn out to be ours: listed, but nothing to shout about yet.
        var mayBeOurs = report.ClientOrderId is null && attempt is null && HasCandidate(key);
        if (!mayBeOurs && !_foreign.ContainsKey(key))
        {
            NoteForeign(key, report.ClientOrderId, attempt);
        }

        _foreign[key] = new ForeignOrder(connection, report);
    }

    private void Hear(Attempt attempt, ConnectionId connection, OrderReport report, Timestamp at, Timestamp? askedAt)
    {
        if (!Link(attempt, connection, report.VenueOrderId, at))
        {
            return;
        }

        var trigger = report.Status switch
        {
            OrderStatus.Filled => AttemptTrigger.SaidFilled,
            OrderStatus.Cancelled or OrderStatus.Expired => AttemptTrigger.SaidEnded,
            OrderStatus.Rejected => AttemptTrigger.SaidRejected,
            _ => AttemptTrigger.SaidWorking,
        };
        Machine.On(attempt, trigger, new Cause(at, $"{connection} says {report.Status} {report.Reason}", report, AskedAt: askedAt));
    }

    private void Fill(Timestamp at, ConnectionId connection, FillReport fill)
    {
        var key = new OrderKey(connection, fill.Symbol, fill.VenueOrderId);
        var attempt = Owner(key, fill.ClientOrderId);
        var owner = attempt is not null && Belongs(attempt, key, fill.Side) ? attempt : null;
        if (_ledger.Remember(connection, fill) is { } before)
        {
            Repeat(owner, key, before, fill, at);
        }
        else if (owner is not null)
        {
            // A fill of a second venue id under our id is still our fill; Link raises the alarm.
            Link(owner, connection, fill.VenueOrderId, at);
            Add(owner, connection, fill, at);
        }
        else if (fill.ClientOrderId is null && attempt is null && HasCandidate(key))
        {
            _ledger.Wait(key, fill);
        }
        else
        {
            NoteForeign(key, fill.ClientOrderId, attempt);
            AddForeign(key, fill);
        }
    }

    private void Repeat(Attempt? owner, OrderKey key, FillReport before, FillReport again, Timestamp at)
    {
        if (before.Price != again.Price || before.Quantity != again.Quantity || before.VenueOrderId != again.VenueOrderId)
        {
            _changes.Alarm($"trade {again.TradeId} at {key.Connection} {key.Symbol} came again with other content: first {before.Quantity} at {before.Price} of order {before.VenueOrderId}, now {again.Quantity} at {again.Price} of order {again.VenueOrderId}");
        }
        else if (owner is not null)
        {
            // The repetition may be the first to name our id.
            Link(owner, key.Connection, key.VenueOrderId, at);
            Machine.On(owner, AttemptTrigger.RepeatedFill, new Cause(at, "seen before", Fill: again));
        }
    }

    private void Add(Attempt attempt, ConnectionId connection, FillReport fill, Timestamp at)
    {
        Machine.On(attempt, AttemptTrigger.NewFill, new Cause(at, $"fill {fill.TradeId}, {fill.Quantity} at {fill.Price}", Fill: fill));
        var order = attempt.Order;
        _changes.Filled(new Fill { OrderId = order.Id, Connection = connection, IsBackup = order.IsBackup, IsSimulated = order.IsSimulated, Report = fill });
    }

    private void AddForeign(OrderKey key, FillReport fill)
    {
        _ledger.AddForeign(key, fill);
        _changes.Filled(new Fill { Connection = key.Connection, Report = fill });
    }

    private void AskCancel(CancelRequested e)
    {
        var isPending = _byId.TryGetValue(e.Id, out var attempt) && attempt.Order.CancelRequested;
        On(e.Id, isPending ? AttemptTrigger.CancelAskedAgain : AttemptTrigger.CancelAsked, new Cause(e.At, $"cancelled before it was sent, by {e.Origin}"));
    }

    private void AnswerCancel(CancelAnswered e)
    {
        switch (e.Outcome)
        {
            case OrderOutcome.NotSent notSent:
                On(e.Id, AttemptTrigger.CancelRefused, new Cause(e.At, $"cancel not sent: {notSent.Proof}"));
                break;
            case OrderOutcome.Rejected { Error: var error }:
                On(e.Id, error.Kind == VenueErrorKind.NotFound ? AttemptTrigger.CancelNotFound : AttemptTrigger.CancelRefused, new Cause(e.At, $"cancel refused: {error}"));
                break;
            case OrderOutcome.Unknown unknown:
                On(e.Id, AttemptTrigger.CancelAmbiguous, new Cause(e.At, $"cancel unanswered: {unknown.Reason}"));
                break;
            case OrderOutcome.Accepted accepted:
                CancelTaken(e, accepted);
                break;
        }
    }

    private void CancelTaken(CancelAnswered e, OrderOutcome.Accepted accepted)
    {
        if (!_byId.TryGetValue(e.Id, out var attempt) || attempt.Order.Connection is not { } connection)
        {
            _changes.Alarm($"order {e.Id}: its cancel was accepted by a venue, and it was never sent");
            return;
        }

        foreach (var fill in accepted.Fills)
        {
            Fill(e.At, connection, fill);
        }

        if (Preparation.MixUp(attempt.Order, accepted.Report) is { } mismatch)
        {
            Machine.On(attempt, AttemptTrigger.CancelAmbiguous, new Cause(e.At, mismatch));
            _changes.Alarm($"order {e.Id}: the answer to its cancel is not for this order: {mismatch}");
            return;
        }

        Hear(attempt, connection, accepted.Report, e.At, askedAt: null);
        Machine.On(attempt, AttemptTrigger.CancelTaken, new Cause(e.At, "cancel accepted"));
    }

    private void LookUp(OrderLookedUp e)
    {
        if (!_byId.TryGetValue(e.Id, out var attempt) || attempt.Order.Connection is not { } connection)
        {
            _changes.Alarm($"order {e.Id}: looked up, and it was never sent");
            return;
        }

        attempt.LookUpsAnswered++;
        if (!e.Answer.IsOk)
        {
            Machine.On(attempt, AttemptTrigger.ReadFailed, new Cause(e.At, e.Answer.Error!.ToString(), AskedAt: e.AskedAt));
        }
        else if (e.Answer.Value is not { } report)
        {
            Machine.On(attempt, AttemptTrigger.ReadAbsent, new Cause(e.At, "not found", AskedAt: e.AskedAt));
        }
        else if (Preparation.MixUp(attempt.Order, report) is { } mismatch)
        {
            _changes.Alarm($"order {e.Id}: the look-up answered for another order: {mismatch}");
        }
        else
        {
            attempt.IsWatched = false;
            Hear(attempt, connection, report, e.At, e.AskedAt);
        }
    }

    private Attempt? Owner(OrderKey key, ClientOrderId? id) =>
        id is { } ours && _byId.TryGetValue(ours, out var attempt) ? attempt : _byKey.GetValueOrDefault(key);

    private static bool Belongs(Attempt attempt, OrderKey key, Side? side) =>
        (attempt.Order.Connection ?? key.Connection) == key.Connection
        && attempt.Order.Request.Symbol == key.Symbol
        && (side ?? attempt.Order.Request.Side) == attempt.Order.Request.Side;

    private bool HasCandidate(OrderKey key) =>
        _open.Values.Any(a => a.Order.VenueOrderId is null && a.State is AttemptState.InFlight or AttemptState.Unknown && Belongs(a, key, null));

    private bool Link(Attempt attempt, ConnectionId connection, VenueOrderId id, Timestamp at)
    {
        var key = new OrderKey(connection, attempt.Order.Request.Symbol, id);
        if (attempt.Order.VenueOrderId is { } known && attempt.Order.Connection == connection)
        {
            if (known != id)
            {
                _changes.Alarm($"order {attempt.Order.Id}: {connection} has two orders under our id, {known} and {id}");
            }

            return known == id;
        }

        if (!_byKey.TryAdd(key, attempt))
        {
            _changes.Alarm($"order {attempt.Order.Id}: order {id} of {connection} is {_byKey[key].Order.Id} already");
            return false;
        }

        attempt.Become(attempt.Order with { VenueOrderId = id, Connection = connection }, at);
        _changes.Changed(attempt);
        Claim(attempt, key, at);
        return true;
    }

    private void Claim(Attempt attempt, OrderKey key, Timestamp at)
    {
        foreach (var fill in _ledger.TakeWaiting(key))
        {
            Add(attempt, key.Connection, fill, at);
        }

        foreach (var fill in _ledger.TakeForeign(key))
        {
            // Already in the position; now also in the order.
            _changes.Alarm($"order {attempt.Order.Id}: fill {fill.TradeId} was taken for a foreign one");
            Machine.On(attempt, AttemptTrigger.NewFill, new Cause(at, $"fill {fill.TradeId}, late known as ours", Fill: fill));
        }

        if (_foreign.Remove(key, out var word))
        {
            Hear(attempt, key.Connection, word.Report, at, askedAt: null);
        }
    }

    private void NoteForeign(OrderKey key, ClientOrderId? id, Attempt? mismatched)
    {
        var what = mismatched is not null ? $"it carries the id of our order {mismatched.Order.Id}, which is another market, side or connection"
            : id is { } named && installation is not null && ClientOrderIds.IsOurs(named, installation) ? $"ORPHAN: {named} is an id of this installation and not in the journal"
            : null;
        if (what is not null || !_foreign.ContainsKey(key))
        {
            _changes.Alarm($"foreign order {key.VenueOrderId} at {key.Connection} {key.Symbol}{(what is null ? "" : ": " + what)}");
        }
    }

    private void ReleaseOrphanedFills(Timestamp at)
    {
        if (!_ledger.HasWaiting)
        {
            return;
        }

        Index();
        foreach (var key in _ledger.WaitingKeys.Where(k => !HasCandidate(k)).ToArray())
        {
            NoteForeign(key, null, null);
            foreach (var fill in _ledger.TakeWaiting(key))
            {
                AddForeign(key, fill);
            }
        }
    }

    private void Index()
    {
        foreach (var attempt in _changes.ChangedAttempts)
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
