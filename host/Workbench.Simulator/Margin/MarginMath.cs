using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Margin;

/// <summary>An order that waits in the book, or asks to.</summary>
internal readonly record struct WorkingOrder(Side Side, decimal Price, decimal Quantity, int PositionIndex, bool IsReduceOnly);

/// <summary>Margin of a contract in USDT. What is demanded rounds up, so that no order gets in for a fraction too little.</summary>
internal static class MarginMath
{
    private const int Decimals = 8;

    public static decimal Up(decimal amount) => decimal.Round(amount, Decimals, MidpointRounding.ToPositiveInfinity);

    /// <summary>Price × quantity ÷ leverage, and the taker fees of opening and closing.</summary>
    public static decimal OrderCost(decimal value, decimal leverage, decimal takerRate) =>
        Up((value / leverage) + (value * takerRate * 2));

    /// <summary>
    /// What all working orders of a contract bind together. An order that would close binds nothing; the orders that would
    /// trade first use up the position first.
    /// </summary>
    public static decimal OrderMargin(Holding holding, IEnumerable<WorkingOrder> orders, decimal takerRate)
    {
        var total = 0m;
        foreach (var group in orders.GroupBy(o => (o.Side, o.PositionIndex)))
        {
            var (side, index) = group.Key;
            var closable = holding[index].Closable(side);
            foreach (var order in side == Side.Buy ? group.OrderByDescending(o => o.Price) : group.OrderBy(o => o.Price))
            {
                var closing = Math.Min(closable, order.Quantity);
                closable -= closing;
                if (!order.IsReduceOnly && !ClosesLeg(side, index))
                {
                    total += OrderCost((order.Quantity - closing) * order.Price, holding.Leverage(side), takerRate);
                }
            }
        }

        return total;
    }

    /// <summary>In hedge mode a sell on the long leg, or a buy on the short one, can only close.</summary>
    public static bool ClosesLeg(Side side, int index) => index == (side == Side.Buy ? 2 : 1);

    /// <summary>What the holder pays (negative: receives) when funding is settled; longs pay when the rate is positive.</summary>
    public static decimal Funding(decimal size, decimal mark, decimal rate) => decimal.Round(size * mark * rate, Decimals);
}
