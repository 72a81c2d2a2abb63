using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>The execution object of queries and of the <c>execution</c> and <c>execution.fast</c> topics.</summary>
internal static class ExecutionJson
{
    public static void Write(Utf8JsonWriter writer, AccountFill fill, bool isPush)
    {
        var (order, trade) = (fill.Order, fill.Trade);
        writer.WriteStartObject();
        if (isPush)
        {
            writer.WriteString("category", "spot");
            writer.WriteString("isLeverage", "0");
            writer.WriteString("execPnl", "0");
        }

        writer.WriteString("symbol", order.Symbol);
        writer.WriteString("orderId", BybitIds.Order(order.Id));
        writer.WriteString("orderLinkId", order.ClientId);
        writer.WriteString("side", OrderText.Side(order.Side));
        writer.WriteAmount("orderPrice", order.Price);
        writer.WriteAmount("orderQty", order.IsQuoteSized ? order.QuoteQuantity : order.Quantity);
        writer.WriteAmount("leavesQty", fill.Leaves);
        writer.WriteString("createType", "CreateByUser");
        writer.WriteString("orderType", OrderText.Type(order));
        writer.WriteString("stopOrderType", (order.Tag as OrderTag)?.StopOrderType ?? "");
        WriteMoney(writer, trade);
        writer.WriteText("execTime", trade.TimeMicros / 1000);
        writer.WriteBoolean("isMaker", trade.IsMaker);
        WriteUnused(writer);
        writer.WriteNumber("seq", fill.Sequence);
        writer.WriteString("marketUnit", (order.Tag as OrderTag)?.MarketUnit ?? "");
        writer.WriteEndObject();
    }

    /// <summary>The early hint: no fee, and makers do not learn their own client id.</summary>
    public static void WriteFast(Utf8JsonWriter writer, AccountFill fill)
    {
        var trade = fill.Trade;
        writer.WriteStartObject();
        writer.WriteString("category", "spot");
        writer.WriteString("symbol", trade.Symbol);
        writer.WriteString("orderId", BybitIds.Order(trade.OrderId));
        writer.WriteBoolean("isMaker", trade.IsMaker);
        writer.WriteString("orderLinkId", trade.IsMaker ? "" : fill.Order.ClientId);
        writer.WriteString("execId", BybitIds.Execution(trade.Id, trade.IsMaker));
        writer.WriteAmount("execPrice", trade.Price);
        writer.WriteAmount("execQty", trade.Quantity);
        writer.WriteString("side", OrderText.Side(trade.Side));
        writer.WriteText("execTime", trade.TimeMicros / 1000);
        writer.WriteNumber("seq", fill.Sequence);
        writer.WriteEndObject();
    }

    private static void WriteMoney(Utf8JsonWriter writer, AccountTrade trade)
    {
        writer.WriteAmount("execFee", trade.Fee);
        writer.WriteString("feeCurrency", trade.FeeAsset);
        writer.WriteAmount("feeRate", trade.FeeRate);
        writer.WriteString("execId", BybitIds.Execution(trade.Id, trade.IsMaker));
        writer.WriteAmount("execPrice", trade.Price);
        writer.WriteAmount("execQty", trade.Quantity);
        writer.WriteString("execType", "Trade");
        writer.WriteAmount("execValue", trade.QuoteQuantity);
    }

    private static void WriteUnused(Utf8JsonWriter writer)
    {
        writer.WriteString("tradeIv", "");
        writer.WriteString("markIv", "");
        writer.WriteString("markPrice", "");
        writer.WriteString("indexPrice", "");
        writer.WriteString("underlyingPrice", "");
        writer.WriteString("blockTradeId", "");
        writer.WriteString("closedSize", "");
        writer.WriteString("extraFees", "");
    }
}
