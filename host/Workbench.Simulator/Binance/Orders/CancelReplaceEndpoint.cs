using System.Text.Json;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>
/// A cancel followed by a new order: two steps of which each can fail. Filters and the order count are looked at before
/// either; from then on the answer says what became of both.
/// </summary>
internal sealed class CancelReplaceEndpoint(OrderDesk desk)
{
    private const int PartlyFailed = -2021;
    private const int Failed = -2022;

    public IEnumerable<Endpoint> All =>
    [
        new("POST", "/api/v3/order/cancelReplace", "order.cancelReplace", Security.Signed, Run)
        {
            Reads =
            [
                .. OrderReader.Parameters, "cancelReplaceMode", "cancelOrderId", "cancelOrigClientOrderId", "cancelNewClientOrderId",
                "cancelRestrictions", "orderRateLimitExceededMode",
            ],
            IsOrderEntry = true,
            IsPlacement = true,
        },
    ];

    private ApiError? Run(ApiCall call)
    {
        var p = call.Parameters;
        var mode = p.Required("cancelReplaceMode");
        var exceeded = p.Text("orderRateLimitExceededMode") ?? "DO_NOTHING";
        if (p.Error is not null || mode is not ("STOP_ON_FAILURE" or "ALLOW_FAILURE"))
        {
            return p.Error ?? ApiError.Invalid("cancelReplaceMode");
        }

        if (exceeded is not ("DO_NOTHING" or "CANCEL_ONLY"))
        {
            return ApiError.Invalid("orderRateLimitExceededMode");
        }

        if (OrderReader.Read(p, out var request) is { } badOrder)
        {
            return badOrder;
        }

        if (CancelEndpoints.Read(desk, p, "cancelOrderId", "cancelOrigClientOrderId", "cancelNewClientOrderId", out var cancel) is { } badCancel)
        {
            return badCancel;
        }

        return call.Credential!.CanTrade
            ? desk.Venue.Execute(engine => engine.InOneStep(e => Execute(call, e, new Terms(cancel, request!, mode == "STOP_ON_FAILURE", exceeded == "CANCEL_ONLY"))))
            : ApiError.KeyRefused;
    }

    private ApiError? Execute(ApiCall call, MatchingEngine engine, Terms terms)
    {
        if (desk.Admit(call.Account, terms.Order, out var admitted) is { } filter)
        {
            return filter;
        }

        var tooMany = desk.Counts.Check(call.Account);
        if (tooMany is not null && !terms.CancelOnly)
        {
            return tooMany;
        }

        var (old, cancelError) = OrderDesk.Cancel(engine, call.Account, terms.Cancel);
        var cancelled = new Half(cancelError, WriteCancelled(call, old, terms.Cancel.NewClientId));
        if (cancelError is not null && terms.StopOnFailure)
        {
            if (tooMany is null)
            {
                desk.Counts.Add(call.Account, 1);
            }

            return Error(cancelled, null, tooMany?.Status ?? 400, tooMany?.RetryAfterSeconds);
        }

        if (tooMany is not null)
        {
            var status = terms.StopOnFailure ? tooMany.Status : cancelError is null ? 409 : 400;
            return Error(cancelled, new Half(tooMany, null), status, terms.StopOnFailure ? tooMany.RetryAfterSeconds : null);
        }

        var (order, orderError) = desk.Place(engine, call.Account, admitted!, isReplacement: true);
        var placed = new Half(orderError, WritePlaced(call, order, terms.Order.ResponseType));
        if (cancelError is null && orderError is null)
        {
            Write(call.Json, cancelled, placed);
            return null;
        }

        return Error(cancelled, placed, cancelError is not null && orderError is not null ? 400 : 409, null);
    }

    private static byte[]? WriteCancelled(ApiCall call, Order? order, string cancelId) =>
        order is null ? null : JsonText.Render((call, order, cancelId), static (json, s) => CancelEndpoints.Cancelled(s.call.WritingTo(json), s.order, s.cancelId));

    private static byte[]? WritePlaced(ApiCall call, Order? order, string responseType) =>
        order is null ? null : JsonText.Render((call, order, responseType), static (json, s) => OrderJson.Placed(s.call.WritingTo(json), s.order, s.responseType));

    private static ApiError Error(Half cancelled, Half? placed, int status, long? retryAfterSeconds)
    {
        var isPartial = cancelled.Error is null || placed is { Error: null };
        return new ApiError(
            isPartial ? PartlyFailed : Failed,
            isPartial ? "Order cancel-replace partially failed." : "Order cancel-replace failed.",
            status)
        {
            RetryAfterSeconds = retryAfterSeconds,
            Data = JsonText.Render((cancelled, placed), static (json, s) => Write(json, s.cancelled, s.placed)),
        };
    }

    private static void Write(Utf8JsonWriter json, Half cancelled, Half? placed)
    {
        json.WriteStartObject();
        json.WriteString("cancelResult", cancelled.Result);
        json.WriteString("newOrderResult", placed?.Result ?? "NOT_ATTEMPTED");
        json.WritePropertyName("cancelResponse");
        json.WriteRawValue(cancelled.Response, skipInputValidation: true);
        json.WritePropertyName("newOrderResponse");
        json.WriteRawValue(placed is { } half ? half.Response : "null"u8, skipInputValidation: true);
        json.WriteEndObject();
    }

    private sealed record Terms(CancelRequest Cancel, OrderRequest Order, bool StopOnFailure, bool CancelOnly);

    /// <summary>How one of the two steps ended.</summary>
    private readonly record struct Half(ApiError? Error, byte[]? Body)
    {
        public string Result => Error is null ? "SUCCESS" : "FAILURE";

        public ReadOnlySpan<byte> Response => Body ?? BinanceRest.ErrorBody(Error!);
    }
}
