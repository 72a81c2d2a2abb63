using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Venues;

/// <summary>
/// One exchange: instruments, engine, accounts, markets and a clock behind one lock. Everything that reads or changes them
/// goes through <see cref="Execute{T}"/>; listeners are called inside it, so they see all events in one order.
/// </summary>
internal sealed class SimulatedVenue : IEngineListener
{
    private readonly Lock _lock;
    private readonly Dictionary<string, Market> _markets = [];
    private readonly List<Market> _marketList = [];
    private readonly ListingChanges _changes = new();
    private readonly KeyRing _keys = new();
    private readonly MatchingEngine _engine;
    private readonly IMarketFlow _flow;
    private readonly ulong _seed;

    // Inside the lock: how deep in listeners' calls, and what they looked at.
    private readonly HashSet<OrderBook> _lookedAt = [];
    private int _events;

    private volatile IVenueListener[] _listeners = [];
    private volatile IReadOnlyList<Market> _listed = [];
    private long _clockError;

    public SimulatedVenue(string name, VenueClock clock, IEnumerable<Instrument> instruments, IMarketFlow flow, ulong seed)
        : this(name, clock, instruments, flow, seed, new Lock(), null)
    {
    }

    /// <summary>
    /// Another market of the same exchange, such as its perpetuals: symbols, books, orders and settlement of its own, but one
    /// lock with <paramref name="beside"/>, so that what happens in the one may act on the other. Its maker pumps it.
    /// </summary>
    public SimulatedVenue(SimulatedVenue beside, IEnumerable<Instrument> instruments, IMarketFlow flow, ulong seed, ISettlement settlement)
        : this(beside.Name, beside.Clock, instruments, flow, seed, beside._lock, settlement)
    {
    }

    private SimulatedVenue(
        string name, VenueClock clock, IEnumerable<Instrument> instruments, IMarketFlow flow, ulong seed, Lock exclusive, ISettlement? settlement)
    {
        _lock = exclusive;
        Name = name;
        Clock = clock;
        _flow = flow;
        _seed = seed;
        _engine = new MatchingEngine(this) { NowMicros = clock.NowMicros };
        foreach (var instrument in instruments)
        {
            var market = new Market(_engine.List(instrument, settlement), clock.NowMillis, seed, Look);
            _markets.Add(instrument.Symbol, market);
            _marketList.Add(market);
        }

        _listed = [.. _marketList];
        _engine.Approaching = Look;
        _flow.Attend(IsWatched);
        _flow.Open(_engine, clock.NowMicros);
    }

    public string Name { get; }
    public VenueClock Clock { get; }
    public ulong Seed => _seed;

    /// <summary>Limits over all symbols together; swapped whole inside <see cref="Execute{T}"/>.</summary>
    public ExchangeRules ExchangeRules { get; set; } = new();

    /// <summary>All markets in listing order, delisted ones left out; their content is read inside <see cref="Execute{T}"/>.</summary>
    public IReadOnlyList<Market> Markets => _listed;

    public IReadOnlyDictionary<string, ApiCredential> Credentials => _keys.Keys;

    public Market? Market(string symbol) => _markets.GetValueOrDefault(symbol) is { Instrument.Status: not InstrumentStatus.Delisted } market ? market : null;

    /// <summary>A market by its symbol, delisted or not.</summary>
    public Market? Listed(string symbol) => _markets.GetValueOrDefault(symbol);

    /// <summary>Runs inside the venue's lock with the engine's time set to now.</summary>
    public T Execute<T>(Func<MatchingEngine, T> action)
    {
        lock (_lock)
        {
            SetTime(Clock.NowMicros);
            return action(_engine);
        }
    }

    public void Execute(Action<MatchingEngine> action)
    {
        lock (_lock)
        {
            SetTime(Clock.NowMicros);
            action(_engine);
        }
    }

    /// <summary>Lets the flow catch up with the clock and ticks the feeds.</summary>
    public void Pump()
    {
        lock (_lock)
        {
            var now = Clock.NowMicros;
            _events = 0; // A listener that threw left it behind.
            SetClock(now);
            LookAgain();
            _engine.ClockError = _clockError;
            _flow.Step(_engine, now - _engine.ClockError);
            _engine.ClockError = 0;
            SetTime(now);
            foreach (var listener in _listeners)
            {
                listener.OnTick(now);
            }
        }
    }

    public Account OpenAccount(string id, decimal makerRate, decimal takerRate, IEnumerable<KeyValuePair<string, decimal>> balances)
    {
        var account = new Account(id) { MakerRate = makerRate, TakerRate = takerRate };
        Execute(engine =>
        {
            engine.Add(account);
            foreach (var (asset, amount) in balances)
            {
                engine.Deposit(account, asset, amount);
            }
        });
        return account;
    }

