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
        Ids(json, order, order.ClientId);
        json.WriteNumber("transactTime", call.Time(order.CreatedMicros));
        if (responseType != "ACK")
        {
            Amounts(json, order);
            Extras(call, order);
            WorkingTime(call, order);
            if (responseType == "FULL")
            {
                Fills(json, order);
            }

            Ending(json, order);
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
        json.WriteNumber("orderListId", order.List?.Id ?? -1);
        json.WriteString("clientOrderId", cancelId);
        json.WriteNumber("transactTime", call.Time(order.UpdatedMicros));
        Amounts(json, order);
        Extras(call, order);
        Ending(json, order);
        json.WriteEndObject();
    }

    public static void Queried(ApiCall call, Order order)
    {
        var json = call.Json;
        json.WriteStartObject();
        Ids(json, order, order.ClientId);
        Amounts(json, order);
        json.Fixed8("stopPrice", order.Trigger?.Terms.Price ?? 0);
        json.Fixed8("icebergQty", OrderTag.Of(order).IcebergQuantity);
        json.WriteNumber("time", call.Time(order.CreatedMicros));
        json.WriteNumber("updateTime", call.Time(order.UpdatedMicros));
        json.WriteBoolean("isWorking", order.WorkingMicros > 0);
        WorkingTime(call, order);
        Conditional(call, order);
        Ending(json, order);
        json.WriteEndObject();
    }

    /// <summary>Here, and only here, the venue spells the quantities as one would expect.</summary>
    public static void Amended(ApiCall call, Order order, AmendRecord record)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteNumber("transactTime", call.Time(record.TimeMicros));
        json.WriteNumber("executionId", record.ExecutionId);
        json.WriteStartObject("amendedOrder");
        json.WriteString("symbol", order.Symbol);
        json.WriteNumber("orderId", order.Id);
        json.WriteNumber("orderListId", order.List?.Id ?? -1);
        json.WriteString("origClientOrderId", record.OldClientId);
        json.WriteString("clientOrderId", record.NewClientId);
        json.Fixed8("price", order.Price);
        json.Fixed8("qty", order.Quantity);
        json.Fixed8("executedQty", order.Executed);
        json.Fixed8("preventedQty", order.Prevented);
        json.Fixed8("quoteOrderQty", order.QuoteQuantity);
        json.Fixed8("cumulativeQuoteQty", order.ExecutedQuote);
        States(json, order);
        WorkingTime(call, order);
        json.WriteString("selfTradePreventionMode", OrderTag.Of(order).SelfTradeMode);
        json.WriteEndObject();
        if (order.List is { } list)
        {
            json.WritePropertyName("listStatus");
            OrderListJson.Status(call, list);
        }

        json.WriteEndObject();
    }

    public static void Trade(ApiCall call, AccountTrade trade)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("symbol", trade.Symbol);
        json.WriteNumber("id", trade.Id);
        json.WriteNumber("orderId", trade.OrderId);
        json.WriteNumber("orderListId", call.Account.Find(trade.OrderId)?.List?.Id ?? -1);
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

    public static void Prevented(ApiCall call, PreventedMatch match)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("symbol", match.Symbol);
        json.WriteNumber("preventedMatchId", match.Id);
        json.WriteNumber("takerOrderId", match.TakerOrderId);
        json.WriteString("makerSymbol", match.MakerSymbol);
        json.WriteNumber("makerOrderId", match.MakerOrderId);
        json.WriteNumber("tradeGroupId", match.TradeGroup);
        json.WriteString("selfTradePreventionMode", OrderText.SelfTradeMode(match.Mode));
        json.Fixed8("price", match.Price);
        if (match.MakerPrevented > 0)
        {
            json.Fixed8("makerPreventedQuantity", match.MakerPrevented);
        }

        if (match.TakerPrevented > 0)
        {
            json.Fixed8("takerPreventedQuantity", match.TakerPrevented);
        }

        json.WriteNumber("transactTime", call.Time(match.TimeMicros));
        json.WriteEndObject();
    }

    private static void Ids(Utf8JsonWriter json, Order order, string clientId)
    {
        json.WriteString("symbol", order.Symbol);
        json.WriteNumber("orderId", order.Id);
        json.WriteNumber("orderListId", order.List?.Id ?? -1);
        json.WriteString("clientOrderId", clientId);
    }

    private static void Amounts(Utf8JsonWriter json, Order order)
    {
        json.Fixed8("price", order.Price);
        json.Fixed8("origQty", order.Quantity);
        json.Fixed8("executedQty", order.Executed);
        json.Fixed8("origQuoteOrderQty", order.QuoteQuantity);

        // The venue's own spelling.
        json.Fixed8("cummulativeQuoteQty", order.ExecutedQuote);
        States(json, order);
    }

    private static void States(Utf8JsonWriter json, Order order)
    {
        json.WriteString("status", OrderText.Status(order));
        json.WriteString("timeInForce", OrderText.TimeInForce(order));
        json.WriteString("type", OrderText.Type(order));
        json.WriteString("side", OrderText.Side(order.Side));
    }

    private static void WorkingTime(ApiCall call, Order order) =>
        call.Json.WriteNumber("workingTime", order.WorkingMicros > 0 ? call.Time(order.WorkingMicros) : -1);

    // Queries always have the stop price and the iceberg quantity, the rest of the replies only where they apply.
    private static void Extras(ApiCall call, Order order)
    {
        if (order.Trigger is { Terms.Price: > 0 } trigger)
        {
            call.Json.Fixed8("stopPrice", trigger.Terms.Price);
        }

        if (OrderTag.Of(order).IcebergQuantity is > 0 and var iceberg)
        {
            call.Json.Fixed8("icebergQty", iceberg);
        }

        Conditional(call, order);
    }

    private static void Conditional(ApiCall call, Order order)
    {
        var json = call.Json;
        var tag = OrderTag.Of(order);
        Prevention(json, order);
        if (order.Trigger is { Terms.TrailingBips: > 0 } trigger)
        {
            json.WriteNumber("trailingDelta", trigger.Terms.TrailingBips);
            json.WriteNumber("trailingTime", trigger.IsTracking ? call.Time(trigger.TrackingSinceMicros) : -1);
        }

        if (tag.StrategyId is { } strategyId)
        {
            json.WriteNumber("strategyId", strategyId);
        }

        if (tag.StrategyType is { } strategyType)
        {
            json.WriteNumber("strategyType", strategyType);
        }

        if (tag.Peg is { } peg)
        {
            json.WriteString("pegPriceType", peg.PriceType);
            if (peg.OffsetType is { } offset)
            {
                json.WriteString("pegOffsetType", offset);
                json.WriteNumber("pegOffsetValue", peg.Levels);
            }

            json.Fixed8("peggedPrice", order.Price);
        }
    }

    private static void Prevention(Utf8JsonWriter json, Order order)
    {
        if (order.PreventedMatches is not { Count: > 0 } matches)
        {
            return;
        }

        json.WriteNumber("preventedMatchId", matches[^1].Id);
        json.Fixed8("preventedQuantity", matches.Sum(m => m.PreventedOf(order.Id)));
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

    private static void Ending(Utf8JsonWriter json, Order order)
    {
        json.WriteString("selfTradePreventionMode", OrderTag.Of(order).SelfTradeMode);
        if (OrderText.ExpiryReason(order) is { } reason)
        {
            json.WriteString("expiryReason", reason);
        }
    }
}
