using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Flow;

/// <summary>
/// Seeded market for all symbols of a venue. Events happen at times drawn in advance, whatever the rhythm of the calls, so a
/// seed and a start give one sequence (clients' orders aside).
/// </summary>
/// <remarks>
/// A symbol that nobody watches sleeps: no subscriber, no open client order, nobody who asked in the last ten seconds. Its
/// events are not performed in the engine; they are reckoned, at the latest a minute behind, and the first look brings it up
/// to date before anything is read. The reckoned sequence is the performed one: book, trades with their ids and times, bars,
/// last price and update id are the same as if it had been watched all the time. Only house orders' own ids differ, and
/// nobody sees those.
/// </remarks>
internal sealed class SyntheticFlow(ulong sharedSeed, ulong venueSeed) : IMarketFlow
{
    private const long SleepsAfterMicros = 10_000_000;
    private const long CheckMicros = 1_000_000;
    private const long MostBehindMicros = 60_000_000;

    // Performing this much late would be a burst; it is reckoned instead. Beyond the second it is left out.
    private const long MostLateMicros = 2_000_000;
    private const long MostReckonedMicros = 6 * 3_600_000_000L;
    private const int LeastPerStep = 500;

    private readonly List<SymbolFlow> _symbols = [];
    private readonly Dictionary<OrderBook, SymbolFlow> _byBook = [];
    private readonly List<SymbolFlow> _awake = [];
    private readonly Queue<SymbolFlow> _resting = new();
    private readonly PriorityQueue<SymbolFlow, long> _due = new();
    private Func<OrderBook, bool> _isWatched = static _ => true;
    private long _checkMicros;

    /// <summary>How many symbols nobody watches.</summary>
    public int Sleeping => _symbols.Count - _awake.Count;

    public void Attend(Func<OrderBook, bool> isWatched) => _isWatched = isWatched;

    public void Open(MatchingEngine engine, long nowMicros)
    {
        var house = new HouseAccounts(engine);
        foreach (var book in engine.Books.Values)
        {
            var fair = new FairPrice(sharedSeed, book.Symbol, book.Instrument.ReferencePrice, nowMicros);
            var symbol = new SymbolFlow(engine, book, house, fair, venueSeed, nowMicros);
            _symbols.Add(symbol);
            _byBook.Add(book, symbol);
            if (_isWatched(book))
            {
                Wake(symbol, nowMicros);
            }
            else
            {
                Rest(symbol);
            }
        }

        _checkMicros = nowMicros + CheckMicros;
    }

    public void Look(MatchingEngine engine, OrderBook book, long nowMicros)
    {
        var symbol = _byBook[book];
        symbol.LookedMicros = nowMicros;
        if (!symbol.IsAwake)
        {
            Wake(symbol, nowMicros);
        }
    }

    public void Step(MatchingEngine engine, long nowMicros)
    {
        while (_due.TryPeek(out var symbol, out var due) && due <= nowMicros)
        {
            _due.Dequeue();
            if (!symbol.IsAwake || symbol.DueMicros != due)
            {
                continue; // It slept, or was woken again, since.
            }

            if (nowMicros - due > MostLateMicros)
            {
                Wake(symbol, nowMicros);
                continue;
            }

            engine.NowMicros = due;
            symbol.Run();
            _due.Enqueue(symbol, symbol.DueMicros);
        }

        Replenish();
        Reckon(nowMicros);
        Check(nowMicros);
    }

    private void Wake(SymbolFlow symbol, long nowMicros)
    {
        symbol.Skip(nowMicros - MostReckonedMicros);
        if (!symbol.IsAwake)
        {
            _awake.Add(symbol);
        }

        symbol.Wake(nowMicros);
        _due.Enqueue(symbol, symbol.DueMicros);
    }

    private void Rest(SymbolFlow symbol)
    {
        symbol.Sleep();
        if (!symbol.IsResting)
        {
            symbol.IsResting = true;
            _resting.Enqueue(symbol);
        }
    }

    // A client may sweep a side between two events; the market never stays dry longer than one step.
    private void Replenish()
    {
        foreach (var symbol in _awake)
        {
            if (symbol.IsThin)
            {
                symbol.Restore();
            }
        }
    }

    // Those that sleep, longest first, a little at a time.
    private void Reckon(long nowMicros)
    {
        var left = Math.Max(LeastPerStep, _symbols.Count);
        while (left > 0 && _resting.TryPeek(out var symbol))
        {
            if (!symbol.IsAwake)
            {
                if (nowMicros - symbol.DueMicros < MostBehindMicros)
                {
                    return;
                }

                symbol.Skip(nowMicros - MostReckonedMicros);
                left -= symbol.Reckon(nowMicros, left);
                if (symbol.DueMicros <= nowMicros)
                {
                    return;
                }
            }

            _resting.Dequeue();
            symbol.IsResting = false;
            if (!symbol.IsAwake)
            {
                Rest(symbol);
            }
        }
    }

    private void Check(long nowMicros)
    {
        if (nowMicros < _checkMicros)
        {
            return;
        }

        _checkMicros = nowMicros + CheckMicros;
        foreach (var symbol in _symbols)
        {
            if (!symbol.IsAwake && _isWatched(symbol.Book))
            {
                Wake(symbol, nowMicros);
            }
        }

        _awake.RemoveAll(symbol =>
        {
            if (nowMicros - symbol.LookedMicros < SleepsAfterMicros || _isWatched(symbol.Book))
            {
                return false;
            }

            Rest(symbol);
            return true;
        });
    }
}
