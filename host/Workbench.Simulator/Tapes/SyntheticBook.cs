using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tapes;

/// <summary>A book made up around recorded trades. Only prices, sizes, sides and times of the trades are real.</summary>
/// <remarks>
/// <para>Before each trade the touch is put where the trade needs it: the bid at its price when the aggressor sold, the ask
/// when it bought, with at least its quantity. The other side stands one spread away.</para>
/// <para>The spread is the moving average of the price's step from trade to trade, at least one tick and at most half a
/// percent: a nervous market quotes wider. Levels lie half a spread apart, 25 a side.</para>
/// <para>A level opens with the moving average of the traded quantity, a quarter more with every level further out, between
/// half and one and a half of that by the seed. It keeps this quantity until it is traded, or until the price leaves it.</para>
/// <para>Both averages weigh a new trade with 1/16. The book is never crossed, and its quotes never trade by themselves: only
/// recorded trades fill a client's resting order.</para>
/// </remarks>
internal sealed class SyntheticBook(TapeMarket market, ulong seed)
{
    private const int Levels = 25;
    private const decimal Weight = 1m / 16;
    private const decimal WidestSpread = 0.005m;
    private Pcg32 _rng = new(seed, Pcg32.StreamOf("made-up book", market.Book.Symbol));
    private decimal _last;
    private decimal _move;
    private decimal _size;

    /// <summary>Makes the book such that a trade can happen in it.</summary>
    public void Prepare(MatchingEngine engine, TapeTrade trade)
    {
        var tick = Math.Max(market.Book.Instrument.TickSize, 0.00000001m);
        _move = decimal.Round(_last == 0 ? tick : _move + ((Math.Abs(trade.Price - _last) - _move) * Weight), 12);
        _size = decimal.Round(_last == 0 ? trade.Quantity : _size + ((trade.Quantity - _size) * Weight), 12);
        _last = trade.Price;
        var spread = Math.Max(tick, Floor(Math.Min(_move, trade.Price * WidestSpread), tick));
        var spacing = Math.Max(tick, Floor(spread / 2, tick));
        var (bid, ask) = trade.TakerSide == Side.Sell ? (trade.Price, trade.Price + spread) : (trade.Price - spread, trade.Price);

        // Both sides give way first, so that the new touch never meets the old one.
        Pull(engine, Side.Buy, p => p > bid);
        Pull(engine, Side.Sell, p => p < ask);
        Stand(engine, Side.Buy, bid, -spacing, trade.TakerSide == Side.Sell ? trade.Quantity : 0);
        Stand(engine, Side.Sell, ask, spacing, trade.TakerSide == Side.Buy ? trade.Quantity : 0);
    }

    private void Pull(MatchingEngine engine, Side side, Predicate<decimal> isWrong)
    {
        foreach (var price in market.Prices(side))
        {
            if (isWrong(price))
            {
                market.Show(engine, side, price, 0);
            }
        }
    }

    private void Stand(MatchingEngine engine, Side side, decimal touch, decimal outward, decimal needed)
    {
        if (touch <= 0)
        {
            return;
        }

        var shown = market.Shown(side, touch);
        if (shown == 0 || shown < needed)
        {
            market.Show(engine, side, touch, Math.Max(needed, shown == 0 ? Size(0) + needed : 0));
        }

        // Levels that still stand keep their quantity and their queue; holes are filled, what lies too far out goes.
        var standing = market.Prices(side).Where(p => market.Shown(side, p) > 0).ToList();
        standing.Sort((a, b) => side == Side.Buy ? b.CompareTo(a) : a.CompareTo(b));
        var (last, next) = (touch, 1);
        for (var rank = 1; rank < Levels; rank++)
        {
            if (next < standing.Count && Math.Abs(standing[next] - last) <= Math.Abs(outward) * 2)
            {
                last = standing[next++];
                continue;
            }

            last += outward;
            if (last <= 0)
            {
                return;
            }

            market.Show(engine, side, last, Size(rank));
        }

        foreach (var price in standing.Skip(next).Where(p => side == Side.Buy ? p < last : p > last))
        {
            market.Show(engine, side, price, 0);
        }
    }

    private decimal Size(int rank)
    {
        var step = Math.Max(market.Book.Instrument.StepSize, 0.00000001m);
        return Math.Max(step, Floor(_size * (4 + rank) / 4 * _rng.Range(50, 150) / 100, step));
    }

    private static decimal Floor(decimal value, decimal unit) => value - (value % unit);
}
