using Workbench.Sdk;

namespace Workbench.Core.Execution;

/// <summary>The state of every order of ours, as the fold of its events. Pure: no clock, no I/O, no task, no randomness.</summary>
/// <remarks>
/// Used by one thread. It holds after every event: a fill is applied exactly once; a filled quantity never falls; an unknown order stays reserved until
/// the venue's word or a proof settles it; one attempt is sent at most once, and another one of the same order only when the last is settled without effect.
/// </remarks>
/// <param name="installation">The three characters that mark our ids, see <see cref="ClientOrderIds"/>; null leaves foreign ids unjudged.</param>
public sealed class ExecutionCore(string? installation = null)
{
    private readonly ChangeSet _changes = new();
    private readonly AttemptBook _book = new();

    private readonly HaltBook _halts = new();

    private AttemptMachine Machine => field ??= new AttemptMachine(_changes, _halts);

    private IntentMachine Intents => field ??= new IntentMachine(_changes);

    private Attribution Attribution => field ??= new Attribution(_book, Machine, _changes, installation);

    /// <summary>The epoch of the newest <see cref="EpochStarted"/>; zero before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>Every order, oldest first. A live view for the core's own thread.</summary>
    public IReadOnlyList<Order> All => _book.All;

    /// <summary>Every order that is not done, oldest first. A snapshot.</summary>
    public IReadOnlyList<Order> Open => _book.OpenOrders;

    /// <summary>Every order whose fate or fills are not settled: in flight, unknown, short of announced fills, or being looked up. A snapshot, oldest first.</summary>
    public IReadOnlyList<Order> Unsettled => [.. _book.Open.Where(a => a.IsUnsettled).Select(a => a.Order)];

    /// <summary>Orders at the venues that are not in our journal, with the venue's last word. A live view.</summary>
    public IReadOnlyCollection<ForeignOrder> Foreign => Attribution.Foreign;

    /// <summary>What people have decided for all orders: the kill switch, and the limits as the journal last held them.</summary>
    public TradingControls Controls { get; } = new();

    /// <summary>Markets that take no new orders until an operator has looked, with the reason. A live view.</summary>
    public IReadOnlyDictionary<(ConnectionId Connection, Symbol Symbol), string> Halted => _halts.All;

    internal HaltBook Halts => _halts;

    internal IEnumerable<Attempt> OpenAttempts => _book.Open;

    /// <summary>The order with our id, or one of whose attempts has that id, or null.</summary>
    public Order? Find(ClientOrderId id) => _book.FindIntent(id)?.Order;

    /// <summary>The order with the venue's id, or null.</summary>
    public Order? Find(ConnectionId connection, Symbol symbol, VenueOrderId id) => _book.Find(new OrderKey(connection, symbol, id))?.Intent.Order;

    /// <summary>How the venue names the newest attempt of an order: by our id and, when it is known, by its own; null for an order that was never prepared.</summary>
    public OrderReference? Reference(ClientOrderId id) => _book.FindIntent(id)?.Last.Reference;

    /// <summary>Takes one event into the state.</summary>
    public ExecutionResult Apply(ExecutionEvent e)
    {
        Take(e);
        Attribution.Release();
        Intents.Conclude(Epoch, e.At);
        _book.Update(_changes.ChangedAttempts);
        _book.Update(_changes.ChangedIntents);
        InvariantGuard.Check(_changes, _halts, e);
        return _changes.Take();
    }

    private void Take(ExecutionEvent e)
    {
        switch (e)
        {
            case EpochStarted epoch: Restart(epoch); break;
            case IntentCreated intent: Controls.Note(intent); Create(intent); break;
            case IntentDenied denied: Deny(denied); break;
            case AttemptPrepared prepared: Prepare(prepared); break;
            case AttemptAnswered answered: Answer(answered); break;
            case OrderReported reported: Attribution.Report(reported.At, reported.Connection, reported.Report); break;
            case FillReported reported: Attribution.Fill(reported.At, reported.Connection, reported.Fill); break;
            case CancelRequested cancel: AskCancel(cancel); break;
            case CancelAnswered answered: AnswerCancel(answered); break;
            case OrderLookedUp lookedUp: LookUp(lookedUp); break;
            case DeadProven proven: On(proven.Id, AttemptTrigger.ProvenDead, new Cause(e.At, proven.Evidence)); break;
            case KillEngaged or KillCleared or LimitChanged: Controls.Take(e, _changes); break;
            default: throw new ArgumentException($"{e.GetType().Name} is not an event that the core knows.", nameof(e));
        }
    }

    private void On(ClientOrderId id, AttemptTrigger trigger, in Cause cause)
    {
        if (_book.Find(id) is { } attempt)
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
        foreach (var attempt in _book.Open.ToArray())
        {
            Machine.On(attempt, AttemptTrigger.Restarted, new Cause(e.At, $"the host restarted (epoch {e.Epoch})"));
        }

        foreach (var intent in _book.OpenIntents.Where(i => i.Awaited is not null).ToArray())
        {
            EndWaiting(intent, $"the host restarted (epoch {e.Epoch})", e.At);
        }
    }

    private void Deny(IntentDenied e)
    {
        if (_book.FindIntent(e.Id) is { Awaited: not null } intent)
        {
            EndWaiting(intent, $"{e.Code}: {e.Reason}", e.At);
        }
        else
        {
            On(e.Id, AttemptTrigger.Denied, new Cause(e.At, $"{e.Code}: {e.Reason}"));
        }
    }

