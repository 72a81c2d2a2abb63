using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Flow;

/// <summary>
/// Life in one symbol: about ten events a second, each a requote and perhaps a trade, at times drawn in advance. Asleep, the
/// events are only reckoned; awake, they are orders in the engine. Both leave the same book, trades, bars and counters behind.
/// </summary>
internal sealed class SymbolFlow
{
    private readonly SymbolMarket _market;
    private readonly QuietSink _quiet;
    private readonly EngineSink _loud;
    private Pcg32 _schedule;
    private long _expectedUpdateId;

    public SymbolFlow(MatchingEngine engine, OrderBook book, HouseAccounts house, FairPrice fair, ulong venueSeed, long startMicros)
    {
        Book = book;
        _schedule = new Pcg32(venueSeed, Pcg32.StreamOf("schedule", book.Symbol));
        _market = new SymbolMarket(book, fair, venueSeed);
        _quiet = new QuietSink(engine, book);
        _loud = new EngineSink(engine, book, house);
        AdoptGrid();
        _quiet.NowMicros = startMicros;
        _market.Open(_quiet, startMicros);
        DueMicros = startMicros + _schedule.Range(1_000, 100_000);
    }

    public OrderBook Book { get; }

    public long DueMicros { get; private set; }

    public bool IsAwake { get; private set; }

    /// <summary>When somebody last looked.</summary>
    public long LookedMicros { get; set; }

    /// <summary>Whether it waits among those that sleep.</summary>
    public bool IsResting { get; set; }

    public bool IsThin => Book.Bids.Count < 3 || Book.Asks.Count < 3;

    /// <summary>Reckons events up to a time, at most so many.</summary>
    /// <returns>How many there were.</returns>
    public int Reckon(long untilMicros, int most)
    {
        var count = 0;
        for (; DueMicros <= untilMicros && count < most; count++)
        {
            Regrid();
            _quiet.NowMicros = DueMicros;
            _market.Run(_quiet, DueMicros);
            Next();
        }

        return count;
    }

    /// <summary>Puts the market as it has become into the engine. Nobody saw how it came about, so that costs no update ids.</summary>
    public void Wake(long nowMicros)
    {
        Reckon(nowMicros, int.MaxValue);
        var id = Book.UpdateId;
        Restore();
        Book.UpdateId = _expectedUpdateId = id;
        IsAwake = true;
    }

    public void Sleep() => IsAwake = false;

    /// <summary>Performs the event that is due.</summary>
    public void Run()
    {
        Regrid();
        var isDisturbed = Book.UpdateId != _expectedUpdateId;
        _market.Run(_loud, DueMicros);
        if (isDisturbed)
        {
            // A client took from the house since: the house stands again as the sequence says.
            Restore();
        }

        _expectedUpdateId = Book.UpdateId;
        Next();
    }

    /// <summary>Makes the house stand as the sequence says.</summary>
    public void Restore() => _loud.Match(_market.Bids, _market.Asks);

    /// <summary>Leaves out what was due before a time: a machine that slept for days must not reckon them.</summary>
    public void Skip(long untilMicros) => DueMicros = Math.Max(DueMicros, untilMicros);

    private void Next() => DueMicros += _schedule.Range(20_000, 180_000);

    private void Regrid()
    {
        if (_market.IsOffGrid)
        {
            _loud.Withdraw();
            _market.Regrid();
            AdoptGrid();
        }
    }

    private void AdoptGrid()
    {
        (_quiet.Tick, _quiet.Step) = (_market.Tick, _market.Step);
        (_loud.Tick, _loud.Step) = (_market.Tick, _market.Step);
    }
}
