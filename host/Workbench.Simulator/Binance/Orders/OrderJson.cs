using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>The shapes an order takes in replies. Called with copies or inside the venue's lock.</summary>
internal static class OrderJson
{
    public static void Placed(ApiCall call, Order order, string responseType)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol);
        json.WriteNumber("orderId", order.Id);
        json.WriteNumber("orderListId", -1);
        json.WriteString("clientOrderId", order.ClientId);
        json.WriteNumber("transactTime", call.Time(order.CreatedMicros));
        if (responseType != "ACK")
        {
            Amounts(json, order);
            json.WriteNumber("workingTime", call.Time(order.CreatedMicros));
            if (responseType == "FULL")
            {
                Fills(json, order);
            }

            json.WriteString("selfTradePreventionMode", OrderTag.Of(order).SelfTradeMode);
            Expiry(json, order);
        }

        json.WriteEndObject();
    }

    public static void Cancelled(ApiCall call, Order order, string cancelId)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol);
        json.WriteString("origClientOrderId", order.ClientId);
        json.WriteNumber("orderId", order.Id);
        json.WriteNumber("orderListId", -1);
        json.WriteString("clientOrderId", cancelId);
        json.WriteNumber("transactTime", call.Time(order.UpdatedMicros));
        Amounts(json, order);
        json.WriteString("selfTradePreventionMode", OrderTag.Of(order).SelfTradeMode);
        json.WriteEndObject();
    }

    public static void Queried(ApiCall call, Order order)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol);
        json.WriteNumber("orderId", order.Id);
        json.WriteNumber("orderListId", -1);
        json.WriteString("clientOrderId", order.ClientId);
        Amounts(json, order);
        json.Fixed8("stopPrice", 0);
        json.Fixed8("icebergQty", 0);
        json.WriteNumber("time", call.Time(order.CreatedMicros));
        json.WriteNumber("updateTime", call.Time(order.UpdatedMicros));
        json.WriteBoolean("isWorking", true);
        json.WriteNumber("workingTime", call.Time(order.CreatedMicros));
        json.WriteString("selfTradePreventionMode", OrderTag.Of(order).SelfTradeMode);
        Expiry(json, order);
        json.WriteEndObject();
    }

    public static void Trade(ApiCall call, AccountTrade trade)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("symbol", trade.Symbol);
        json.WriteNumber("id", trade.Id);
        json.WriteNumber("orderId", trade.OrderId);
        json.WriteNumber("orderListId", -1);
        json.Fixed8("price", trade.Price);
        json.Fixed8("qty", trade.Quantity);
        json.Fixed8("quoteQty", trade.QuoteQuantity);
        json.Fixed8("commission", trade.Fee);
        json.WriteString("commissionAsset", trade.FeeAsset);
        json.WriteNumber("time", call.Time(trade.TimeMicros));
        json.WriteBoolean("isBuyer", trade.Side == Side.Buy);
        json.WriteBoolean("isMaker", trade.IsMaker);
        json.WriteBoolean("isBestMatch", true);
        json.WriteEndObject();
    }

    private static void Amounts(Utf8JsonWriter json, Order order)
    {
        json.Fixed8("price", order.Price);
        json.Fixed8("origQty", order.Quantity);
        json.Fixed8("executedQty", order.Executed);
        json.Fixed8("origQuoteOrderQty", order.QuoteQuantity);

        // The venue's own spelling.
        json.Fixed8("cummulativeQuoteQty", order.ExecutedQuote);
        json.WriteString("status", OrderText.Status(order));
        json.WriteString("timeInForce", OrderText.TimeInForce(order));
        json.WriteString("type", OrderText.Type(order));
        json.WriteString("side", OrderText.Side(order.Side));
    }

    private static void Fills(Utf8JsonWriter json, Order order)
    {
        json.WriteStartArray("fills");
        foreach (var fill in order.Fills ?? [])
        {
            json.WriteStartObject();
            json.Fixed8("price", fill.Price);
            json.Fixed8("qty", fill.Quantity);
            json.Fixed8("commission", fill.Fee);
            json.WriteString("commissionAsset", fill.FeeAsset);
            json.WriteNumber("tradeId", fill.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Expiry(Utf8JsonWriter json, Order order)
    {
        if (OrderText.ExpiryReason(order) is { } reason)
        {
            json.WriteString("expiryReason", reason);
        }
    }
}
