using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Flow;

/// <summary>
/// The market maker's quotes on both sides of one book. <see cref="Quote"/> moves them around a mid price: quotes on the wrong
/// side are pulled, the touch is improved, the far end is filled up again.
/// </summary>
internal sealed class MakerLadder(OrderBook book, Account maker, int levels)
{
    // Best first.
    private readonly List<Order> _bids = [];
    private readonly List<Order> _asks = [];

    public bool IsThin => book.Bids.Count < 3 || book.Asks.Count < 3;

    public void Quote(MatchingEngine engine, ref Pcg32 rng, decimal mid)
    {
        var instrument = book.Instrument;
        var spacing = Math.Max(instrument.TickSize, instrument.FloorToTick(mid * 0.00008m));
        var half = Math.Max(instrument.TickSize, instrument.FloorToTick(mid * 0.000001m * rng.Range(20, 60)));
        var bid = Math.Max(instrument.TickSize, instrument.FloorToTick(mid) - half);
        var ask = bid + Math.Max(instrument.TickSize, half * 2);

        // Pull before placing, so that the maker does not trade with itself.
        Pull(engine, _bids, o => o.Price > bid);
        Pull(engine, _asks, o => o.Price < ask);
        Fill(engine, ref rng, _bids, Side.Buy, bid, -spacing);
        Fill(engine, ref rng, _asks, Side.Sell, ask, spacing);
    }

    /// <summary>Changes the size of one random quote near the touch.</summary>
    public void Resize(MatchingEngine engine, ref Pcg32 rng)
    {
        var quotes = rng.Chance(50) ? _bids : _asks;
        if (quotes.Count == 0)
        {
            return;
        }

        var order = quotes[rng.Range(0, Math.Min(quotes.Count - 1, 8))];
        if (order.IsOpen)
        {
            engine.Amend(order, order.Executed + Size(ref rng, order.Price), order.Price);
        }
    }

    private static void Pull(MatchingEngine engine, List<Order> quotes, Predicate<Order> isWrong)
    {
        quotes.RemoveAll(order =>
        {
            if (!order.IsOpen)
            {
                return true;
            }

            if (!isWrong(order))
            {
                return false;
            }

            engine.Cancel(order);
            return true;
        });
    }

    private void Fill(MatchingEngine engine, ref Pcg32 rng, List<Order> quotes, Side side, decimal touch, decimal outward)
    {
        if (quotes.Count == 0 || Math.Abs(quotes[0].Price - touch) >= Math.Abs(outward) / 2)
        {
            Place(engine, ref rng, quotes, side, touch, atFront: true);
        }

        while (quotes.Count < levels)
        {
            var last = quotes.Count == 0 ? touch : quotes[^1].Price;
            var price = book.Instrument.FloorToTick(last + (outward * rng.Range(50, 200) / 100));
            price = price == last ? last + Math.Sign(outward) * book.Instrument.TickSize : price;
            if (price <= 0 || !Place(engine, ref rng, quotes, side, price, atFront: false))
            {
                return;
            }
        }

        while (quotes.Count > levels)
        {
            engine.Cancel(quotes[^1]);
            quotes.RemoveAt(quotes.Count - 1);
        }
    }

    private bool Place(MatchingEngine engine, ref Pcg32 rng, List<Order> quotes, Side side, decimal price, bool atFront)
    {
        var result = engine.Place(maker, new NewOrder
        {
            Symbol = book.Symbol,
            Side = side,
            Type = OrderType.Limit,
            Quantity = Size(ref rng, price),
            Price = price,
        });
        if (result.Order is not { IsOpen: true } order)
        {
            // Not listed for trading now, or it met a client's order and is filled.
            return result.Ok;
        }

        quotes.Insert(atFront ? 0 : quotes.Count, order);
        return true;
    }

    private decimal Size(ref Pcg32 rng, decimal price)
    {
        var instrument = book.Instrument;
        return instrument.FloorToStep(instrument.MinNotional * rng.Range(20, 3000) / price) + Math.Max(instrument.StepSize, instrument.MinQuantity);
    }
}
