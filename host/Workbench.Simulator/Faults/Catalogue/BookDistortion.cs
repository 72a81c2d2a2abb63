using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Faults.Catalogue;

/// <summary>Keeps a book distorted while its market moves on: with every tick of the venue it looks whether it must be done anew.</summary>
internal sealed class BookDistortion(SimulatedVenue venue, OrderBook book, Action<MatchingEngine, OrderBook, (decimal Bid, decimal Ask)> distort) : IVenueListener
{
    private MatchingEngine? _engine;
    private (decimal Bid, decimal Ask) _top;

    public void Start() => venue.Execute(engine =>
    {
        _engine = engine;
        venue.Listed(book.Symbol)?.Look();
        venue.AddListener(this);
        OnTick(0);
    });

    public void Stop()
    {
        venue.RemoveListener(this);
        venue.Execute(engine => engine.Straighten(book));
    }

    public void OnTick(long nowMicros)
    {
        // What can be traded, not what is shown: the distortion itself does not count.
        var top = (book.Bids.BestTradable?.Price ?? 0, book.Asks.BestTradable?.Price ?? 0);
        if (top != _top)
        {
            _top = top;
            _engine!.Straighten(book);
            if (_top is { Bid: > 0, Ask: > 0 })
            {
                distort(_engine, book, _top);
            }
        }
    }

    public bool IsWatching(OrderBook other) => ReferenceEquals(book, other);

    public void OnOrder(in OrderEvent e)
    {
    }

    public void OnTrade(OrderBook book, in PublicTrade trade)
    {
    }

    public void OnLevel(OrderBook book, in LevelChange change)
    {
    }

    public void OnBalances(Account account, IReadOnlyList<Balance> touched, long timeMicros)
    {
    }

    public void OnTop(OrderBook book, long timeMicros)
    {
    }

    public void OnStepEnd()
    {
    }
}
