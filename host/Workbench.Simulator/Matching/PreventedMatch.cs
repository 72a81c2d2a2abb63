namespace Workbench.Simulator.Matching;

/// <summary>A match that self-trade prevention did not let happen. Quantities are what each side lost; 0 for a side that lost nothing.</summary>
internal sealed record PreventedMatch(
    long Id,
    string Symbol,
    SelfTradePrevention Mode,
    long TakerOrderId,
    long MakerOrderId,
    string MakerSymbol,
    long TradeGroup,
    decimal Price,
    decimal TakerPrevented,
    decimal MakerPrevented,
    long TimeMicros)
{
    /// <summary>What the order of this id lost.</summary>
    public decimal PreventedOf(long orderId) => orderId == TakerOrderId ? TakerPrevented : MakerPrevented;
}
