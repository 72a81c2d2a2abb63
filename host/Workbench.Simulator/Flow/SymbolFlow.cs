using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Flow;

/// <summary>Life in one symbol: about ten events a second, each a requote and perhaps a trade.</summary>
internal sealed class SymbolFlow
{
    private readonly OrderBook _book;
    private readonly Account _taker;
    private readonly FairPrice _fair;
    private readonly MakerLadder _ladder;
    private Pcg32 _schedule;
    private Pcg32 _quotes;
    private Pcg32 _takers;
    private int _basis;

    public SymbolFlow(OrderBook book, HouseAccounts house, FairPrice fair, ulong venueSeed, long startMicros)
    {
        _book = book;
        _taker = house.Taker;
        _fair = fair;
        _schedule = new Pcg32(venueSeed, Pcg32.StreamOf("schedule", book.Symbol));
        _quotes = new Pcg32(venueSeed, Pcg32.StreamOf("quotes", book.Symbol));
        _takers = new Pcg32(venueSeed, Pcg32.StreamOf("takers", book.Symbol));
        _ladder = new MakerLadder(book, house.Maker, _quotes.Range(20, 40));
        DueMicros = startMicros + _schedule.Range(1_000, 100_000);
    }

    public long DueMicros { get; set; }
    public bool IsThin => _ladder.IsThin;

    public void Open(MatchingEngine engine)
    {
        _ladder.Quote(engine, ref _quotes, Mid(engine.NowMicros));
        Take(engine);
        _ladder.Quote(engine, ref _quotes, Mid(engine.NowMicros));
    }

    public void Run(MatchingEngine engine)
    {
        DueMicros += _schedule.Range(20_000, 180_000);
        if (_book.Instrument.Status != InstrumentStatus.Trading)
        {
            return;
        }

        Requote(engine);
        if (_takers.Chance(35))
        {
            Take(engine);
        }
        else if (_quotes.Chance(50))
        {
            _ladder.Resize(engine, ref _quotes);
        }
    }

    public void Requote(MatchingEngine engine) => _ladder.Quote(engine, ref _quotes, Mid(engine.NowMicros));

    // The venue's own deviation from the fair price, a small walk within ±2 basis points.
    private decimal Mid(long micros)
    {
        _fair.AdvanceTo(micros);
        _basis = Math.Clamp(_basis + _quotes.Range(-8, 8), -200, 200);
        return _fair.Value * (1 + (_basis * 0.000001m));
    }

    private void Take(MatchingEngine engine)
    {
        var instrument = _book.Instrument;
        var side = _takers.Chance(50) ? Side.Buy : Side.Sell;
        if (_book[side.Opposite()].BestTradable is not { } best)
        {
            return;
        }

        var notional = instrument.MinNotional * _takers.Range(2, _takers.Chance(5) ? 2000 : 200);
        engine.Place(_taker, new NewOrder
        {
            Symbol = _book.Symbol,
            Side = side,
            Type = OrderType.Market,
            Quantity = instrument.FloorToStep(notional / best.Price) + Math.Max(instrument.StepSize, instrument.MinQuantity),
        });
    }
}
