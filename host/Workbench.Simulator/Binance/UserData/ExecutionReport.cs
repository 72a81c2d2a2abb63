using System.Text.Json;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance.UserData;

/// <summary>The executionReport event. On a cancel <c>c</c> is the cancel's id and <c>C</c> the order's own.</summary>
internal static class ExecutionReport
{
    public static void Write(Utf8JsonWriter json, in OrderEvent e)
    {
        var order = e.Order;
        var swaps = e.Kind == OrderEventKind.Cancelled;
        var previous = swaps ? order.ClientId : e.PreviousClientId;
        json.WriteStartObject();
        json.WriteString("e"u8, "executionReport"u8);
        json.WriteNumber("E"u8, e.TimeMicros / 1000);
        json.WriteString("s"u8, order.Symbol);
        json.WriteString("c"u8, swaps && e.RequestClientId.Length > 0 ? e.RequestClientId : order.ClientId);
        json.WriteString("S"u8, OrderText.Side(order.Side));
        json.WriteString("o"u8, OrderText.Type(order));
        json.WriteString("f"u8, OrderText.TimeInForce(order));
        json.Fixed8("q", order.Quantity);
        json.Fixed8("p", order.Price);
        json.Fixed8("P", order.Trigger?.Terms.Price ?? 0);
        json.Fixed8("F", OrderTag.Of(order).IcebergQuantity);
        json.WriteNumber("g"u8, order.List?.Id ?? -1);
        json.WriteString("C"u8, previous);
        json.WriteString("x"u8, ExecutionType(in e));
        json.WriteString("X"u8, OrderText.Status(order));
        json.WriteString("r"u8, RejectReason(order));
        json.WriteNumber("i"u8, order.Id);
        Fill(json, in e);
        Rest(json, in e);
        json.WriteEndObject();
    }

    /// <summary>An order that never came to be. It has no order id and no execution id of its own.</summary>
    public static void WriteRejected(Utf8JsonWriter json, NewOrder order, string reason, long millis)
    {
        var tag = (OrderTag)order.Tag!;
        json.WriteStartObject();
        json.WriteString("e"u8, "executionReport"u8);
        json.WriteNumber("E"u8, millis);
        json.WriteString("s"u8, order.Symbol);
        json.WriteString("c"u8, order.ClientId);
        json.WriteString("S"u8, OrderText.Side(order.Side));
        json.WriteString("o"u8, tag.Kind.Name);
        json.WriteString("f"u8, OrderText.TimeInForce(order.TimeInForce));
        json.Fixed8("q", order.Quantity);
        json.Fixed8("p", order.Price);
        json.Fixed8("P", order.Trigger?.Price ?? 0);
        json.Fixed8("F", tag.IcebergQuantity);
        json.WriteNumber("g"u8, -1);
        json.WriteString("C"u8, ""u8);
        json.WriteString("x"u8, "REJECTED"u8);
        json.WriteString("X"u8, "REJECTED"u8);
        json.WriteString("r"u8, reason);
        json.WriteNumber("i"u8, 0);
        foreach (var amount in (string[])["l", "z", "L"])
        {
            json.Fixed8(amount, 0);
        }

        json.WriteString("n"u8, "0"u8);
        json.WriteNull("N"u8);
        json.WriteNumber("T"u8, millis);
        json.WriteNumber("t"u8, -1);
        json.WriteNumber("I"u8, 0);
        json.WriteBoolean("w"u8, false);
        json.WriteBoolean("m"u8, false);
        json.WriteBoolean("M"u8, false);
        json.WriteNumber("O"u8, millis);
        json.Fixed8("Z", 0);
        json.Fixed8("Y", 0);
        json.Fixed8("Q", order.QuoteQuantity);
        json.WriteString("V"u8, tag.SelfTradeMode);
        json.WriteEndObject();
    }

