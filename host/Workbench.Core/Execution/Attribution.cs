using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>Finds the order that a venue's word or fill is about, binds the venue's id to ours, and keeps what belongs to nobody yet or to somebody else.</summary>
/// <remarks>
/// A fill that names neither an order of ours nor a known venue id waits as long as some order of ours could own it; then it is handed out as foreign.
/// Nothing is dropped: should it turn out to be ours after all, the order takes it over, and the position has it already.
/// </remarks>
internal sealed class Attribution(AttemptBook book, AttemptMachine machine, ChangeSet changes, string? installation)
{
    private readonly Dictionary<OrderKey, ForeignOrder> _foreign = [];
    private readonly FillLedger _ledger = new();

    /// <summary>Orders that are not in our journal.</summary>
    public IReadOnlyCollection<ForeignOrder> Foreign => _foreign.Values;

    /// <summary>The venue speaks about some order.</summary>
    public void Report(Timestamp at, ConnectionId connection, OrderReport report)
    {
        var key = new OrderKey(connection, report.Symbol, report.VenueOrderId);
        var attempt = Owner(key, report.ClientOrderId);
        if (attempt is not null && attempt.Belongs(key, report.Side))
        {
            Hear(attempt, connection, report, at, askedAt: null);
            return;
        }

        // While an answer is due the order may turn out to be ours: listed, but nothing to shout about yet.
        var mayBeOurs = report.ClientOrderId is null && attempt is null && book.HasCandidate(key);
        if (!mayBeOurs && !_foreign.ContainsKey(key))
        {
            NoteForeign(key, report.ClientOrderId, attempt);
        }

        _foreign[key] = new ForeignOrder(connection, report);
    }

    /// <summary>The venue speaks about a certain order of ours.</summary>
    public void Hear(Attempt attempt, ConnectionId connection, OrderReport report, Timestamp at, Timestamp? askedAt)
    {
        if (!Link(attempt, connection, report.VenueOrderId, at))
        {
            return;
        }

        attempt.IsTriggered |= report.IsTriggered == true;
        var trigger = report.Status switch
        {
            OrderStatus.Filled => AttemptTrigger.SaidFilled,
            OrderStatus.Cancelled or OrderStatus.Expired => AttemptTrigger.SaidEnded,
            OrderStatus.Rejected => AttemptTrigger.SaidRejected,
            _ => AttemptTrigger.SaidWorking,
        };
        machine.On(attempt, trigger, new Cause(at, null, report, AskedAt: askedAt));
    }

    /// <summary>The venue reports an execution.</summary>
    public void Fill(Timestamp at, ConnectionId connection, FillReport fill)
    {
        var key = new OrderKey(connection, fill.Symbol, fill.VenueOrderId);
        var attempt = Owner(key, fill.ClientOrderId);
        var side = fill.Reverses is null ? fill.Side : fill.Side.Opposite();
        var owner = attempt is not null && attempt.Belongs(key, side) ? attempt : null;
        if (_ledger.Remember(connection, fill) is { } before)
        {
            Repeat(owner, key, before, fill, at);
        }
        else if (fill.Reverses is not null)
        {
            Reverse(owner, key, fill, at);
        }
        else if (owner is not null)
        {
            // A fill of a second venue id under our id is still our fill; Link raises the alarm.
            Link(owner, connection, fill.VenueOrderId, at);
            Add(owner, connection, fill, at);
        }
        else if (fill.ClientOrderId is null && attempt is null && book.HasCandidate(key))
        {
            _ledger.Wait(key, fill);
        }
        else
        {
            NoteForeign(key, fill.ClientOrderId, attempt);
            AddForeign(key, fill);
        }
    }

