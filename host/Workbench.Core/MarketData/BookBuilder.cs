using Workbench.Sdk;

namespace Workbench.Core.MarketData;

/// <summary>One order book, kept by applying changes. Both sides are stored worst price first, so that the busy end is cheap to change.</summary>
internal sealed class BookBuilder
{
    private readonly List<PriceLevel> _bids = [];
    private readonly List<PriceLevel> _asks = [];

    /// <summary>True once a snapshot was applied; changes before it are ignored.</summary>
    public bool IsReady { get; private set; }

    public void Apply(BookUpdate update)
    {
        if (update.IsSnapshot)
        {
            _bids.Clear();
            _asks.Clear();
            IsReady = true;
        }

        if (!IsReady)
        {
            return;
        }

        foreach (var level in update.Bids)
        {
            Set(_bids, level, ascending: true);
        }

        foreach (var level in update.Asks)
        {
            Set(_asks, level, ascending: false);
        }
    }

    /// <summary>The best levels of each side.</summary>
    public OrderBook Snapshot(Symbol symbol, int depth, MarketStamp stamp) => new(symbol, Best(_bids, depth), Best(_asks, depth), stamp);

    private static PriceLevel[] Best(List<PriceLevel> side, int depth)
    {
        var best = new PriceLevel[Math.Min(depth, side.Count)];
        for (var i = 0; i < best.Length; i++)
        {
            best[i] = side[side.Count - 1 - i];
        }

        return best;
    }

    private static void Set(List<PriceLevel> side, PriceLevel level, bool ascending)
    {
        var at = Find(side, level.Price, ascending);
        if (at >= 0)
        {
            if (level.Quantity.IsZero)
            {
                side.RemoveAt(at);
            }
            else
            {
                side[at] = level;
            }
        }
        else if (!level.Quantity.IsZero)
        {
            side.Insert(~at, level);
        }
    }

    private static int Find(List<PriceLevel> side, Price price, bool ascending)
    {
        int low = 0, high = side.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var order = ascending ? side[middle].Price.CompareTo(price) : price.CompareTo(side[middle].Price);
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
