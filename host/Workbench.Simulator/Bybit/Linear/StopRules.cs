using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>On which side of the market a position's stops must lie.</summary>
internal static class StopRules
{
    /// <summary>Stops that come with an order are held against its price.</summary>
    public static BybitError CheckBracket(PerpetualPrices prices, Side side, decimal orderPrice, Bracket? bracket)
    {
        if (bracket is null)
        {
            return BybitError.None;
        }

        var error = Check(prices, side, orderPrice, bracket.TakeProfit, isProfit: true);
        return error.IsNone ? Check(prices, side, orderPrice, bracket.StopLoss, isProfit: false) : error;
    }

    /// <summary>A price of 0 is no stop and always fine.</summary>
    public static BybitError Check(PerpetualPrices prices, Side positionSide, decimal basePrice, decimal price, bool isProfit)
    {
        if (price == 0)
        {
            return BybitError.None;
        }

        var error = LinearRules.CheckPrice(prices.Instrument, price);
        var mustBeAbove = (positionSide == Side.Buy) == isProfit;
        if (!error.IsNone || (mustBeAbove ? price > basePrice : price < basePrice))
        {
            return error;
        }

        var (name, relation) = (isProfit ? "TakeProfit" : "StopLoss", mustBeAbove ? "higher" : "lower");
        return BybitError.Parameter(
            $"{name}:{BybitJson.Text(price)} set for {(positionSide == Side.Buy ? "Buy" : "Sell")} position should be {relation} than base_price:{BybitJson.Text(basePrice)}");
    }
}