    private void EndWaiting(Intent intent, string why, Timestamp at)
    {
        intent.EndWaiting(why, at);
        _changes.Changed(intent.Last);
    }

    private void Create(IntentCreated e)
    {
        if (_book.Add(e, Epoch) is { } attempt)
        {
            _changes.Changed(attempt);
        }
        else
        {
            _changes.Alarm($"order {e.Id}: the id was used before; the second request is ignored");
        }
    }

    private void Prepare(AttemptPrepared e)
    {
        if (Drafted(e) is not { State: AttemptState.Draft } attempt)
        {
            On(e.Id, AttemptTrigger.Prepared, new Cause(e.At, "not sent"));
            return;
        }

        if (Controls.Refusal(e.Id) is { } refusal)
        {
            Machine.On(attempt, AttemptTrigger.Denied, new Cause(e.At, refusal));
            return;
        }

        if (Preparation.Mismatch(attempt.Order, e.Order) is { } mismatch)
        {
            _changes.Alarm($"order {attempt.Order.Id}: not sent, {mismatch}");
            Machine.On(attempt, AttemptTrigger.Denied, new Cause(e.At, $"prepared: {mismatch}"));
            return;
        }

        attempt.Instrument = e.Order.Instrument;
        attempt.Become(attempt.Order with { Connection = e.Connection, IsBackup = e.IsBackup, IsSimulated = e.IsSimulated, Quantity = e.Order.Quantity, Attempt = attempt.Intent.Attempts.Count, SentAs = attempt.Order.Id }, e.At);
        Machine.On(attempt, AttemptTrigger.Prepared, new Cause(e.At, "prepared"));
        attempt.TimesSent++;
        _changes.Do(new SendOrder(e.Connection, e.Order));
    }

    /// <summary>The attempt that is prepared: the one that the intent began with, or the next one that it waits for.</summary>
    private Attempt? Drafted(AttemptPrepared e)
    {
        if (_book.FindIntent(e.Id) is not { Awaited: { } awaited } intent)
        {
            return _book.Find(e.Id);
        }

        if (e.Order.ClientOrderId != awaited || _book.Add(intent, awaited, e.At) is not { } next)
        {
            _changes.Alarm($"order {e.Id}: prepared under the id {e.Order.ClientOrderId}, and its next attempt is {awaited}");
            EndWaiting(intent, "it was prepared under a wrong id", e.At);
            return null;
        }

        return next;
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
        if (_book.Find(e.Id) is not { } attempt || attempt.Order.Connection is not { } connection)
        {
            _changes.Alarm($"order {e.Id}: accepted by a venue, and it was never sent");
            return;
        }

        var mismatch = Preparation.MixUp(attempt.Order, accepted.Report);
        if (mismatch is not null)
        {
            Machine.On(attempt, AttemptTrigger.MixedUp, new Cause(e.At, $"the answer is not for this order: {mismatch}"));
        }
        else if (!Attribution.Link(attempt, connection, accepted.Report.VenueOrderId, e.At))
        {
            Machine.On(attempt, AttemptTrigger.MixedUp, new Cause(e.At, $"the answer names order {accepted.Report.VenueOrderId} of the venue, which is another one"));
            mismatch = "venue order id";
        }

        foreach (var fill in accepted.Fills)
        {
            Attribution.Fill(e.At, connection, fill);
        }

        if (mismatch is null)
        {
            Attribution.Hear(attempt, connection, accepted.Report, e.At, askedAt: null);
        }
    }

    private void AskCancel(CancelRequested e)
    {
        if (_book.FindIntent(e.Id) is not { } intent)
        {
            On(e.Id, AttemptTrigger.CancelAsked, new Cause(e.At, $"asked by {e.Origin}"));
            return;
        }

        intent.IsCancelWanted = true;
        if (intent.Awaited is not null)
        {
            EndWaiting(intent, $"cancelled by {e.Origin}", e.At);
            return;
        }

        // An order that is back from the dead may work at two venues: all of it is cancelled.
        foreach (var attempt in intent.Alive > 1 ? intent.Attempts.Where(a => !a.Order.IsDone) : [intent.Attempts.LastOrDefault(a => !a.Order.IsDone) ?? intent.Last])
        {
            Machine.On(attempt, attempt.Order.CancelRequested ? AttemptTrigger.CancelAskedAgain : AttemptTrigger.CancelAsked, new Cause(e.At, $"cancelled before it was sent, by {e.Origin}"));
        }
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
        if (_book.Find(e.Id) is not { } attempt || attempt.Order.Connection is not { } connection)
        {
            _changes.Alarm($"order {e.Id}: its cancel was accepted by a venue, and it was never sent");
            return;
        }

        foreach (var fill in accepted.Fills)
        {
            Attribution.Fill(e.At, connection, fill);
        }

        if (Preparation.MixUp(attempt.Order, accepted.Report) is { } mismatch)
        {
            Machine.On(attempt, AttemptTrigger.CancelAmbiguous, new Cause(e.At, mismatch));
            _changes.Alarm($"order {e.Id}: the answer to its cancel is not for this order: {mismatch}");
            return;
        }

        Attribution.Hear(attempt, connection, accepted.Report, e.At, askedAt: null);
        Machine.On(attempt, AttemptTrigger.CancelTaken, new Cause(e.At, "cancel accepted"));
    }

    private void LookUp(OrderLookedUp e)
    {
        if (_book.Find(e.Id) is not { } attempt || attempt.Order.Connection is not { } connection)
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
            Attribution.Hear(attempt, connection, report, e.At, e.AskedAt);
        }
    }
}
