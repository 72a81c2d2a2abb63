using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>Whether a trade was above, below or at the price of the one before; "zero" keeps the last direction.</summary>
internal static class TickDirection
{
    // How far back an earlier change of price is looked for.
    private const int Reach = 20;

    public static string Of(Ring<PublicTrade> trades)
    {
        if (trades.Count < 2)
        {
            return "ZeroPlusTick";
        }

        var last = trades.Newest.Price;
        for (var i = trades.Count - 2; i >= Math.Max(0, trades.Count - Reach); i--)
        {
            if (trades[i].Price != last)
            {
                return Of(trades[i].Price, last, isFirst: i == trades.Count - 2);
            }
        }

        return "ZeroPlusTick";
    }

    public static string Of(decimal before, decimal now, bool isFirst) =>
        (isFirst ? "" : "Zero") + (now >= before ? "PlusTick" : "MinusTick");
}
