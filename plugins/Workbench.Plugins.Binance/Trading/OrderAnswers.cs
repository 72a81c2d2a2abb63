using System.Text.Json;
using Workbench.Plugins.Binance.Errors;
using Workbench.Plugins.Binance.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>Decides what the answer to a placement or a cancel proves.</summary>
internal sealed class OrderAnswers(ConnectorContext context)
{
    public OrderOutcome ToPlacement(HttpReply reply, NewOrder order) =>
        ReplyErrors.OutcomeOf(reply, context.VenueClock.Now) ?? Accepted(reply, order.Instrument, order.ClientOrderId, order.Side);

    public OrderOutcome ToCancel(HttpReply reply, OrderReference order) =>
        ReplyErrors.OutcomeOf(reply, context.VenueClock.Now) ?? Accepted(reply, order.Instrument, order.ClientOrderId, null);

    /// <summary>A success counts only when it can be read and is about the order that was sent; anything else leaves the order unknown.</summary>
    private OrderOutcome Accepted(HttpReply reply, Instrument instrument, ClientOrderId id, Side? side)
    {
        if (Read(reply) is not { } json || OrderReports.Of(json, instrument.Symbol) is not { } report)
        {
            return new OrderOutcome.Unknown(ReplyErrors.Unreadable(reply, $"order {id}"));
        }

        if (!string.Equals(json.Symbol, instrument.VenueSymbol, StringComparison.OrdinalIgnoreCase) || report.ClientOrderId != id)
        {
            Log.ResponseMixup(context.Logger, $"{instrument.VenueSymbol} {id}", $"{Utf8Text.Message(json.Symbol ?? "")} {Utf8Text.Message(json.OwnClientOrderId ?? "")}");
            return new OrderOutcome.Unknown(new VenueError(VenueErrorKind.BadResponse, $"The answer to order {id} is about another order."));
        }

        var fills = side is { } known ? OrderReports.FillsOf(json, report, known) : [];
        return fills is null ? new OrderOutcome.Unknown(ReplyErrors.Unreadable(reply, $"the fills of order {id}")) : new OrderOutcome.Accepted(report, fills);
    }

    private static OrderJson? Read(HttpReply reply)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body.Span, BinanceJson.Default.OrderJson);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
