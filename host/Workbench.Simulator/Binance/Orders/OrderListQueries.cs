using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>Looking up and cancelling lists of orders.</summary>
internal sealed class OrderListQueries(OrderDesk desk)
{
    public IEnumerable<Endpoint> All =>
    [
        new("DELETE", "/api/v3/orderList", "orderList.cancel", Security.Signed, Cancel)
        {
            Reads = ["symbol", "orderListId", "listClientOrderId", "newClientOrderId"],
            IsOrderEntry = true,
        },
        new("GET", "/api/v3/orderList", "orderList.status", Security.Signed, Query)
        {
            Reads = ["orderListId", "origClientOrderId"],
            Weight = _ => 4,
        },
        new("GET", "/api/v3/openOrderList", "openOrderLists.status", Security.Signed, Open) { Weight = _ => 6 },
        new("GET", "/api/v3/allOrderList", "allOrderLists", Security.Signed, AllLists)
        {
            Reads = ["fromId", "startTime", "endTime", "limit"],
            Weight = _ => 20,
        },
    ];

    private ApiError? Cancel(ApiCall call)
    {
        var p = call.Parameters;
        var symbol = p.Required("symbol");
        var id = p.Integer("orderListId");
        var clientId = p.Text("listClientOrderId");
        var cancelId = p.ClientId("newClientOrderId") ?? desk.NewId();
        if (p.Error is { } error)
        {
            return error;
        }

        if (id is null && clientId is null)
        {
            return ApiError.MissingEither("orderListId", "listClientOrderId");
        }

        if (!call.Credential!.CanTrade)
        {
            return ApiError.KeyRefused;
        }

        return desk.Venue.Execute(engine =>
        {
            if (Find(call.Account, id, clientId) is not { IsOpen: true } list || list.Book.Symbol != symbol)
            {
                return ApiError.UnknownOrder;
            }

            engine.Cancel(list.Orders.First(o => o.IsOpen), cancelId);
            OrderListJson.Cancelled(call, list, cancelId);
            return null;
        });
    }

    private ApiError? Query(ApiCall call)
    {
        var id = call.Parameters.Integer("orderListId");
        var clientId = call.Parameters.Text("origClientOrderId");
        if (id is null && clientId is null)
        {
            return call.Parameters.Error ?? ApiError.MissingEither("orderListId", "origClientOrderId");
        }

        return desk.Venue.Execute(_ =>
        {
            if (Find(call.Account, id, clientId) is not { } list)
            {
                return ApiError.NoSuchOrder;
            }

            OrderListJson.Queried(call, list);
            return null;
        });
    }

    private ApiError? Open(ApiCall call) => desk.Venue.Execute(_ => Write(call, call.Account.Lists.Where(l => l.IsOpen)));

    private ApiError? AllLists(ApiCall call)
    {
        var fromId = call.Parameters.Integer("fromId");
        var limit = call.Parameters.Limit(500, 1000);
        var from = call.Millis("startTime");
        var to = call.Millis("endTime");
        if ((call.Parameters.Error ?? TimeRange.Check(from, to)) is { } error)
        {
            return error;
        }

        return desk.Venue.Execute(_ =>
        {
            var lists = call.Account.Lists.Where(l => l.Id >= (fromId ?? 0) && TimeRange.Contains(from, to, l.CreatedMicros / 1000)).ToList();
            return Write(call, fromId is not null || from is not null ? lists.Take(limit) : lists.TakeLast(limit));
        });
    }

    private static OrderList? Find(Account account, long? id, string? clientId)
    {
        if (id is null)
        {
            return account.Lists.LastOrDefault(l => l.ClientId == clientId);
        }

        return account.FindList(id.Value) is { } list && (clientId is null || list.ClientId == clientId) ? list : null;
    }

    private static ApiError? Write(ApiCall call, IEnumerable<OrderList> lists)
    {
        call.Json.WriteStartArray();
        foreach (var list in lists)
        {
            OrderListJson.Queried(call, list);
        }

        call.Json.WriteEndArray();
        return null;
    }
}
