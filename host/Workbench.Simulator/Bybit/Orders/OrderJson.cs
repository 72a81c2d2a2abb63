using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>The order object of queries and of the <c>order</c> topic.</summary>
internal static class OrderJson
{
    public static void Write(Utf8JsonWriter writer, Order order, AccountLedger ledger, bool isPush)
    {
        writer.WriteStartObject();
        if (isPush)
        {
            writer.WriteString("category", "spot");
        }

        WriteIdentity(writer, order);
        WriteState(writer, order, ledger);
        WriteAmounts(writer, order, isPush);
        WriteUnused(writer);
        writer.WriteText("createdTime", order.CreatedMicros / 1000);
        writer.WriteText("updatedTime", order.UpdatedMicros / 1000);
        writer.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter writer, Order order)
    {
        writer.WriteString("orderId", BybitIds.Order(order.Id));
        writer.WriteString("orderLinkId", order.ClientId);
        writer.WriteString("parentOrderLinkId", "");
        writer.WriteString("blockTradeId", "");
        writer.WriteString("symbol", order.Symbol);
        writer.WriteString("side", OrderText.Side(order.Side));
        writer.WriteString("orderType", OrderText.Type(order));
        writer.WriteString("timeInForce", OrderText.TimeInForce(order));
        writer.WriteString("isLeverage", "0");
        writer.WriteNumber("positionIdx", 0);
    }

    private static void WriteState(Utf8JsonWriter writer, Order order, AccountLedger ledger)
    {
        var selfMatch = ledger.SelfMatchOf(order);
        writer.WriteString("orderStatus", OrderText.Status(order));
        writer.WriteString("cancelType", OrderText.CancelType(order));
        writer.WriteString("rejectReason", OrderText.RejectReason(order));
        writer.WriteString("smpType", (order.Tag as OrderTag)?.SmpType ?? "None");
        writer.WriteNumber("smpGroup", 0);
        writer.WriteString("smpOrderId", selfMatch == 0 ? "" : BybitIds.Order(selfMatch));
    }

    private static void WriteAmounts(Utf8JsonWriter writer, Order order, bool isPush)
    {
        var tag = order.Tag as OrderTag;
        var quantity = order.IsQuoteSized ? order.QuoteQuantity : order.Quantity;
        var leaves = order.IsOpen ? order.Remaining : 0;
        var fee = order.Fills?.Sum(f => f.Fee) ?? 0;
        var feeCoin = order.Side == Side.Buy ? order.Book.Base : order.Book.Quote;
        writer.WriteAmount("price", order.Price);
        writer.WriteAmount("qty", quantity);
        writer.WriteString("marketUnit", tag?.MarketUnit ?? "");
        writer.WriteString("avgPrice", order.Executed == 0 ? "" : BybitJson.Text(decimal.Round(order.AveragePrice, 12)));
        writer.WriteAmount("leavesQty", leaves);
        writer.WriteAmount("leavesValue", order.IsQuoteSized ? order.QuoteQuantity - order.ExecutedQuote : leaves * order.Price);
        writer.WriteAmount("cumExecQty", order.Executed);
        writer.WriteAmount("cumExecValue", order.ExecutedQuote);
        writer.WriteAmount("cumExecFee", fee);
        writer.WriteStartObject("cumFeeDetail");
        if (fee != 0)
        {
            writer.WriteAmount(feeCoin, fee);
        }

        writer.WriteEndObject();
        writer.WriteAmount("basePrice", tag?.BasePrice ?? 0);
        if (isPush)
        {
            writer.WriteString("feeCurrency", feeCoin);
            writer.WriteString("closedPnl", "0");
        }
    }

    // Members of derivatives and conditional orders, as spot orders carry them.
    private static void WriteUnused(Utf8JsonWriter writer)
    {
        writer.WriteString("stopOrderType", "");
        writer.WriteString("ocoTriggerBy", "");
        writer.WriteString("orderIv", "");
        writer.WriteString("slippageToleranceType", "UNKNOWN");
        writer.WriteString("slippageTolerance", "");
        writer.WriteString("triggerPrice", "0");
        writer.WriteNumber("triggerDirection", 0);
        writer.WriteString("triggerBy", "");
        writer.WriteString("lastPriceOnCreated", "");
        writer.WriteString("takeProfit", "");
        writer.WriteString("stopLoss", "");
        writer.WriteString("tpslMode", "");
        writer.WriteString("tpLimitPrice", "");
        writer.WriteString("slLimitPrice", "");
        writer.WriteString("tpTriggerBy", "");
        writer.WriteString("slTriggerBy", "");
        writer.WriteBoolean("reduceOnly", false);
        writer.WriteBoolean("closeOnTrigger", false);
        writer.WriteString("placeType", "");
    }
}
