using System.Text.Json;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>The execution object of contracts, in queries and in the <c>execution</c> and <c>execution.fast</c> topics.</summary>
internal static class LinearExecutionJson
{
    public static void Write(Utf8JsonWriter writer, LinearExecution row, bool isPush)
    {
        writer.WriteStartObject();
        if (isPush)
        {
            writer.WriteString("category", Categories.Linear);
            writer.WriteString("isLeverage", "0");
            writer.WriteAmount("execPnl", row.Profit);
        }

        writer.WriteString("symbol", row.Symbol);
        WriteOrder(writer, row);
        writer.WriteString("side", OrderText.Side(row.Side));
        writer.WriteAmount("execFee", row.Fee);
        writer.WriteString("feeCurrency", row.SettleCoin);
        writer.WriteAmount("feeRate", row.FeeRate);
        writer.WriteString("execId", row.Id);
        writer.WriteAmount("execPrice", row.Price);
        writer.WriteAmount("execQty", row.Quantity);
        writer.WriteString("execType", row.Type);
        writer.WriteAmount("execValue", row.Value);
        writer.WriteText("execTime", row.TimeMicros / 1000);
        writer.WriteBoolean("isMaker", row.IsMaker);
        writer.WriteString("tradeIv", "");
        writer.WriteString("markIv", "");
        writer.WriteAmount("markPrice", row.MarkPrice);
        writer.WriteAmount("indexPrice", row.IndexPrice);
        writer.WriteString("underlyingPrice", "");
        writer.WriteString("blockTradeId", "");
        writer.WriteAmount("closedSize", row.Closed);
        writer.WriteString("extraFees", "");
        writer.WriteNumber("seq", row.Sequence);
        writer.WriteString("marketUnit", "");
        writer.WriteEndObject();
    }

    /// <summary>The early hint: no fee, and makers do not learn their own client id.</summary>
    public static void WriteFast(Utf8JsonWriter writer, LinearExecution row)
    {
        writer.WriteStartObject();
        writer.WriteString("category", Categories.Linear);
        writer.WriteString("symbol", row.Symbol);
        writer.WriteString("orderId", LinearIds.Order(row.Order!.Id));
        writer.WriteBoolean("isMaker", row.IsMaker);
        writer.WriteString("orderLinkId", row.IsMaker ? "" : row.Order.ClientId);
        writer.WriteString("execId", row.Id);
        writer.WriteAmount("execPrice", row.Price);
        writer.WriteAmount("execQty", row.Quantity);
        writer.WriteString("side", OrderText.Side(row.Side));
        writer.WriteText("execTime", row.TimeMicros / 1000);
        writer.WriteNumber("seq", row.Sequence);
        writer.WriteEndObject();
    }

    // Behind funding and a liquidation stands no order: the row's own id takes its place.
    private static void WriteOrder(Utf8JsonWriter writer, LinearExecution row)
    {
        var order = row.Order;
        var tag = order?.Tag as LinearTag;
        writer.WriteString("orderId", order is null ? row.Id : LinearIds.Order(order.Id));
        writer.WriteString("orderLinkId", order?.ClientId ?? "");
        writer.WriteAmount("orderPrice", order is null ? 0 : order.Type == OrderType.Limit ? order.Price : order.PriceBound);
        writer.WriteAmount("orderQty", order?.Quantity ?? 0);
        writer.WriteAmount("leavesQty", row.Leaves);
        writer.WriteString("createType", tag?.CreateType ?? (row.Type == "BustTrade" ? "CreateByTakeOver_PassThrough" : ""));
        writer.WriteString("orderType", order is null ? row.Type == "Funding" ? "UNKNOWN" : "Market" : LinearText.Type(order));
        writer.WriteString("stopOrderType", tag is null || tag.StopOrderType.Length == 0 ? "UNKNOWN" : tag.StopOrderType);
    }
}
