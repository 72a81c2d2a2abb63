using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>Life in one perpetual: about five events a second, each a requote around the spot price and perhaps a trade.</summary>
internal sealed class PerpetualLife
{
    // No event lies farther ahead than this, unless the clock was put back.
    private const int LongestPauseMicros = 360_000;

    // Millionths of the price.
    private const int MostPremium = 400;
    private readonly OrderBook _book;
    private readonly Market _spot;
    private readonly Account _taker;
    private readonly MakerLadder _ladder;
    private Pcg32 _schedule;
    private Pcg32 _quotes;
    private Pcg32 _takers;
    private int _premium;

    public PerpetualLife(OrderBook book, Market spot, HouseAccounts house, ulong seed, long startMicros)
    {
        (_book, _spot, _taker) = (book, spot, house.Taker);
        _schedule = new Pcg32(seed, Pcg32.StreamOf("linear schedule", book.Symbol));
        _quotes = new Pcg32(seed, Pcg32.StreamOf("linear quotes", book.Symbol));
        _takers = new Pcg32(seed, Pcg32.StreamOf("linear takers", book.Symbol));
        _ladder = new MakerLadder(book, house.Maker, _quotes.Range(20, 40));
        DueMicros = startMicros + _schedule.Range(1_000, 200_000);
    }

    public long DueMicros { get; private set; }

    public bool IsThin => _ladder.IsThin;

    /// <summary>Gives up what is longer overdue than that, and what a clock put back has moved out of reach.</summary>
    public void Catch(long nowMicros, long backlogMicros) =>
        DueMicros = Math.Clamp(DueMicros, nowMicros - backlogMicros, nowMicros + LongestPauseMicros);

    public void Open(MatchingEngine engine)
    {
        Requote(engine);
        Take(engine);
        Requote(engine);
    }

    public void Run(MatchingEngine engine)
    {
        Requote(engine);
        if (_takers.Chance(35))
        {
            Take(engine);
        }
        else if (_quotes.Chance(50))
        {
            _ladder.Resize(engine, ref _quotes);
        }

        DueMicros += _schedule.Range(40_000, LongestPauseMicros);
    }

    public void Requote(MatchingEngine engine)
    {
        _premium = Math.Clamp(_premium + _quotes.Range(-12, 12), -MostPremium, MostPremium);
        _ladder.Quote(engine, ref _quotes, IndexPrice.Of(_spot) * (1 + (_premium * 0.000001m)));
    }

    private void Take(MatchingEngine engine)
    {
        var instrument = _book.Instrument;
        var side = _takers.Chance(50) ? Side.Buy : Side.Sell;
        if (_book[side.Opposite()].Best is not { } best)
        {
            return;
        }

        var value = instrument.MinNotional * _takers.Range(2, _takers.Chance(5) ? 4000 : 400);
        engine.Place(_taker, new NewOrder
        {
            Symbol = _book.Symbol,
            Side = side,
            Type = OrderType.Market,
            Quantity = instrument.FloorToStep(value / best.Price) + instrument.MinQuantity,
        });
    }
}
