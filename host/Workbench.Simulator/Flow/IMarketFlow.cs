using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Flow;

/// <summary>What makes a market move besides its clients. Called inside the venue's lock, on a virtual clock.</summary>
internal interface IMarketFlow
{
    /// <summary>Says how to find out whether anybody would notice what a book does. Called before <see cref="Open"/>; without it everybody does.</summary>
    void Attend(Func<OrderBook, bool> isWatched)
    {
    }

    /// <summary>First liquidity, before any client is served.</summary>
    void Open(MatchingEngine engine, long nowMicros);

    /// <summary>Performs everything due up to <paramref name="nowMicros"/>, each event at its own scheduled time.</summary>
    void Step(MatchingEngine engine, long nowMicros);

    /// <summary>Somebody is about to read a book or to trade in it: brings it up to date. Never called out of an engine event.</summary>
    void Look(MatchingEngine engine, OrderBook book, long nowMicros)
    {
    }
}
