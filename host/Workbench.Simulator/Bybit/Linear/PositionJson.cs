using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Margin;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>A position of <c>position/list</c> and of the <c>position</c> topic; the topic calls the average entryPrice.</summary>
internal static class PositionJson
{
    private const int Decimals = 8;

    public static void Write(Utf8JsonWriter writer, LinearVenue linear, MarginAccount margin, Position position, bool isPush)
    {
        var prices = linear.Prices(position.Symbol)!;
        var holding = margin.Holding(prices.Contract);
        writer.WriteStartObject();
        if (isPush)
        {
            writer.WriteString("category", Categories.Linear);
        }

        writer.WriteNumber("positionIdx", position.Index);
        writer.WriteNumber("tradeMode", 0);
        writer.WriteNumber("riskId", 1);
        writer.WriteString("riskLimitValue", "");
        writer.WriteString("symbol", position.Symbol);
        writer.WriteString("side", position.Size > 0 ? "Buy" : position.Size < 0 ? "Sell" : "");
        writer.WriteAmount("size", Math.Abs(position.Size));
        writer.WriteAmount(isPush ? "entryPrice" : "avgPrice", decimal.Round(position.AveragePrice, Decimals));
        writer.WriteAmount("positionValue", decimal.Round(Math.Abs(position.Cost), Decimals));
        writer.WriteAmount("leverage", Leverage(holding, position));
        writer.WriteAmount("markPrice", prices.Mark);
        WriteRisk(writer, linear, margin, holding, position, prices);
        WriteStops(writer, margin, position);
        writer.WriteString("positionStatus", "Normal");
        writer.WriteNumber("autoAddMargin", 0);
        writer.WriteNumber("adlRankIndicator", position.IsFlat ? 0 : 2);
        writer.WriteBoolean("isReduceOnly", false);
        writer.WriteString("mmrSysUpdatedTime", "");
        writer.WriteString("leverageSysUpdatedTime", "");
        writer.WriteText("createdTime", position.CreatedMicros / 1000);
        writer.WriteText("updatedTime", position.UpdatedMicros / 1000);
        writer.WriteString("openTime", position.IsFlat ? "" : BybitJson.Text(position.OpenedMicros / 1000));
        writer.WriteNumber("seq", position.Sequence == 0 ? -1 : position.Sequence);
        writer.WriteEndObject();
    }

    private static void WriteRisk(
        Utf8JsonWriter writer, LinearVenue linear, MarginAccount margin, Holding holding, Position position, PerpetualPrices prices)
    {
        var taker = margin.Account.FeeRates(position.Symbol).Taker;
        writer.WriteString("liqPrice", LiquidationPrice(linear, margin, holding, position, prices));
        writer.WriteString("bustPrice", "");
        writer.WriteString("breakEvenPrice", position.IsFlat ? "" : BybitJson.Text(decimal.Round(position.BreakEven(taker), Decimals)));
        writer.WriteAmount("positionIM", holding.InitialMargin(position, prices.Mark));
        writer.WriteAmount("positionMM", holding.MaintenanceMargin(position, prices.Mark));
        writer.WriteString("positionBalance", "0");
        writer.WriteString("unrealisedPnl", position.IsFlat ? "" : BybitJson.Text(decimal.Round(position.Unrealised(prices.Mark), Decimals)));
        writer.WriteAmount("curRealisedPnl", decimal.Round(position.CurrentRealised, Decimals));
        writer.WriteAmount("cumRealisedPnl", decimal.Round(position.TotalRealised, Decimals));
    }

    private static void WriteStops(Utf8JsonWriter writer, MarginAccount margin, Position position)
    {
        writer.WriteString("tpslMode", "Full");
        writer.WriteString("takeProfit", Price("TakeProfit", t => t.Price));
        writer.WriteString("stopLoss", Price("StopLoss", t => t.Price));
        writer.WriteString("trailingStop", Price("TrailingStop", t => t.TrailingDistance));
        writer.WriteString("sessionAvgPrice", "");

        string Price(string kind, Func<TriggerTerms, decimal> of) =>
            PositionStops.Find(margin, position.Symbol, position.Index, kind) is { } stop ? BybitJson.Text(of(stop.Trigger!.Terms)) : "";
    }

    private static decimal Leverage(Holding holding, Position position) => holding.Leverage(position);

    // Where, all else equal, the account's margin would be down to what it must keep.
    private static string LiquidationPrice(
        LinearVenue linear, MarginAccount margin, Holding holding, Position position, PerpetualPrices prices)
    {
        if (position.IsFlat)
        {
            return "";
        }

        var state = margin.State(linear.Mark);
        var cushion = margin.Wallet.Free + state.Unrealised - state.Maintenance;
        var perPoint = position.Size - (Math.Abs(position.Size) * holding.Contract.MaintenanceRate);
        var price = prices.Mark - (cushion / perPoint);
        return price <= 0 ? "" : BybitJson.Text(prices.Instrument.FloorToTick(price));
    }
}
