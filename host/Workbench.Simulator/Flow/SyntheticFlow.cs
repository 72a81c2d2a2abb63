using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Flow;

/// <summary>
/// Seeded market for all symbols of a venue. Events happen at times drawn in advance, whatever the rhythm of the calls, so a
/// seed and a start give one sequence of engine events (clients' orders aside).
/// </summary>
internal sealed class SyntheticFlow(ulong sharedSeed, ulong venueSeed) : IMarketFlow
{
    // A pump that comes later than this (sleep, debugger) drops the backlog instead of replaying it in one burst.
    private const long LongestCatchUpMicros = 5_000_000;

    private readonly List<SymbolFlow> _symbols = [];
    private readonly PriorityQueue<SymbolFlow, (long Due, int Rank)> _due = new();

    public void Open(MatchingEngine engine, long nowMicros)
    {
        var house = new HouseAccounts(engine);
        foreach (var book in engine.Books.Values)
        {
            var fair = new FairPrice(sharedSeed, book.Symbol, book.Instrument.ReferencePrice, nowMicros);
            var symbol = new SymbolFlow(book, house, fair, venueSeed, nowMicros);
            symbol.Open(engine);
            _due.Enqueue(symbol, (symbol.DueMicros, _symbols.Count));
            _symbols.Add(symbol);
        }
    }

    public void Step(MatchingEngine engine, long nowMicros)
    {
        while (_due.TryPeek(out var symbol, out var key) && key.Due <= nowMicros)
        {
            _due.Dequeue();
            if (nowMicros - symbol.DueMicros > LongestCatchUpMicros)
            {
                symbol.DueMicros = nowMicros;
            }

            engine.NowMicros = symbol.DueMicros;
            symbol.Run(engine);
            _due.Enqueue(symbol, (symbol.DueMicros, key.Rank));
        }

        Replenish(engine);
    }

    // A client may sweep a side between two events; the market never stays dry longer than one step.
    private void Replenish(MatchingEngine engine)
    {
        foreach (var symbol in _symbols)
        {
            if (symbol.IsThin)
            {
                symbol.Requote(engine);
            }
        }
    }
}
