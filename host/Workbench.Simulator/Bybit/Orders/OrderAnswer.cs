using System.Text.Json;
using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>What the gateway answers to one order command: ids, or why it was not queued. Never what the engine did with it.</summary>
internal sealed record OrderAnswer(BybitError Error, string OrderId, string LinkId)
{
    public static OrderAnswer Refused(BybitError error, string linkId = "") => new(error, "", linkId);

    public static OrderAnswer Queued(Order order) => new(BybitError.None, BybitIds.Order(order.Id), order.ClientId);

    /// <summary>For items of a batch.</summary>
    public string Symbol { get; init; } = "";

    public long CreatedMillis { get; init; }

    public void WriteIds(Utf8JsonWriter writer)
    {
        if (Error.IsNone)
        {
            writer.WriteString("orderId", OrderId);
            writer.WriteString("orderLinkId", LinkId);
        }
    }
}
