using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Venues;

/// <summary>
/// A dialect's view of the venue: the engine's events (house accounts' order events left out) and a regular tick for feeds
/// that flush at intervals. Called inside the venue's lock.
/// </summary>
internal interface IVenueListener : IEngineListener
{
    /// <summary>
    /// Whether somebody hears through this listener what a book does: its trades, levels, prices or bars. A book that nobody
    /// hears and nobody has orders in is not moved until somebody looks. (Orders and balances need not be asked for here.)
    /// </summary>
    bool IsWatching(OrderBook book);

    /// <summary>About every 20 ms of venue time, after the flow's events.</summary>
    void OnTick(long nowMicros);
}
