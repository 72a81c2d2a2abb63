using Workbench.Sdk;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Direct;

/// <summary>Notes every change of the best prices inside the venue.</summary>
internal sealed class TopOracle(DirectBench bench, Symbol symbol) : IVenueListener
{
    public List<(decimal Bid, decimal BidQuantity, decimal Ask, decimal AskQuantity)> Tops { get; } = [];

    public void Begin() => bench.Venue.Join(this, static () => { });

    public bool IsWatching(Workbench.Simulator.Matching.OrderBook book) => true;

    public void OnTop(Workbench.Simulator.Matching.OrderBook book, long timeMicros)
    {
        if (bench.Venue.Listing.NameOf(book.Symbol) == symbol)
        {
            Tops.Add((book.Top.BidPrice, book.Top.BidQuantity, book.Top.AskPrice, book.Top.AskQuantity));
        }
    }

    public void OnOrder(in OrderEvent e)
    {
    }

    public void OnTrade(Workbench.Simulator.Matching.OrderBook book, in PublicTrade trade)
    {
    }

    public void OnLevel(Workbench.Simulator.Matching.OrderBook book, in LevelChange change)
    {
    }

    public void OnBalances(Account account, IReadOnlyList<Workbench.Simulator.Matching.Balance> touched, long timeMicros)
    {
    }

    public void OnStepEnd()
    {
    }

    public void OnTick(long nowMicros)
    {
    }
}
