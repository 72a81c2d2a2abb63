using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Venues;

/// <summary>Consecutive trades of one taker order at one price, merged.</summary>
internal readonly record struct AggregateTrade(
    long Id, decimal Price, decimal Quantity, long FirstTradeId, long LastTradeId, Side TakerSide, long TakerOrderId, long TimeMicros)
{
    public bool BuyerIsMaker => TakerSide == Side.Sell;
}
