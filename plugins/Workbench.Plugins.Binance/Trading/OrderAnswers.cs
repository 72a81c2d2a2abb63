using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Workbench.Plugins.Binance.Errors;
using Workbench.Plugins.Binance.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>Decides what the answer to a placement, a cancel or a reduction proves.</summary>
internal sealed class OrderAnswers(ConnectorContext context)
{
    public OrderOutcome ToPlacement(HttpReply reply, NewOrder order) =>
        ReplyErrors.OutcomeOf(reply, context.VenueClock.Now)
        ?? Accepted(Read(reply, BinanceJson.Default.OrderJson), reply, order.Instrument, order.ClientOrderId, order.Side);

    public OrderOutcome ToCancel(HttpReply reply, OrderReference order) =>
        ReplyErrors.OutcomeOf(reply, context.VenueClock.Now)
        ?? Accepted(Read(reply, BinanceJson.Default.OrderJson), reply, order.Instrument, order.ClientOrderId, null);

    public OrderOutcome ToReduction(HttpReply reply, AmendOrder amendment)
    {
        if (ReplyErrors.OutcomeOf(reply, context.VenueClock.Now) is { } failed)
        {
            return failed;
        }

        var json = Read(reply, BinanceJson.Default.AmendJson);
        return Accepted(json?.AmendedOrder?.ToOrder(json.TransactTime), reply, amendment.Current.Instrument, amendment.Current.ClientOrderId, null);
    }

    /// <summary>A success counts only when it can be read and is about the order that was sent; anything else leaves the order unknown.</summary>
    private OrderOutcome Accepted(OrderJson? json, HttpReply reply, Instrument instrument, ClientOrderId id, Side? side) =>
        OrderAcceptance.Of(json, instrument, id, side, context.Logger) ?? new OrderOutcome.Unknown(ReplyErrors.Unreadable(reply, $"order {id}"));

    private static T? Read<T>(HttpReply reply, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
