using System.Text.Json;
using Workbench.Simulator.Binance.Orders;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.UserData;

/// <summary>The listStatus event: a list of orders was started, went on or is over.</summary>
internal static class ListStatusEvent
{
    public static void Write(Utf8JsonWriter json, in OrderListEvent e)
    {
        var list = e.List;
        json.WriteStartObject();
        json.WriteString("e"u8, "listStatus"u8);
        json.WriteNumber("E"u8, e.TimeMicros / 1000);
        json.WriteString("s"u8, list.Book.Symbol);
        json.WriteNumber("g"u8, list.Id);
        json.WriteString("c"u8, OrderListJson.Contingency(list));
        json.WriteString("l"u8, e.Kind switch
        {
            OrderListEventKind.Started => "EXEC_STARTED",
            OrderListEventKind.Updated => "UPDATED",
            _ => "ALL_DONE",
        });
        json.WriteString("L"u8, e.Kind == OrderListEventKind.Done ? "ALL_DONE" : "EXECUTING");
        json.WriteString("r"u8, "NONE"u8);
        json.WriteString("C"u8, list.ClientId);
        json.WriteNumber("T"u8, e.TimeMicros / 1000);
        json.WriteStartArray("O"u8);
        foreach (var order in list.Orders)
        {
            json.WriteStartObject();
            json.WriteString("s"u8, order.Symbol);
            json.WriteNumber("i"u8, order.Id);
            json.WriteString("c"u8, order.ClientId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
