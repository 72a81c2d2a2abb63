using System.Globalization;
using System.Text;
using System.Text.Json;
using Workbench.Plugins.Binance.Errors;
using Workbench.Plugins.Binance.Json;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Trading;

/// <summary>
/// Decides what the answer to a cancel-replace proves, each half by its own words: the venue reports them apart whatever the status, because each may have happened
/// without the other.
/// </summary>
internal sealed class ReplacementAnswers(ConnectorContext context)
{
    private const int PartlyFailed = -2021;
    private const int Failed = -2022;

    /// <summary>What became of it: refused or not sent as a whole, unknown as a whole, or both halves.</summary>
    public OrderOutcome ToOutcome(HttpReply reply, AmendOrder amendment)
    {
        var whole = ReplyErrors.OutcomeOf(reply, context.VenueClock.Now);
        return whole switch
        {
            null => Halves(reply) is { } done ? Of(done, amendment) : Unreadable(reply, amendment),

            // After a server error nothing that it says is proof.
            OrderOutcome.Unknown when reply is { Kind: HttpReplyKind.Answered, Status: >= 400 and < 500 } && FailedHalves(reply) is { } halves => Of(halves, amendment),
            _ => whole,
        };
    }

    private OrderOutcome.Replaced Of(CancelReplaceJson halves, AmendOrder amendment)
    {
        var (current, placed) = (amendment.Current, amendment.Replacement);
        return new OrderOutcome.Replaced(
            Half(halves.CancelResult, halves.CancelResponse, $"cancel of {current.ClientOrderId}", json => OrderAcceptance.Of(json, current.Instrument, current.ClientOrderId, null, context.Logger)),
            Half(halves.NewOrderResult, halves.NewOrderResponse, $"order {placed.ClientOrderId}", json => OrderAcceptance.Of(json, placed.Instrument, placed.ClientOrderId, placed.Side, context.Logger)));
    }

    private static OrderOutcome Half(string? result, JsonElement response, string what, Func<OrderJson?, OrderOutcome?> accept) => result switch
    {
        "SUCCESS" => accept(Order(response)) ?? Unknown($"The venue's yes to the {what} could not be understood."),
        "FAILURE" => Refusal(response, what),
        "NOT_ATTEMPTED" => new OrderOutcome.Rejected(new VenueError(VenueErrorKind.InvalidRequest, "The venue did not try, because the cancel before it was refused.")),
        _ => Unknown($"The answer says nothing that is known about the {what}."),
    };

    private static OrderOutcome Refusal(JsonElement response, string what)
    {
        if (response.ValueKind != JsonValueKind.Object || ErrorBody.Read(Encoding.UTF8.GetBytes(response.GetRawText())) is not { } body)
        {
            return Unknown($"The venue's no to the {what} could not be understood.");
        }

        var error = new VenueError(ErrorTable.Kind(body.Code, body.Message), body.Message, body.Code.ToString(CultureInfo.InvariantCulture));
        return ErrorTable.Row(body.Code).Class == OutcomeClass.Rejected ? new OrderOutcome.Rejected(error) : new OrderOutcome.Unknown(error);
    }

    private static OrderJson? Order(JsonElement response)
    {
        try
        {
            return response.ValueKind == JsonValueKind.Object ? response.Deserialize(BinanceJson.Default.OrderJson) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CancelReplaceJson? Halves(HttpReply reply)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body.Span, BinanceJson.Default.CancelReplaceJson);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CancelReplaceJson? FailedHalves(HttpReply reply)
    {
        try
        {
            return JsonSerializer.Deserialize(reply.Body.Span, BinanceJson.Default.CancelReplaceErrorJson) is { Code: PartlyFailed or Failed, Data: { } data } ? data : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static OrderOutcome.Unknown Unreadable(HttpReply reply, AmendOrder amendment) =>
        new(ReplyErrors.Unreadable(reply, $"the change of order {amendment.Current.ClientOrderId}"));

    private static OrderOutcome.Unknown Unknown(string message) => new(new VenueError(VenueErrorKind.BadResponse, message));
}