    private static void Fill(Utf8JsonWriter json, in OrderEvent e)
    {
        var trade = e.Trade;
        json.Fixed8("l", trade?.Quantity ?? 0);
        json.Fixed8("z", e.Order.Executed);
        json.Fixed8("L", trade?.Price ?? 0);
        if (trade is null)
        {
            json.WriteString("n"u8, "0"u8);
            json.WriteNull("N"u8);
        }
        else
        {
            json.Fixed8("n", trade.Fee);
            json.WriteString("N"u8, trade.FeeAsset);
        }

        json.WriteNumber("T"u8, e.TimeMicros / 1000);
        json.WriteNumber("t"u8, trade?.Id ?? -1);
        json.WriteNumber("I"u8, e.ExecutionId);
    }

    private static void Rest(Utf8JsonWriter json, in OrderEvent e)
    {
        var order = e.Order;
        json.WriteBoolean("w"u8, order is { Type: OrderType.Limit, IsWorking: true });
        json.WriteBoolean("m"u8, e.Trade?.IsMaker ?? false);
        json.WriteBoolean("M"u8, false);
        json.WriteNumber("O"u8, order.CreatedMicros / 1000);
        json.Fixed8("Z", order.ExecutedQuote);
        json.Fixed8("Y", e.Trade?.QuoteQuantity ?? 0);
        json.Fixed8("Q", order.QuoteQuantity);
        if (order.WorkingMicros > 0)
        {
            json.WriteNumber("W"u8, order.WorkingMicros / 1000);
        }

        json.WriteString("V"u8, OrderTag.Of(order).SelfTradeMode);
        Prevention(json, in e);
        Labels(json, order);
        if (OrderText.ExpiryReason(order) is { } reason)
        {
            json.WriteString("eR"u8, reason);
        }
    }

    private static void Prevention(Utf8JsonWriter json, in OrderEvent e)
    {
        if (e.Prevented is not { } match)
        {
            return;
        }

        var order = e.Order;
        var isTaker = order.Id == match.TakerOrderId;
        var lost = match.PreventedOf(order.Id);
        json.WriteNumber("v"u8, match.Id);
        json.Fixed8("A", order.PreventedMatches?.Sum(m => m.PreventedOf(order.Id)) ?? lost);
        json.Fixed8("B", lost);
        json.WriteNumber("u"u8, match.TradeGroup);
        json.WriteNumber("U"u8, isTaker ? match.MakerOrderId : match.TakerOrderId);
        json.WriteString("Cs"u8, match.MakerSymbol);
        var quantity = Math.Max(match.TakerPrevented, match.MakerPrevented);
        json.Fixed8("pl", quantity);
        json.Fixed8("pL", match.Price);
        json.Fixed8("pY", quantity * match.Price);
    }

    private static void Labels(Utf8JsonWriter json, Order order)
    {
        var tag = OrderTag.Of(order);
        if (order.Trigger is { Terms.TrailingBips: > 0 } trigger)
        {
            json.WriteNumber("d"u8, trigger.Terms.TrailingBips);
            json.WriteNumber("D"u8, trigger.IsTracking ? trigger.TrackingSinceMicros / 1000 : -1);
        }

        if (tag.StrategyId is { } strategyId)
        {
            json.WriteNumber("j"u8, strategyId);
        }

        if (tag.StrategyType is { } strategyType)
        {
            json.WriteNumber("J"u8, strategyType);
        }

        if (tag.Peg is { } peg)
        {
            json.WriteString("gP"u8, peg.PriceType);
            if (peg.OffsetType is { } offset)
            {
                json.WriteString("gOT"u8, offset);
                json.WriteNumber("gOV"u8, peg.Levels);
            }

            json.Fixed8("gp", order.Price);
        }
    }

    // A trigger order that could not pay when its time came was refused after the fact.
    private static string RejectReason(Order order) =>
        order.CloseReason == CloseReason.InsufficientBalance ? "INSUFFICIENT_BALANCES" : "NONE";

    private static string ExecutionType(in OrderEvent e) => e.Kind switch
    {
        OrderEventKind.Accepted or OrderEventKind.Triggered or OrderEventKind.Placed => "NEW",
        OrderEventKind.Trade => "TRADE",
        OrderEventKind.Cancelled => "CANCELED",
        OrderEventKind.Amended => "REPLACED",
        OrderEventKind.TradePrevention => "TRADE_PREVENTION",
        _ => e.Order.Status == OrderStatus.ExpiredInMatch ? "TRADE_PREVENTION" : "EXPIRED",
    };
}
