using System.Text.Json;
using Workbench.Simulator.Bybit.Orders;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>The order object of contracts, in queries and in the <c>order</c> topic.</summary>
internal static class LinearOrderJson
{
    public static void Write(Utf8JsonWriter writer, Order order, LinearVenue linear, bool isPush, bool isCancelledLate = false)
    {
        var tag = (LinearTag)order.Tag!;
        writer.WriteStartObject();
        if (isPush)
        {
            writer.WriteString("category", Categories.Linear);
        }

        WriteIdentity(writer, order, tag);
        WriteState(writer, order, tag, linear.Ledgers[order.Account].SelfMatchOf(order), isCancelledLate);
        WriteAmounts(writer, order);
        WriteTrigger(writer, order, tag);
        WriteBracket(writer, tag);
        if (isPush)
        {
            writer.WriteString("feeCurrency", order.Book.Quote);
            writer.WriteAmount("closedPnl", linear.History[order.Account].ClosedBy(LinearIds.Order(order.Id))?.Profit ?? 0);
        }

        writer.WriteText("createdTime", order.CreatedMicros / 1000);
        writer.WriteText("updatedTime", order.UpdatedMicros / 1000);
        writer.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter writer, Order order, LinearTag tag)
    {
        writer.WriteString("orderId", LinearIds.Order(order.Id));
        writer.WriteString("orderLinkId", order.ClientId);
        writer.WriteString("parentOrderLinkId", "");
        writer.WriteString("blockTradeId", "");
        writer.WriteString("symbol", order.Symbol);
        writer.WriteString("side", OrderText.Side(order.Side));
        writer.WriteString("orderType", LinearText.Type(order));
        writer.WriteString("timeInForce", tag.TimeInForce);
        writer.WriteString("isLeverage", "");
        writer.WriteNumber("positionIdx", order.PositionIndex);
        writer.WriteString("createType", tag.CreateType);
        writer.WriteString("placeType", "");
        writer.WriteBoolean("reduceOnly", order.ReduceOnly);
        writer.WriteBoolean("closeOnTrigger", tag.CloseOnTrigger);
    }

    private static void WriteState(Utf8JsonWriter writer, Order order, LinearTag tag, long selfMatch, bool isCancelledLate)
    {
        writer.WriteString("orderStatus", LinearText.Status(order));
        writer.WriteString("cancelType", isCancelledLate ? "CancelByUser" : LinearText.CancelType(order));
        writer.WriteString("rejectReason", isCancelledLate ? "EC_OrigClOrdIDDoesNotExist" : LinearText.RejectReason(order));
        writer.WriteString("smpType", tag.SmpType);
        writer.WriteNumber("smpGroup", 0);
        writer.WriteString("smpOrderId", selfMatch == 0 ? "" : LinearIds.Order(selfMatch));
    }

    private static void WriteAmounts(Utf8JsonWriter writer, Order order)
    {
        var leaves = order.IsOpen ? order.Remaining : 0;
        var fee = order.Fills?.Sum(f => f.Fee) ?? 0;
        writer.WriteAmount("price", order.Type == OrderType.Limit ? order.Price : order.PriceBound);
        writer.WriteAmount("qty", order.Quantity);
        writer.WriteString("avgPrice", order.Executed == 0 ? "" : BybitJson.Text(decimal.Round(order.AveragePrice, 12)));
        writer.WriteAmount("leavesQty", leaves);
        writer.WriteAmount("leavesValue", leaves * (order.Type == OrderType.Limit ? order.Price : order.PriceBound));
        writer.WriteAmount("cumExecQty", order.Executed);
        writer.WriteAmount("cumExecValue", order.ExecutedQuote);
        writer.WriteAmount("cumExecFee", fee);
        writer.WriteStartObject("cumFeeDetail");
        if (fee != 0)
        {
            writer.WriteAmount(order.Book.Quote, fee);
        }

        writer.WriteEndObject();
    }

    private static void WriteTrigger(Utf8JsonWriter writer, Order order, LinearTag tag)
    {
        writer.WriteString("stopOrderType", tag.StopOrderType);
        writer.WriteString("ocoTriggerBy", "");
        writer.WriteString("orderIv", "");
        writer.WriteString("marketUnit", "");
        writer.WriteString("slippageToleranceType", tag.SlippageType);
        writer.WriteString("slippageTolerance", tag.Slippage);
        writer.WriteString("triggerPrice", order.Trigger is null ? "" : BybitJson.Text(order.Trigger.Price));
        writer.WriteNumber("triggerDirection", tag.TriggerDirection);
        writer.WriteString("triggerBy", tag.TriggerBy);
        writer.WriteAmount("lastPriceOnCreated", tag.LastPrice);
    }

    private static void WriteBracket(Utf8JsonWriter writer, LinearTag tag)
    {
        var bracket = tag.Bracket;
        writer.WriteString("takeProfit", Price(bracket?.TakeProfit));
        writer.WriteString("stopLoss", Price(bracket?.StopLoss));
        writer.WriteString("tpslMode", bracket is null ? "" : bracket.IsPartial ? "Partial" : "Full");
        writer.WriteString("tpLimitPrice", Price(bracket?.TakeProfitLimit));
        writer.WriteString("slLimitPrice", Price(bracket?.StopLossLimit));
        writer.WriteString("tpTriggerBy", bracket is { TakeProfit: > 0 } ? bracket.TakeProfitBy : "");
        writer.WriteString("slTriggerBy", bracket is { StopLoss: > 0 } ? bracket.StopLossBy : "");
    }

    private static string Price(decimal? price) => price is > 0 ? BybitJson.Text(price.Value) : "";
}
