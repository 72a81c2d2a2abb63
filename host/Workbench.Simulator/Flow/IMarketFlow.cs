using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Flow;

/// <summary>What makes a market move besides its clients. Called inside the venue's lock, on a virtual clock.</summary>
internal interface IMarketFlow
{
    /// <summary>First liquidity, before any client is served.</summary>
    void Open(MatchingEngine engine, long nowMicros);

    /// <summary>Performs everything due up to <paramref name="nowMicros"/>, each event at its own scheduled time.</summary>
    void Step(MatchingEngine engine, long nowMicros);
}
