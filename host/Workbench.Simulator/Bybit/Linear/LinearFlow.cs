using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>
/// The synthetic market of the perpetuals: each follows its spot pair with a small premium of its own, whatever moves the
/// spot pair (the seeded walk, a tape, or clients).
/// </summary>
internal sealed class LinearFlow(SimulatedVenue spot, ulong seed) : IMarketFlow
{
    // A pump that comes later than this drops the backlog instead of replaying it in one burst.
    private const long LongestCatchUpMicros = 5_000_000;
    private readonly List<PerpetualLife> _symbols = [];

    public void Open(MatchingEngine engine, long nowMicros)
    {
        var house = new HouseAccounts(engine);
        foreach (var book in engine.Books.Values)
        {
            var life = new PerpetualLife(book, spot.Market(book.Symbol)!, house, seed, nowMicros);
            life.Open(engine);
            _symbols.Add(life);
        }
    }

    public void Step(MatchingEngine engine, long nowMicros)
    {
        foreach (var life in _symbols)
        {
            life.Catch(nowMicros, LongestCatchUpMicros);
        }

        // Few symbols: looking for the earliest is cheaper than keeping them sorted.
        while (_symbols.MinBy(s => s.DueMicros) is { } next && next.DueMicros <= nowMicros)
        {
            engine.NowMicros = next.DueMicros;
            next.Run(engine);
        }

        foreach (var life in _symbols.Where(s => s.IsThin))
        {
            life.Requote(engine);
        }
    }
}
