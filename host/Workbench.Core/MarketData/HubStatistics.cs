namespace Workbench.Core.MarketData;

/// <summary>The readers of market data, all together.</summary>
/// <param name="Readers">How many read now.</param>
/// <param name="Lag">Events that wait for the slowest of them.</param>
/// <param name="Dropped">Events that slow readers of every event have lost since the start.</param>
/// <param name="Replaced">Values that newer ones replaced, for readers of the latest, since the start.</param>
public readonly record struct HubStatistics(int Readers, int Lag, long Dropped, long Replaced);
