using Workbench.Sdk;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Direct;

/// <summary>The changes of one book, one update for each step of the engine: between steps the book is never crossed. State belongs to the venue's lock.</summary>
internal sealed class BookFeed
{
    // Of the step in progress; the last quantity of a price counts.
    private readonly Dictionary<decimal, decimal> _bids = [];
    private readonly Dictionary<decimal, decimal> _asks = [];
    private long _updateId;
    private long _timeMicros;

    /// <summary>The whole book as it stands.</summary>
    public static Func<MarketStamp, BookUpdate> Snapshot(Symbol symbol, Matching.OrderBook book)
    {
        var (bids, asks) = (Levels(book.Bids), Levels(book.Asks));
        return stamp => new BookUpdate(symbol, true, bids, asks, stamp);
    }

    public void OnLevel(in LevelChange change)
    {
        (change.Side == Matching.Side.Buy ? _bids : _asks)[change.Price] = change.Quantity;
        _updateId = change.UpdateId;
        _timeMicros = change.TimeMicros;
    }

    /// <summary>What the step has changed, once; null when it has changed nothing.</summary>
    public Changes? Take(Symbol symbol)
    {
        if (_bids.Count + _asks.Count == 0)
        {
            return null;
        }

        var (bids, asks) = (Levels(_bids), Levels(_asks));
        _bids.Clear();
        _asks.Clear();
        return new Changes(_updateId, _timeMicros, stamp => new BookUpdate(symbol, false, bids, asks, stamp));
    }

    private static Sdk.PriceLevel[] Levels(Dictionary<decimal, decimal> changes) =>
        [.. changes.Select(c => new Sdk.PriceLevel(new Price(c.Key), new Quantity(c.Value)))];

    private static Sdk.PriceLevel[] Levels(Ladder ladder) =>
        [.. Enumerable.Range(0, ladder.Count).Select(rank => new Sdk.PriceLevel(new Price(ladder[rank].Price), new Quantity(ladder[rank].Quantity)))];

    /// <summary>An update that lacks its stamp.</summary>
    internal sealed record Changes(long UpdateId, long TimeMicros, Func<MarketStamp, BookUpdate> Build);
}
