using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Venues;

/// <summary>
/// A dialect's view of the venue: the engine's events (house accounts' order events left out) and a regular tick for feeds
/// that flush at intervals. Called inside the venue's lock.
/// </summary>
internal interface IVenueListener : IEngineListener
{
    /// <summary>About every 20 ms of venue time, after the flow's events.</summary>
    void OnTick(long nowMicros);
}