    /// <summary>Adds a key, or replaces the one of the same name (to revoke it or to change its rights).</summary>
    public void SetCredential(ApiCredential credential)
    {
        lock (_lock)
        {
            _keys.Set(credential);
        }
    }

    /// <summary>Changes how all keys look for as long as it is not taken back (null) under the same name.</summary>
    public void AlterKeys(object name, Func<ApiCredential, ApiCredential>? change)
    {
        lock (_lock)
        {
            _keys.Alter(name, change);
        }
    }

    /// <summary>Changes filters or status of a market for as long as it is not taken back (null) under the same name.</summary>
    public void Alter(string symbol, object name, Func<Instrument, Instrument>? change) => Execute(engine =>
    {
        var book = _markets[symbol].Book;
        var instrument = _changes.Alter(book.Instrument, name, change);
        if (instrument.Status == InstrumentStatus.Delisted && book.Instrument.Status != InstrumentStatus.Delisted)
        {
            engine.Delist(book);
        }

        engine.Change(book, instrument);
        _listed = [.. _marketList.Where(m => m.Instrument.Status != InstrumentStatus.Delisted)];
    });

    /// <summary>Adds a listener and, in the same locked step, lets it read the state it starts from.</summary>
    public void AddListener(IVenueListener listener, Action<MatchingEngine>? start = null)
    {
        lock (_lock)
        {
            _listeners = [.. _listeners, listener];
            start?.Invoke(_engine);
        }
    }

    public void RemoveListener(IVenueListener listener)
    {
        lock (_lock)
        {
            _listeners = [.. _listeners.Where(l => !ReferenceEquals(l, listener))];
        }
    }

    private void SetTime(long nowMicros)
    {
        SetClock(nowMicros);
        _engine.NowMicros = nowMicros;
    }

    // The engine's time never goes back, but for a clock that is put back. It is not moved on here: what is due has times of its own.
    private void SetClock(long nowMicros)
    {
        var error = Clock.Error;
        if (error < _clockError)
        {
            _engine.RestartTime(nowMicros);
        }

        _clockError = error;
    }

    // Whoever reads or trades does so inside the lock. What is read in the middle of an engine step is looked at after it.
    private void Look(OrderBook book)
    {
        if (!_lock.IsHeldByCurrentThread)
        {
            return;
        }

        if (_events > 0)
        {
            _lookedAt.Add(book);
        }
        else
        {
            // The market lives in undisturbed time, whatever the venue's clock shows.
            _engine.ClockError = _clockError;
            _flow.Look(_engine, book, _engine.NowMicros - _clockError);
            _engine.ClockError = 0;
        }
    }

    private void LookAgain()
    {
        OrderBook[] books = [.. _lookedAt];
        _lookedAt.Clear();
        foreach (var book in books)
        {
            Look(book);
        }
    }

    private bool IsWatched(OrderBook book) =>
        Array.Exists(_listeners, l => l.IsWatching(book))
        || _engine.Accounts.Values.Any(a => !a.IsHouse && a.OpenOrders.Any(o => ReferenceEquals(o.Book, book)));

    void IEngineListener.OnOrder(in OrderEvent e)
    {
        if (e.Order.Account.IsHouse)
        {
            return;
        }

        _events++;
        foreach (var listener in _listeners)
        {
            listener.OnOrder(in e);
        }

        _events--;
    }

    void IEngineListener.OnOrderList(in OrderListEvent e)
    {
        _events++;
        foreach (var listener in _listeners)
        {
            listener.OnOrderList(in e);
        }

        _events--;
    }

    void IEngineListener.OnCorrected(Order order, AccountTrade trade, AccountTrade? corrected)
    {
        _events++;
        foreach (var listener in _listeners)
        {
            listener.OnCorrected(order, trade, corrected);
        }

        _events--;
    }

    void IEngineListener.OnTrade(OrderBook book, in PublicTrade trade)
    {
        _markets[book.Symbol].Record(in trade);
        _events++;
        foreach (var listener in _listeners)
        {
            listener.OnTrade(book, in trade);
        }

        _events--;
    }

    void IEngineListener.OnLevel(OrderBook book, in LevelChange change)
    {
        _events++;
        foreach (var listener in _listeners)
        {
            listener.OnLevel(book, in change);
        }

        _events--;
    }

    void IEngineListener.OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
        _events++;
        foreach (var listener in _listeners)
        {
            listener.OnBalances(account, touched, timeMicros);
        }

        _events--;
    }

    void IEngineListener.OnTop(OrderBook book, long timeMicros)
    {
        _events++;
        foreach (var listener in _listeners)
        {
            listener.OnTop(book, timeMicros);
        }

        _events--;
    }

    void IEngineListener.OnStepEnd()
    {
        _events++;
        foreach (var listener in _listeners)
        {
            listener.OnStepEnd();
        }

        _events--;
    }
}
