using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>Looking orders up. What the engine just did may not be visible yet while the query-lag fault is on.</summary>
internal sealed class OrderQueries(OrderDesk desk, FaultLab faults)
{
    /// <summary>Lists of past orders come from a slower store than single orders.</summary>
    public const int ListLagFactor = 3;

    private const long ArchivedAfterMicros = 90L * 86_400 * 1_000_000;

    public IEnumerable<Endpoint> All =>
    [
        new("GET", "/api/v3/order", "order.status", Security.Signed, Query)
        {
            Reads = ["symbol", "orderId", "origClientOrderId"],
            Weight = _ => 4,
        },
        new("GET", "/api/v3/openOrders", "openOrders.status", Security.Signed, OpenOrders)
        {
            Reads = ["symbol"],
            Weight = p => p.Has("symbol") ? 6 : 80,
        },
        new("GET", "/api/v3/allOrders", "allOrders", Security.Signed, AllOrders)
        {
            Reads = ["symbol", "orderId", "startTime", "endTime", "limit"],
            Weight = _ => 20,
        },
        new("GET", "/api/v3/myPreventedMatches", "myPreventedMatches", Security.Signed, PreventedMatches)
        {
            Reads = ["symbol", "preventedMatchId", "orderId", "fromPreventedMatchId", "limit"],
            Weight = p => p.Has("preventedMatchId") ? 2 : 20,
        },
        new("GET", "/api/v3/myAllocations", "myAllocations", Security.Signed, Allocations)
        {
            Reads = ["symbol", "startTime", "endTime", "fromAllocationId", "limit", "orderId"],
            Weight = _ => 20,
        },
    ];

    private ApiError? Query(ApiCall call)
    {
        var p = call.Parameters;
        var symbol = p.Required("symbol");
        var orderId = p.Integer("orderId");
        var clientId = p.Text("origClientOrderId");
        if (p.Error is { } error)
        {
            return error;
        }

        if (desk.Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        if (orderId is null && clientId is null)
        {
            return ApiError.MissingEither("origClientOrderId", "orderId");
        }

        return desk.Venue.Execute(_ =>
        {
            var order = OrderDesk.Find(call.Account, symbol, orderId, clientId, out var disagree);
            if (order is null || IsHidden(order))
            {
                return ApiError.NoSuchOrder;
            }

            if (disagree)
            {
                return ApiError.IdsDisagree;
            }

            if (order is { IsOpen: false, Executed: 0 } && desk.Venue.Clock.NowMicros - order.UpdatedMicros > ArchivedAfterMicros)
            {
                return ApiError.Archived;
            }

            OrderJson.Queried(call, order);
            return null;
        });
    }

    private ApiError? OpenOrders(ApiCall call)
    {
        var symbol = call.Parameters.Text("symbol");
        if (symbol is not null && desk.Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        return desk.Venue.Execute(_ =>
            Write(call, call.Account.OpenOrders.Where(o => (symbol is null || o.Symbol == symbol) && !IsHidden(o))));
    }

    private ApiError? AllOrders(ApiCall call)
    {
        var p = call.Parameters;
        var symbol = p.Required("symbol");
        var limit = p.Limit(500, 1000);
        var fromId = p.Integer("orderId");
        var from = call.Millis("startTime");
        var to = call.Millis("endTime");
        if ((p.Error ?? TimeRange.Check(from, to)) is { } error)
        {
            return error;
        }

        if (desk.Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        return desk.Venue.Execute(_ =>
        {
            var orders = call.Account.Orders
                .Where(o => o.Symbol == symbol && o.Id >= (fromId ?? 0) && TimeRange.Contains(from, to, o.CreatedMicros / 1000)
                    && !IsHidden(o, ListLagFactor))
                .OrderBy(o => o.Id)
                .ToList();
            var oldestFirst = fromId is not null || from is not null;
            return Write(call, oldestFirst ? orders.Take(limit) : orders.TakeLast(limit));
        });
    }

    private ApiError? PreventedMatches(ApiCall call)
    {
        var p = call.Parameters;
        var symbol = p.Required("symbol");
        var id = p.Integer("preventedMatchId");
        var orderId = p.Integer("orderId");
        var fromId = p.Integer("fromPreventedMatchId");
        var limit = p.Limit(500, 1000);
        if (p.Error is { } error)
        {
            return error;
        }

        if (desk.Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        if (id is null && orderId is null)
        {
            return ApiError.MissingEither("preventedMatchId", "orderId");
        }

        return desk.Venue.Execute(_ =>
        {
            call.Json.WriteStartArray();
            foreach (var match in call.Account.PreventedMatches(symbol)
                .Where(m => (id is null || m.Id == id) && (orderId is null || m.TakerOrderId == orderId || m.MakerOrderId == orderId) && m.Id >= (fromId ?? 0))
                .Take(limit))
            {
                OrderJson.Prevented(call, match);
            }

            call.Json.WriteEndArray();
            return (ApiError?)null;
        });
    }

    // Orders are never routed to other symbols here, so nothing was ever allocated.
    private ApiError? Allocations(ApiCall call)
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

        call.Json.WriteStartArray();
        call.Json.WriteEndArray();
        return null;
    }

    private static ApiError? Write(ApiCall call, IEnumerable<Order> orders)
    {
        call.Json.WriteStartArray();
        foreach (var order in orders)
        {
            OrderJson.Queried(call, order);
        }

        call.Json.WriteEndArray();
        return null;
    }

    // For a slower store an order is as old as its age divided by the factor.
    private bool IsHidden(Order order, int factor = 1) =>
        QueryFaults.Hides(faults, order, order.CreatedMicros + ((desk.Venue.Clock.NowMicros - order.CreatedMicros) / factor));
}
