using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>Take-profit and stop-loss that a plain order brings with it; they are placed when it is filled. 0: not wanted.</summary>
internal sealed record Bracket(decimal TakeProfit, decimal StopLoss, decimal TakeProfitLimit, decimal StopLossLimit)
{
    public static readonly IReadOnlyList<string> Members = ["takeProfit", "stopLoss", "tpLimitPrice", "slLimitPrice"];

    /// <summary>Null when the request names neither price.</summary>
    public static BybitError Read(JsonElement body, out Bracket? bracket)
    {
        bracket = null;
        var amounts = new decimal[Members.Count];
        for (var i = 0; i < amounts.Length; i++)
        {
            if (body.Has(Members[i]) && body.Text(Members[i]) != "0" && !body.TryAmount(Members[i], out amounts[i]))
            {
                return Invalid(Members[i]);
            }
        }

        var wanted = new Bracket(amounts[0], amounts[1], amounts[2], amounts[3]);
        if (IsMissingLimit(body, "tpOrderType", wanted.TakeProfitLimit) || (wanted.TakeProfitLimit > 0 && wanted.TakeProfit == 0))
        {
            return Invalid("tpLimitPrice");
        }

        if (IsMissingLimit(body, "slOrderType", wanted.StopLossLimit) || (wanted.StopLossLimit > 0 && wanted.StopLoss == 0))
        {
            return Invalid("slLimitPrice");
        }

        bracket = wanted is { TakeProfit: 0, StopLoss: 0 } ? null : wanted;
        return BybitError.None;
    }

    /// <summary>A buy takes its profit above and stops its loss below where it is entered; a sell the other way round.</summary>
    public BybitError Check(Side side, decimal entry)
    {
        var (low, high) = side == Side.Buy ? (StopLoss, TakeProfit) : (TakeProfit, StopLoss);
        return (high > 0 && high <= entry) || (low > 0 && low >= entry)
            ? BybitError.Parameter("Request parameter error: takeProfit or stopLoss is on the wrong side of the price.")
            : BybitError.None;
    }

    public IEnumerable<decimal> Prices => ((decimal[])[TakeProfit, StopLoss, TakeProfitLimit, StopLossLimit]).Where(p => p > 0);

    private static bool IsMissingLimit(JsonElement body, string type, decimal limit) => body.Text(type) == "Limit" && limit == 0;

    private static BybitError Invalid(string member) => BybitError.Parameter($"Request parameter error: {member} invalid.");
}
