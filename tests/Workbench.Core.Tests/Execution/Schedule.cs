using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Execution;

/// <summary>One random life of a few orders between an execution core and a model venue over a network that loses, repeats, delays and reorders, with crashes. Everything follows from the seed.</summary>
internal sealed class Schedule(int seed, ResolverBounds believed)
{
    /// <summary>What the model venue really keeps to; the clocks differ by up to a second.</summary>
    public static readonly ResolverBounds True = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));

    private static readonly ConnectionId Venue = new("model");
    private readonly Random _random = new(seed);
    private readonly PriorityQueue<(Action Act, int Epoch), (Timestamp, int)> _queue = new();
    private readonly ModelVenue _venue = new();
    private readonly ClientOrderIds _ids = new("sym", 1);
    private readonly MemoryJournalStorage _storage = new();
    private readonly Dictionary<ClientOrderId, decimal> _onTheWire = [];
    private readonly Dictionary<ClientOrderId, decimal> _filledBefore = [];
    private readonly Dictionary<ClientOrderId, int> _sends = [];
    private readonly HashSet<(TradeId, Side)> _fills = [];
    private ExecutionCore _core = new("sym");
    private OrderJournal _journal = null!;
    private UnknownResolver _resolver = null!;
    private Timestamp _now = Given.Start;
    private int _sequence;
    private int _epoch;
    private bool _isCalm;

    public List<string> Violations { get; } = [];

    public int Proofs { get; private set; }

    public void Run()
    {
        Open();
        Begin();
        for (var i = _random.Next(3, 12); i > 0; i--)
        {
            At(Delay(40), Submit);
        }

        for (var i = _random.Next(3); i > 0; i--)
        {
            At(Delay(60), Crash);
        }

        Play(Given.Start + TimeSpan.FromSeconds(90));
        _isCalm = true;
        for (var round = 0; round < 8; round++)
        {
            Do(_resolver.AllUnsettled(Venue));
            Play(_now + TimeSpan.FromSeconds(30));
        }

        Converged();
    }

    private void Play(Timestamp until)
    {
        for (var tick = _now; tick < until; tick += TimeSpan.FromSeconds(0.25))
        {
            while (_queue.TryPeek(out _, out var next) && next.Item1 <= tick && _queue.TryDequeue(out var entry, out var due))
            {
                _now = due.Item1 > _now ? due.Item1 : _now;
                if (entry.Epoch == _epoch || entry.Epoch < 0)
                {
                    entry.Act();
                }
            }

            _now = tick > _now ? tick : _now;
            Do(_resolver.Due(_now));
            foreach (var proof in _resolver.Proven(_now))
            {
                Proofs++;
                Apply(proof);
            }
        }
    }

    /// <summary>The host's own work: it is gone after a crash.</summary>
    private void At(TimeSpan delay, Action act) => _queue.Enqueue((act, _epoch), (_now + delay, ++_sequence));

    /// <summary>The world's work: it goes on whatever the host does.</summary>
    private void Outside(TimeSpan delay, Action act) => _queue.Enqueue((act, -1), (_now + delay, ++_sequence));

    private void ToHost(TimeSpan delay, Action act)
    {
        var epoch = _epoch;
        Outside(delay, () => At(TimeSpan.Zero, epoch == _epoch ? act : () => { }));
    }

    private TimeSpan Delay(double seconds) => TimeSpan.FromSeconds(_random.NextDouble() * seconds);

    private bool Chance(double probability) => !_isCalm && _random.NextDouble() < probability;

    private void Begin()
    {
        _epoch++;
        _resolver = new UnknownResolver(_core, _ => believed);
        Apply(new EpochStarted(_now, _epoch));
    }

    private IReadOnlyList<ExecutionEvent> Open()
    {
        var opening = (JournalOpening.Ready)OrderJournal.Open(_storage);
        _journal = opening.Journal;
        return opening.Events;
    }

    private void Crash()
    {
        var before = _core;
        _core = new ExecutionCore("sym");
        foreach (var e in Open())
        {
            _core.Apply(e);
        }

        Expect(_core.All.SequenceEqual(before.All), "I10: the fold of the journal is another state");
        Begin();
    }

    private void Submit()
    {
        var id = _ids.Next();
        var (quantity, side) = (_random.Next(1, 10), _random.Next(2) == 0 ? Side.Buy : Side.Sell);
        Apply(new IntentCreated(_now, id, OrderRequest.Limit(Given.Btc, side, new Quantity(quantity), new Price(100)), "simulation"));
        Apply(new AttemptPrepared(_now, id, Venue, false, true, Given.NewOrder(id, quantity, side)));
        if (Chance(0.4))
        {
            At(Delay(30), () => Apply(new CancelRequested(_now, id, "simulation")));
        }
    }

    private void Do(IReadOnlyList<ExecutionEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case SendOrder send: Send(send.Order); break;
                case SendCancel cancel: SendCancel(cancel.Order); break;
                case LookUpOrder lookUp: LookUp(lookUp.Order); break;
            }
        }
    }

    private void Send(NewOrder order)
    {
        var id = order.ClientOrderId;
        _sends[id] = _sends.GetValueOrDefault(id) + 1;
        Expect(_sends[id] == 1, $"I3: {id} was sent twice");
        if (Chance(0.1))
        {
            At(Delay(1), () => Answer(id, Given.NotSent));
            return;
        }

        var answered = false;
        At(TimeSpan.FromSeconds(3), () =>
        {
            if (!answered)
            {
                answered = true;
                Answer(id, Given.Unknown);
            }
        });
        if (Chance(0.15))
        {
            return;
        }

        _onTheWire[id] = order.Quantity.Value;
        // A slow request waits up to the window (and a second of clock difference), then up to the bound of the engine.
        var delay = Chance(0.2) ? Delay(3) + Delay(10) : Delay(0.5);
        Outside(delay, () =>
        {
            _onTheWire.Remove(id);
            var outcome = Chance(0.1) ? Given.Rejected() : Admit(order);
            if (!Chance(0.2))
            {
                ToHost(Delay(1), () =>
                {
                    if (!answered)
                    {
                        answered = true;
                        Answer(id, outcome);
                    }
                });
            }
        });
    }

    private void Answer(ClientOrderId id, OrderOutcome outcome) => Apply(new AttemptAnswered(_now, id, outcome));

    private OrderOutcome Admit(NewOrder order)
    {
        var id = order.ClientOrderId;
        Expect(!_core.Find(id)!.IsDone || _core.Find(id)!.Knowledge != OrderKnowledge.Known, $"I5: {id} was declared dead and came to life");
        var state = _venue.Create(order, _now);
        Stream(state.Report);
        for (var i = _random.Next(4); i > 0; i--)
        {
            Outside(Delay(20), () => Trade(id));
        }

        return new OrderOutcome.Accepted(state.Report, []);
    }

    private void Trade(ClientOrderId id)
    {
        if (_venue.Find(id) is { IsWorking: true })
        {
            var fill = _venue.Fill(id, _random.Next(1, 5), _now);
            Stream(_venue.Find(id)!.Report);
            Stream(fill);
        }
    }

    private void Stream(OrderReport report)
    {
        var word = Chance(0.3) ? report with { ClientOrderId = null } : report;
        Deliver(() => Apply(new OrderReported(_now, Venue, word)));
    }

    private void Stream(FillReport fill)
    {
        var word = Chance(0.3) ? fill with { ClientOrderId = null } : fill;
        Deliver(() => Apply(new FillReported(_now, Venue, word)));
    }

    private void Deliver(Action act)
    {
        for (var copies = Chance(0.15) ? 0 : Chance(0.3) ? 2 : 1; copies > 0; copies--)
        {
            ToHost(Delay(Chance(0.2) ? 10 : 0.3), act);
        }
    }

    private void SendCancel(OrderReference order)
    {
        var id = order.ClientOrderId;
        var answered = false;
        void Once(OrderOutcome outcome)
        {
            if (!answered)
            {
                answered = true;
                Apply(new CancelAnswered(_now, id, outcome));
            }
        }

        At(TimeSpan.FromSeconds(3), () => Once(Given.Unknown));
        if (Chance(0.2))
        {
            return;
        }

        Outside(Delay(1), () =>
        {
            var isWorking = _venue.Find(id) is { IsWorking: true };
            if (isWorking)
            {
                _venue.Cancel(id, _now);
                Stream(_venue.Find(id)!.Report);
            }

            var outcome = isWorking ? new OrderOutcome.Accepted(_venue.Find(id)!.Report, []) : Given.Rejected(VenueErrorKind.NotFound);
            if (!Chance(0.2))
            {
                ToHost(Delay(1), () => Once(outcome));
            }
        });
    }

    private void LookUp(OrderReference order)
    {
        var (id, asked) = (order.ClientOrderId, _now);
        var isFailing = Chance(0.3);
        Outside(Delay(1), () =>
        {
            var seen = _venue.FindAt(id, _now + (_isCalm ? TimeSpan.Zero : -Delay(5)));
            ToHost(Delay(1), () =>
            {
                foreach (var fill in isFailing ? [] : seen?.Fills ?? [])
                {
                    Apply(new FillReported(_now, Venue, fill));
                }

                Apply(new OrderLookedUp(_now, id, isFailing ? Given.ReadFailed : seen?.Report, asked));
            });
        });
    }

    private void Apply(ExecutionEvent e)
    {
        _journal.Append(e);
        _journal.Commit(durable: true);
        var result = _core.Apply(e);
        foreach (var fill in result.NewFills)
        {
            Expect(_fills.Add((fill.Report.TradeId, fill.Side)), $"I7: {fill.Report.TradeId} was applied twice");
            Expect(fill.OrderId is not null, $"I7: {fill.Report.TradeId} was taken for a foreign fill");
        }

        foreach (var anomaly in result.Anomalies)
        {
            Expect(false, $"alarm with a truthful venue: {anomaly}");
        }

        Do(result.Effects);
        foreach (var order in _core.All)
        {
            Check(order);
        }
    }

    private void Check(Order order)
    {
        var filled = order.FilledQuantity.Value;
        Expect(filled >= _filledBefore.GetValueOrDefault(order.Id), $"I8: the filled quantity of {order.Id} fell");
        _filledBefore[order.Id] = filled;
        Expect(filled + order.Leaves.Value <= order.Quantity.Value, $"I6: {order.Id} may fill more than was asked for");
        var worst = _venue.Find(order.Id)?.Worst ?? _onTheWire.GetValueOrDefault(order.Id);
        Expect(worst <= filled + order.Leaves.Value, $"I6: {order.Id} may still fill {worst}, reserved are {filled + order.Leaves.Value}");
    }

    private void Converged()
    {
        foreach (var order in _core.All)
        {
            var truth = _venue.Find(order.Id);
            Expect(order.FilledQuantity.Value == (truth?.Filled ?? 0), $"{order.Id} filled {order.FilledQuantity}, at the venue {truth?.Filled ?? 0}");
            Expect(order.IsDone == truth is null or { IsWorking: false }, $"{order.Id} is {order.Knowledge} {order.Status}, at the venue {truth?.Report.Status.ToString() ?? "absent"}");
        }

        Expect(_core.Unsettled.Count == 0, $"{_core.Unsettled.Count} orders did not settle");
        Expect(_core.Foreign.Count == 0, "an order of ours is listed as foreign");
    }

    private void Expect(bool holds, string what)
    {
        if (!holds)
        {
            Violations.Add($"seed {seed}, {(_now - Given.Start).TotalSeconds:0.00} s: {what}");
        }
    }
}
