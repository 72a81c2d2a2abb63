using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Flow;

/// <summary>
/// The made-up market of one symbol as a pure sequence: seeds and time in, quotes and trades out. It knows no engine, so it
/// comes out the same whether somebody watches or not, and running it costs little.
/// </summary>
internal sealed class SymbolMarket
{
    private readonly OrderBook _book;
    private readonly FairPrice _fair;
    private readonly int _levels;
    private readonly List<Quote> _taken = [];
    private Pcg32 _quotes;
    private Pcg32 _takers;
    private int _basis;

    public SymbolMarket(OrderBook book, FairPrice fair, ulong venueSeed)
    {
        _book = book;
        _fair = fair;
        _quotes = new Pcg32(venueSeed, Pcg32.StreamOf("quotes", book.Symbol));
        _takers = new Pcg32(venueSeed, Pcg32.StreamOf("takers", book.Symbol));
        _levels = _quotes.Range(20, 40);
        (Tick, Step) = (book.Instrument.TickSize, book.Instrument.StepSize);
    }

    public QuoteLadder Bids { get; } = new(Side.Buy);

    public QuoteLadder Asks { get; } = new(Side.Sell);

    public decimal Tick { get; private set; }

    public decimal Step { get; private set; }

    private Instrument Instrument => _book.Instrument;

    /// <summary>Whether the venue has changed the grid of prices or quantities.</summary>
    public bool IsOffGrid => Tick != Instrument.TickSize || Step != Instrument.StepSize;

    public void Open(IQuoteSink sink, long micros)
    {
        Requote(sink, micros);
        Take(sink);
        Requote(sink, micros);
    }

    /// <summary>One event. In a market that is not open for trading nothing happens.</summary>
    public void Run(IQuoteSink sink, long micros)
    {
        if (Instrument.Status != InstrumentStatus.Trading)
        {
            return;
        }

        Requote(sink, micros);
        if (_takers.Chance(35))
        {
            Take(sink);
        }
        else if (_quotes.Chance(50))
        {
            Resize(sink);
        }
    }

    /// <summary>Takes over a new grid; what stood on the old one must be gone.</summary>
    public void Regrid()
    {
        Bids.Clear();
        Asks.Clear();
        (Tick, Step) = (Instrument.TickSize, Instrument.StepSize);
    }

    // The venue's own deviation from the fair price, a small walk within ±2 basis points.
    private decimal Mid(long micros)
    {
        _fair.AdvanceTo(micros);
        _basis = Math.Clamp(_basis + _quotes.Range(-8, 8), -200, 200);
        return _fair.Value * (1 + (_basis * 0.000001m));
    }

    private void Requote(IQuoteSink sink, long micros)
    {
        var mid = Mid(micros);
        var spacing = Math.Max(1, Ticks(mid * 0.00008m));
        var half = Math.Max(1, Ticks(mid * 0.000001m * _quotes.Range(20, 60)));
        var bid = Math.Max(1, Ticks(mid) - half);
        var ask = bid + (half * 2);

        // Pull before placing, so that the maker does not trade with itself.
        Pull(sink, Bids, bid);
        Pull(sink, Asks, ask);
        Fill(sink, Bids, bid, spacing);
        Fill(sink, Asks, ask, spacing);
    }

    private static void Pull(IQuoteSink sink, QuoteLadder ladder, long touch)
    {
        while (ladder.Count > 0 && ladder.IsBeyond(ladder[0].Ticks, touch))
        {
            Remove(sink, ladder, 0);
        }
    }

    private void Fill(IQuoteSink sink, QuoteLadder ladder, long touch, long spacing)
    {
        if (ladder.Count == 0 || Math.Abs(ladder[0].Ticks - touch) * 2 >= spacing)
        {
            if (ladder.Count == 0 || ladder[0].Ticks != touch)
            {
                Add(sink, ladder, 0, touch);
            }
        }

        while (ladder.Count < _levels)
        {
            var gap = Math.Max(1, spacing * _quotes.Range(50, 200) / 100);
            var next = ladder.Away(ladder[ladder.Count - 1].Ticks, gap);
            if (next <= 0)
            {
                return;
            }

            Add(sink, ladder, ladder.Count, next);
        }

        while (ladder.Count > _levels)
        {
            Remove(sink, ladder, ladder.Count - 1);
        }
    }

    // Changes the size of one random quote near the touch.
    private void Resize(IQuoteSink sink)
    {
        var ladder = _quotes.Chance(50) ? Bids : Asks;
        if (ladder.Count == 0)
        {
            return;
        }

        var rank = _quotes.Range(0, Math.Min(ladder.Count - 1, 8));
        var before = ladder[rank];
        var after = before with { Steps = Size(before.Ticks) };
        if (after != before)
        {
            ladder[rank] = after;
            sink.Set(ladder.Side, after, before.Steps);
        }
    }

    private void Take(IQuoteSink sink)
    {
        var side = _takers.Chance(50) ? Side.Buy : Side.Sell;
        var ladder = side == Side.Buy ? Asks : Bids;
        var notional = Instrument.MinNotional * _takers.Range(2, _takers.Chance(5) ? 2000 : 200);
        if (ladder.Count == 0)
        {
            return;
        }

        var wanted = Steps(notional / (ladder[0].Ticks * Tick)) + Smallest;
        _taken.Clear();
        while (wanted > 0 && ladder.Count > 0)
        {
            var best = ladder[0];
            var taken = Math.Min(wanted, best.Steps);
            _taken.Add(best with { Steps = taken });
            wanted -= taken;
            if (taken < best.Steps)
            {
                ladder[0] = best with { Steps = best.Steps - taken };
                break;
            }

            ladder.RemoveAt(0);
        }

        sink.Trade(side, _taken);
    }

    private void Add(IQuoteSink sink, QuoteLadder ladder, int rank, long ticks)
    {
        var quote = new Quote(ticks, Size(ticks));
        ladder.Insert(rank, quote);
        sink.Set(ladder.Side, quote, 0);
    }

    private static void Remove(IQuoteSink sink, QuoteLadder ladder, int rank)
    {
        var quote = ladder[rank];
        ladder.RemoveAt(rank);
        sink.Set(ladder.Side, quote with { Steps = 0 }, quote.Steps);
    }

    private long Size(long ticks) => Steps(Instrument.MinNotional * _quotes.Range(20, 3000) / (ticks * Tick)) + Smallest;

    private long Smallest => Math.Max(1, (long)(Instrument.MinQuantity / Step));

    private long Ticks(decimal price) => (long)(price / Tick);

    private long Steps(decimal quantity) => (long)(quantity / Step);
}
