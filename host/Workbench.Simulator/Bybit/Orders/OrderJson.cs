using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>When in its life a push shows an order.</summary>
internal enum OrderMoment
{
    Now,

    /// <summary>Its trigger price was reached and it does not work yet.</summary>
    Triggered,

    /// <summary>A cancel came after it was filled: nothing changed, but it is told.</summary>
    CancelledLate,
}

/// <summary>The order object of queries and of the <c>order</c> topic.</summary>
internal static class OrderJson
{
    public static void Write(Utf8JsonWriter writer, Order order, AccountLedger ledger, bool isPush, OrderMoment moment = OrderMoment.Now)
    {
        var tag = order.Tag as OrderTag;
        writer.WriteStartObject();
        if (isPush)
        {
            writer.WriteString("category", "spot");
        }

        WriteIdentity(writer, order, tag);
        WriteState(writer, order, ledger, moment);
        WriteAmounts(writer, order, tag);
        WriteFees(writer, order, isPush);
        WriteCondition(writer, order, tag);
        WriteBracket(writer, tag?.Bracket);
        WriteUnused(writer);
        writer.WriteText("createdTime", order.CreatedMicros / 1000);
        writer.WriteText("updatedTime", order.UpdatedMicros / 1000);
        writer.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter writer, Order order, OrderTag? tag)
    {
        writer.WriteString("orderId", BybitIds.Order(order.Id));
        writer.WriteString("orderLinkId", order.ClientId);
        writer.WriteString("parentOrderLinkId", tag?.ParentLinkId ?? "");
        writer.WriteString("blockTradeId", "");
        writer.WriteString("symbol", order.Symbol);
        writer.WriteString("side", OrderText.Side(order.Side));
        writer.WriteString("orderType", OrderText.Type(order));
        writer.WriteString("timeInForce", OrderText.TimeInForce(order));
        writer.WriteString("isLeverage", "0");
        writer.WriteNumber("positionIdx", 0);
    }

    private static void WriteState(Utf8JsonWriter writer, Order order, AccountLedger ledger, OrderMoment moment)
    {
        var isLate = moment == OrderMoment.CancelledLate;
        var selfMatch = ledger.SelfMatchOf(order);
        writer.WriteString("orderStatus", moment == OrderMoment.Triggered ? "Triggered" : OrderText.Status(order));
        writer.WriteString("cancelType", isLate ? "CancelByUser" : OrderText.CancelType(order));
        writer.WriteString("rejectReason", isLate ? "EC_OrigClOrdIDDoesNotExist" : OrderText.RejectReason(order));
        writer.WriteString("smpType", (order.Tag as OrderTag)?.SmpType ?? "None");
        writer.WriteNumber("smpGroup", 0);
        writer.WriteString("smpOrderId", selfMatch == 0 ? "" : BybitIds.Order(selfMatch));
    }

    private static void WriteAmounts(Utf8JsonWriter writer, Order order, OrderTag? tag)
    {
        var quantity = order.IsQuoteSized ? order.QuoteQuantity : order.Quantity;
        var leaves = order.IsOpen ? order.IsQuoteSized ? quantity : order.Remaining : 0;
        writer.WriteAmount("price", order.Price);
        writer.WriteAmount("qty", quantity);
        writer.WriteString("marketUnit", tag?.MarketUnit ?? "");
        writer.WriteString("avgPrice", order.Executed == 0 ? "" : BybitJson.Text(decimal.Round(order.AveragePrice, 12)));
        writer.WriteAmount("leavesQty", leaves);
        writer.WriteAmount("leavesValue", order.IsQuoteSized ? order.QuoteQuantity - order.ExecutedQuote : leaves * order.Price);
        writer.WriteAmount("cumExecQty", order.Executed);
        writer.WriteAmount("cumExecValue", order.ExecutedQuote);
        writer.WriteAmount("basePrice", tag?.BasePrice ?? 0);
    }

    private static void WriteFees(Utf8JsonWriter writer, Order order, bool isPush)
    {
        var fills = order.Fills ?? [];
        writer.WriteAmount("cumExecFee", fills.Sum(f => f.Fee));
        writer.WriteStartObject("cumFeeDetail");
        foreach (var coin in fills.Where(f => f.Fee != 0).GroupBy(f => f.FeeAsset))
        {
            writer.WriteAmount(coin.Key, coin.Sum(f => f.Fee));
        }

        writer.WriteEndObject();
        if (isPush)
        {
            var usual = order.Side == Side.Buy ? order.Book.Base : order.Book.Quote;
            writer.WriteString("feeCurrency", fills.Count > 0 ? fills[^1].FeeAsset : usual);
            writer.WriteString("closedPnl", "0");
        }
    }

    private static void WriteCondition(Utf8JsonWriter writer, Order order, OrderTag? tag)
    {
        var isOfPair = order.Contra is not null;
        writer.WriteString("stopOrderType", tag?.StopOrderType ?? "");
        writer.WriteString("ocoTriggerBy", !isOfPair ? "" : (order.Trigger?.FiredMicros, tag?.StopOrderType) switch
        {
            (0 or null, _) => "OcoTriggerByUnknown",
            (_, "TakeProfit") => "OcoTriggerByTp",
            _ => "OcoTriggerBySl",
        });
        writer.WriteAmount("triggerPrice", order.Trigger?.Terms.Price ?? 0);
        writer.WriteNumber("triggerDirection", 0);
        writer.WriteString("triggerBy", "");
        writer.WriteString("slippageToleranceType", tag?.SlippageType ?? "UNKNOWN");
        writer.WriteString("slippageTolerance", tag?.Slippage ?? "");
    }

    private static void WriteBracket(Utf8JsonWriter writer, Bracket? bracket)
    {
        WritePrice(writer, "takeProfit", bracket?.TakeProfit ?? 0);
        WritePrice(writer, "stopLoss", bracket?.StopLoss ?? 0);
        WritePrice(writer, "tpLimitPrice", bracket?.TakeProfitLimit ?? 0);
        WritePrice(writer, "slLimitPrice", bracket?.StopLossLimit ?? 0);
    }

    private static void WritePrice(Utf8JsonWriter writer, string name, decimal price) =>
        writer.WriteString(name, price == 0 ? "" : BybitJson.Text(price));

    // Members of derivatives, as spot orders carry them.
    private static void WriteUnused(Utf8JsonWriter writer)
    {
        writer.WriteString("orderIv", "");
        writer.WriteString("lastPriceOnCreated", "");
        writer.WriteString("tpslMode", "");
        writer.WriteString("tpTriggerBy", "");
        writer.WriteString("slTriggerBy", "");
        writer.WriteBoolean("reduceOnly", false);
        writer.WriteBoolean("closeOnTrigger", false);
        writer.WriteString("placeType", "");
        writer.WriteBoolean("rpiTakerAccess", false);
        writer.WriteString("rpiMatchedQty", "0");
    }
}
