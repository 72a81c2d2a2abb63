using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>Making an order smaller without losing its place, and the history of that.</summary>
internal sealed class AmendEndpoints(OrderDesk desk)
{
    public IEnumerable<Endpoint> All =>
    [
        new("PUT", "/api/v3/order/amend/keepPriority", "order.amend.keepPriority", Security.Signed, Amend)
        {
            Reads = ["symbol", "orderId", "origClientOrderId", "newClientOrderId", "newQty"],
            Weight = _ => 4,
            IsOrderEntry = true,
            CostsOnSuccess = true,
        },
        new("GET", "/api/v3/order/amendments", "order.amendments", Security.Signed, History)
        {
            Reads = ["symbol", "orderId", "fromExecutionId", "limit"],
            Weight = _ => 4,
        },
    ];

    private ApiError? Amend(ApiCall call)
    {
        var p = call.Parameters;
        var symbol = p.Required("symbol");
        var quantity = p.Number("newQty", required: true);
        var orderId = p.Integer("orderId");
        var clientId = p.Text("origClientOrderId");
        var newId = p.ClientId("newClientOrderId");
        if (p.Error is { } error)
        {
            return error;
        }

        if (desk.Market(symbol) is not { } market)
        {
            return ApiError.InvalidSymbol;
        }

        if (orderId is null && clientId is null)
        {
            return ApiError.MissingEither("origClientOrderId", "orderId");
        }

        return call.Credential!.CanTrade
            ? desk.Venue.Execute(engine =>
            {
                var order = OrderDesk.Find(call.Account, symbol, orderId, clientId, out var disagree);
                if (order is not { IsOpen: true } || disagree)
                {
                    return Rejected("Unknown order sent.");
                }

                return Check(market.Instrument, order, quantity, newId) ?? Execute(call, engine, order, quantity, newId ?? desk.NewId());
            })
            : ApiError.KeyRefused;
    }

    private static ApiError? Check(Venues.Instrument instrument, Order order, decimal quantity, string? newId)
    {
        if (quantity < instrument.MinQuantity || quantity > instrument.MaxQuantity || !instrument.IsOnStep(quantity))
        {
            return ApiError.Filter("LOT_SIZE");
        }

        if (OrderTag.Of(order).Amendments.Count >= instrument.Spot.MaxOrderAmends)
        {
            return ApiError.Filter("MAX_NUM_ORDER_AMENDS");
        }

        if (quantity > order.Quantity)
        {
            return Rejected("Order amend (quantity increase) is not supported.");
        }

        if (quantity == order.Quantity || quantity <= order.Executed + order.Prevented)
        {
            return Rejected("The requested action would change no state; rejecting.");
        }

        return newId is not null && newId != order.ClientId && OrderDesk.OpenWith(order.Account, order.Symbol, newId) is not null
            ? Rejected("Duplicate order sent.")
            : null;
    }

    private static ApiError? Execute(ApiCall call, MatchingEngine engine, Order order, decimal quantity, string newId)
    {
        var oldId = order.ClientId;
        var oldQuantity = order.Quantity;
        var result = engine.Amend(order, new Amendment { Quantity = quantity, ClientId = newId });
        if (!result.Ok)
        {
            return Rejected(OrderText.Rejection(result.Rejection).Message);
        }

        var record = new AmendRecord(order.Book.ExecutionId, oldId, newId, oldQuantity, quantity, engine.NowMicros);
        OrderTag.Of(order).Amendments.Add(record);
        OrderJson.Amended(call, order, record);
        return null;
    }

    private ApiError? History(ApiCall call)
    {
        var p = call.Parameters;
        var symbol = p.Required("symbol");
        p.Required("orderId");
        var orderId = p.Integer("orderId");
        var fromId = p.Integer("fromExecutionId") ?? 0;
        var limit = p.Limit(500, 1000);
        if (p.Error is { } error)
        {
            return error;
        }

        if (desk.Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        return desk.Venue.Execute(_ =>
        {
            call.Json.WriteStartArray();
            if (OrderDesk.Find(call.Account, symbol, orderId, null, out var _) is { } order)
            {
                foreach (var record in OrderTag.Of(order).Amendments.Where(a => a.ExecutionId >= fromId).Take(limit))
                {
                    Write(call, order, record);
                }
            }

            call.Json.WriteEndArray();
            return (ApiError?)null;
        });
    }

    private static void Write(ApiCall call, Order order, AmendRecord record)
    {
        var json = call.Json;
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol);
        json.WriteNumber("orderId", order.Id);
        json.WriteNumber("executionId", record.ExecutionId);
        json.WriteString("origClientOrderId", record.OldClientId);
        json.WriteString("newClientOrderId", record.NewClientId);
        json.Fixed8("origQty", record.OldQuantity);
        json.Fixed8("newQty", record.NewQuantity);
        json.WriteNumber("time", call.Time(record.TimeMicros));
        json.WriteEndObject();
    }

    private static ApiError Rejected(string why) => new(-2038, why);
}
