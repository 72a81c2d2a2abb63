using System.Text.Json;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>The shapes a list of orders takes in replies. Called inside the venue's lock.</summary>
internal static class OrderListJson
{
    public static void Placed(ApiCall call, OrderList list, string responseType) =>
        Write(call, list, StatusType(list), list.CreatedMicros, list.ClientId, order => OrderJson.Placed(call, order, responseType));

    public static void Cancelled(ApiCall call, OrderList list, string cancelId) =>
        Write(call, list, "ALL_DONE", list.UpdatedMicros, list.ClientId, order => OrderJson.Cancelled(call, order, cancelId));

    /// <summary>Without the orders' own reports, as queries show it.</summary>
    public static void Queried(ApiCall call, OrderList list) =>
        Write(call, list, StatusType(list), list.UpdatedMicros, list.ClientId, null);

    public static void Status(ApiCall call, OrderList list) => Queried(call, list);

    public static string Contingency(OrderList list) => list.Contingency == Matching.Contingency.OneCancelsTheOther ? "OCO" : "OTO";

    public static string OrderStatus(OrderList list) => list.IsOpen ? "EXECUTING" : "ALL_DONE";

    private static string StatusType(OrderList list) => list.IsOpen ? "EXEC_STARTED" : "ALL_DONE";

    private static void Write(ApiCall call, OrderList list, string status, long timeMicros, string clientId, Action<Order>? report)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteNumber("orderListId", list.Id);
        json.WriteString("contingencyType", Contingency(list));
        json.WriteString("listStatusType", status);
        json.WriteString("listOrderStatus", OrderStatus(list));
        json.WriteString("listClientOrderId", clientId);
        json.WriteNumber("transactionTime", call.Time(timeMicros));
        json.WriteString("symbol", list.Book.Symbol);
        json.WriteStartArray("orders");
        foreach (var order in list.Orders)
        {
            Member(json, order);
        }

        json.WriteEndArray();
        if (report is not null)
        {
            json.WriteStartArray("orderReports");
            list.Orders.ForEach(report);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Member(Utf8JsonWriter json, Order order)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol);
        json.WriteNumber("orderId", order.Id);
        json.WriteString("clientOrderId", order.ClientId);
        json.WriteEndObject();
    }
}