    /// <summary>Binds a venue id to an order; false, with an alarm, when either is bound to another.</summary>
    public bool Link(Attempt attempt, ConnectionId connection, VenueOrderId id, Timestamp at)
    {
        var key = new OrderKey(connection, attempt.Order.Request.Symbol, id);
        if (attempt.Order.VenueOrderId is { } known && attempt.Order.Connection == connection)
        {
            if (known != id)
            {
                changes.Alarm($"order {attempt.Order.Id}: {connection} has two orders under our id, {known} and {id}");
            }

            return known == id;
        }

        if (!book.Bind(key, attempt))
        {
            changes.Alarm($"order {attempt.Order.Id}: order {id} of {connection} is {book.Find(key)!.Order.Id} already");
            return false;
        }

        attempt.Become(attempt.Order with { VenueOrderId = id, Connection = connection }, at);
        changes.Changed(attempt);
        Claim(attempt, key, at);
        return true;
    }

    /// <summary>Hands out the fills that no order of ours can own any more.</summary>
    public void Release()
    {
        if (!_ledger.HasWaiting)
        {
            return;
        }

        book.Update(changes.ChangedAttempts);
        foreach (var key in _ledger.WaitingKeys.Where(k => !book.HasCandidate(k)).ToArray())
        {
            NoteForeign(key, null, null);
            foreach (var fill in _ledger.TakeWaiting(key))
            {
                AddForeign(key, fill);
            }
        }
    }

    /// <summary>A reversal takes back what was applied, and nothing else: one of a trade that never came here is for a person.</summary>
    private void Reverse(Attempt? owner, OrderKey key, FillReport reversal, Timestamp at)
    {
        if (_ledger.TakeBack(key.Connection, reversal) is { } problem)
        {
            changes.Alarm($"trade {reversal.Reverses} at {key.Connection} {key.Symbol} was taken back and nothing was booked: {problem}");
            return;
        }

        if (owner is not null)
        {
            machine.On(owner, AttemptTrigger.TakenBack, new Cause(at, $"trade {reversal.Reverses} was taken back, {reversal.Quantity} at {reversal.Price}", Fill: reversal));
        }
        else
        {
            changes.Alarm($"foreign trade {reversal.Reverses} at {key.Connection} {key.Symbol} was taken back");
        }

        var order = owner?.Order;
        changes.Filled(new Fill { OrderId = owner?.Intent.Id, Connection = key.Connection, IsBackup = order?.IsBackup ?? false, IsSimulated = order?.IsSimulated ?? false, Report = reversal });
    }

    private void Repeat(Attempt? owner, OrderKey key, FillReport before, FillReport again, Timestamp at)
    {
        if (before.Price != again.Price || before.Quantity != again.Quantity || before.VenueOrderId != again.VenueOrderId)
        {
            changes.Alarm($"trade {again.TradeId} at {key.Connection} {key.Symbol} came again with other content: first {before.Quantity} at {before.Price} of order {before.VenueOrderId}, now {again.Quantity} at {again.Price} of order {again.VenueOrderId}");
        }
        else if (owner is not null)
        {
            // The repetition may be the first to name our id.
            Link(owner, key.Connection, key.VenueOrderId, at);
            machine.On(owner, AttemptTrigger.RepeatedFill, new Cause(at, "seen before", Fill: again));
        }
    }

    private void Add(Attempt attempt, ConnectionId connection, FillReport fill, Timestamp at)
    {
        machine.On(attempt, AttemptTrigger.NewFill, new Cause(at, null, Fill: fill));
        var order = attempt.Order;
        changes.Filled(new Fill { OrderId = attempt.Intent.Id, Connection = connection, IsBackup = order.IsBackup, IsSimulated = order.IsSimulated, Report = fill });
    }

    private void AddForeign(OrderKey key, FillReport fill)
    {
        _ledger.AddForeign(key, fill);
        changes.Filled(new Fill { Connection = key.Connection, Report = fill });
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
            changes.Alarm($"order {attempt.Order.Id}: fill {fill.TradeId} was taken for a foreign one");
            machine.On(attempt, AttemptTrigger.NewFill, new Cause(at, null, Fill: fill));
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
            changes.Alarm($"foreign order {key.VenueOrderId} at {key.Connection} {key.Symbol}{(what is null ? "" : ": " + what)}");
        }
    }

    private Attempt? Owner(OrderKey key, ClientOrderId? id) => (id is { } ours ? book.Find(ours) : null) ?? book.Find(key);
}
