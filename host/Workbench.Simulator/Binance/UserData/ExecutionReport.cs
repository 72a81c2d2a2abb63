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
        json.Fixed8("P", 0);
        json.Fixed8("F", 0);
        json.WriteNumber("g"u8, -1);
        json.WriteString("C"u8, previous);
        json.WriteString("x"u8, ExecutionType(in e));
        json.WriteString("X"u8, OrderText.Status(order));
        json.WriteString("r"u8, "NONE"u8);
        json.WriteNumber("i"u8, order.Id);
        Fill(json, in e);
        Rest(json, in e);
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
        json.WriteBoolean("w"u8, IsOnBook(in e));
        json.WriteBoolean("m"u8, e.Trade?.IsMaker ?? false);
        json.WriteBoolean("M"u8, false);
        json.WriteNumber("O"u8, order.CreatedMicros / 1000);
        json.Fixed8("Z", order.ExecutedQuote);
        json.Fixed8("Y", e.Trade?.QuoteQuantity ?? 0);
        json.Fixed8("Q", order.QuoteQuantity);
        json.WriteNumber("W"u8, order.CreatedMicros / 1000);
        json.WriteString("V"u8, OrderTag.Of(order).SelfTradeMode);
        if (OrderText.ExpiryReason(order) is { } reason)
        {
            json.WriteString("eR"u8, reason);
        }
    }

    private static bool IsOnBook(in OrderEvent e) =>
        e.Order.Type == OrderType.Limit && e.Order.IsWorking;

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
