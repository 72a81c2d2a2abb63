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

    /// <summary>Why the engine did not take a command, in the venue's words.</summary>
    public static BybitError Translate(Rejection rejection) => rejection switch
    {
        Rejection.UnknownSymbol => BybitError.InvalidSymbol,
        Rejection.MarketClosed => BybitError.NotTradable,
        Rejection.InvalidQuantity => BybitError.QuantityTooSmall,
        Rejection.InvalidPrice => BybitError.PriceTooLow,
        Rejection.InsufficientBalance => BybitError.InsufficientBalance,
        Rejection.WouldTake => BybitError.WouldTake,
        Rejection.NoChange => BybitError.Parameter("The order remains unchanged as the parameters entered match the existing ones."),
        Rejection.WouldTrigger => BybitError.Parameter("Request parameter error: triggerPrice is reached already."),
        Rejection.InvalidTerms => BybitError.Parameter("Request parameter error: the order's terms contradict each other."),
        _ => BybitError.OrderNotFound,
    };

    public void WriteIds(Utf8JsonWriter writer)
    {
        if (Error.IsNone)
        {
            writer.WriteString("orderId", OrderId);
            writer.WriteString("orderLinkId", LinkId);
        }
    }
}
