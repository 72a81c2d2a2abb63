using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Tapes;

/// <summary>Best prices as a recording reports them; the sequence tells whether they are newer than the depth.</summary>
internal readonly record struct RecordedTop(long Sequence, decimal Bid, decimal BidQuantity, decimal Ask, decimal AskQuantity);

/// <summary>
/// Brings a symbol's recorded depth and its recorded best prices together. Best prices come at once, depth in intervals: until
/// the depth has caught up, nothing better than the newest best prices stands, and at them stands what they report.
/// </summary>
internal sealed class RecordedDepth(TapeMarket market)
{
    private Dictionary<decimal, decimal> _bids = [];
    private Dictionary<decimal, decimal> _asks = [];
    private RecordedTop _top;
    private long _sequence;

    private bool IsTopNewer => _top.Sequence > _sequence;

    public void Replace(MatchingEngine engine, Dictionary<decimal, decimal> bids, Dictionary<decimal, decimal> asks, long sequence)
    {
        (_bids, _asks, _sequence) = (bids, asks, sequence);
        Reshow(engine);
    }

    public void Change(MatchingEngine engine, IEnumerable<(Side Side, decimal Price, decimal Quantity)> levels, long sequence)
    {
        var wasTopNewer = IsTopNewer;
        _sequence = Math.Max(_sequence, sequence);
        foreach (var (side, price, quantity) in levels)
        {
            if (quantity == 0)
            {
                SideOf(side).Remove(price);
            }
            else
            {
                SideOf(side)[price] = quantity;
            }

            market.Show(engine, side, price, Wanted(side, price));
        }

        if (wasTopNewer && !IsTopNewer)
        {
            Reveal(engine);
        }
    }

    public void Top(MatchingEngine engine, RecordedTop top)
    {
        if (top.Sequence <= _sequence)
        {
            return;
        }

        var old = _top;
        _top = top;
        foreach (var side in (Side[])[Side.Buy, Side.Sell])
        {
            foreach (var price in market.Prices(side).Where(p => IsBeyond(side, p)))
            {
                market.Show(engine, side, price, 0);
            }

            // What the old best prices hid and the new ones do not.
            foreach (var price in SideOf(side).Keys.Where(p => !IsBeyond(side, p) && IsHidden(side, p, old)).ToList())
            {
                market.Show(engine, side, price, Wanted(side, price));
            }

            var (touch, before) = side == Side.Buy ? (top.Bid, old.Bid) : (top.Ask, old.Ask);
            if (before != touch && before > 0)
            {
                market.Show(engine, side, before, Wanted(side, before));
            }

            market.Show(engine, side, touch, Wanted(side, touch));
        }
    }

    private void Reshow(MatchingEngine engine)
    {
        foreach (var side in (Side[])[Side.Buy, Side.Sell])
        {
            var wanted = SideOf(side).Keys.Where(p => !IsBeyond(side, p)).ToDictionary(p => p, p => Wanted(side, p));
            if (IsTopNewer && (side == Side.Buy ? _top.Bid : _top.Ask) is > 0 and var touch)
            {
                wanted[touch] = Wanted(side, touch);
            }

            market.ShowOnly(engine, side, wanted);
        }
    }

    // The depth has caught up: it alone counts again.
    private void Reveal(MatchingEngine engine)
    {
        foreach (var side in (Side[])[Side.Buy, Side.Sell])
        {
            var touch = side == Side.Buy ? _top.Bid : _top.Ask;
            market.Show(engine, side, touch, Wanted(side, touch));
            foreach (var (price, quantity) in SideOf(side).Where(l => IsHidden(side, l.Key, _top)).ToList())
            {
                market.Show(engine, side, price, quantity);
            }
        }
    }

    private decimal Wanted(Side side, decimal price)
    {
        if (IsTopNewer && IsBeyond(side, price))
        {
            return 0;
        }

        if (IsTopNewer && price == (side == Side.Buy ? _top.Bid : _top.Ask))
        {
            return side == Side.Buy ? _top.BidQuantity : _top.AskQuantity;
        }

        return SideOf(side).GetValueOrDefault(price);
    }

    private bool IsBeyond(Side side, decimal price) => IsTopNewer && IsHidden(side, price, _top);

    private static bool IsHidden(Side side, decimal price, RecordedTop top) =>
        top.Sequence > 0 && (side == Side.Buy ? price > top.Bid : price < top.Ask);

    private Dictionary<decimal, decimal> SideOf(Side side) => side == Side.Buy ? _bids : _asks;
}
