using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>Cancelling one order, or all of a symbol.</summary>
internal sealed class CancelEndpoints(OrderDesk desk)
{
    public IEnumerable<Endpoint> All =>
    [
        new("DELETE", "/api/v3/order", "order.cancel", Security.Signed, Cancel)
        {
            Reads = ["symbol", "orderId", "origClientOrderId", "newClientOrderId", "cancelRestrictions"],
            IsOrderEntry = true,
        },
        new("DELETE", "/api/v3/openOrders", "openOrders.cancelAll", Security.Signed, CancelAll) { Reads = ["symbol"], IsOrderEntry = true },
    ];

    /// <summary>Reads what to cancel; the names differ between a cancel and a cancel-replace.</summary>
    public static ApiError? Read(OrderDesk desk, Parameters p, string idName, string clientIdName, string newIdName, out CancelRequest request)
    {
        request = new CancelRequest(
            p.Required("symbol"), p.Integer(idName), p.Text(clientIdName), p.ClientId(newIdName) ?? desk.NewId(), p.Text("cancelRestrictions"));
        if (p.Error is { } error)
        {
            return error;
        }

        if (desk.Market(request.Symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        if (request.OrderId is null && request.ClientId is null)
        {
            return ApiError.MissingEither(clientIdName, idName);
        }

        return request.Restriction is null or "ONLY_NEW" or "ONLY_PARTIALLY_FILLED"
            ? null
            : new ApiError(-1145, "`cancelRestrictions` has to be either `ONLY_NEW` or `ONLY_PARTIALLY_FILLED`.");
    }

    private ApiError? Cancel(ApiCall call)
    {
        if (Read(desk, call.Parameters, "orderId", "origClientOrderId", "newClientOrderId", out var request) is { } error)
        {
            return error;
        }

        if (!call.Credential!.CanTrade)
        {
            return ApiError.KeyRefused;
        }

        return desk.Venue.Execute(engine =>
        {
            var (order, refused) = OrderDesk.Cancel(engine, call.Account, request);
            if (order is not null)
            {
                Cancelled(call, order, request.NewClientId);
            }

            return refused;
        });
    }

    /// <summary>The order, or the list that went with it.</summary>
    public static void Cancelled(ApiCall call, Order order, string cancelId)
    {
        if (order.List is { } list)
        {
            OrderListJson.Cancelled(call, list, cancelId);
        }
        else
        {
            OrderJson.Cancelled(call, order, cancelId);
        }
    }

    private ApiError? CancelAll(ApiCall call)
    {
        var symbol = call.Parameters.Required("symbol");
        if (call.Parameters.Error is { } error)
        {
            return error;
        }

        if (desk.Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        if (!call.Credential!.CanTrade)
        {
            return ApiError.KeyRefused;
        }

        return desk.Venue.Execute(engine =>
        {
            var orders = call.Account.OpenOrders.Where(o => o.Symbol == symbol).ToList();
            if (orders.Count == 0)
            {
                return ApiError.UnknownOrder;
            }

            call.Json.WriteStartArray();
            foreach (var order in orders.Where(o => o.IsOpen))
            {
                var cancelId = desk.NewId();
                engine.Cancel(order, cancelId);
                Cancelled(call, order, cancelId);
            }

            call.Json.WriteEndArray();
            return null;
        });
    }
}
