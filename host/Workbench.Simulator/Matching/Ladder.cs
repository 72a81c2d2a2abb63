namespace Workbench.Simulator.Matching;

/// <summary>
/// One side of a book: a sorted array with the best price at the end. Trading happens near the best price, so the
/// usual insert or removal moves a handful of references; finding a price is a binary search.
/// </summary>
internal sealed class Ladder(Side side)
{
    private PriceLevel[] _levels = new PriceLevel[64];

    public Side Side { get; } = side;
    public int Count { get; private set; }
    public PriceLevel? Best => Count == 0 ? null : _levels[Count - 1];

    /// <summary>The best level that has an order; others are shown without one.</summary>
    public PriceLevel? BestTradable => TradableFrom(Count - 1);

    /// <summary>Level by rank; 0 is the best.</summary>
    public PriceLevel this[int rank] => _levels[Count - 1 - rank];

    public PriceLevel? Find(decimal price)
    {
        var index = IndexOf(price);
        return index >= 0 ? _levels[index] : null;
    }

    /// <summary>The best level with an order behind <paramref name="level"/>.</summary>
    public PriceLevel? NextTradable(PriceLevel level) => TradableFrom(IndexOf(level.Price) - 1);

    public PriceLevel GetOrAdd(decimal price)
    {
        var index = IndexOf(price);
        if (index >= 0)
        {
            return _levels[index];
        }

        if (Count == _levels.Length)
        {
            Array.Resize(ref _levels, Count * 2);
        }

        var at = ~index;
        Array.Copy(_levels, at, _levels, at + 1, Count - at);
        Count++;
        return _levels[at] = new PriceLevel(price);
    }

    public void Remove(PriceLevel level)
    {
        var at = IndexOf(level.Price);
        Count--;
        Array.Copy(_levels, at + 1, _levels, at, Count - at);
        _levels[Count] = null!;
    }

    /// <summary>Whether an order of the other side limited at <paramref name="price"/> would trade with a level at <paramref name="levelPrice"/>.</summary>
    public bool IsReachable(decimal levelPrice, decimal price) =>
        Side == Side.Sell ? levelPrice <= price : levelPrice >= price;

    private PriceLevel? TradableFrom(int index)
    {
        for (; index >= 0; index--)
        {
            if (_levels[index].Count > 0)
            {
                return _levels[index];
            }
        }

        return null;
    }

    private int IndexOf(decimal price)
    {
        var low = 0;
        var high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var order = Side == Side.Buy
                ? _levels[middle].Price.CompareTo(price)
                : price.CompareTo(_levels[middle].Price);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return ~low;
    }
}
