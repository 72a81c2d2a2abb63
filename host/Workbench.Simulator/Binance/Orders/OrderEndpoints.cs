using Workbench.Simulator.Faults;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>Placing, cancelling and looking up orders.</summary>
internal sealed class OrderEndpoints(SimulatedVenue venue, OrderCounts counts, FaultLab faults)
{
    private static readonly string[] NewOrderParameters =
    [
        "symbol", "side", "type", "timeInForce", "quantity", "quoteOrderQty", "price", "newClientOrderId", "stopPrice",
        "newOrderRespType", "selfTradePreventionMode", "strategyId", "strategyType",
    ];

    private const string IdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private readonly Lock _idLock = new();
    private Pcg32 _ids = new(venue.Seed, Pcg32.StreamOf("client-ids", venue.Name));

    public IEnumerable<Endpoint> All =>
    [
        new("POST", "/api/v3/order", "order.place", Security.Signed, Place) { Reads = NewOrderParameters, IsOrderEntry = true, IsPlacement = true },
        new("POST", "/api/v3/order/test", "order.test", Security.Signed, Test) { Reads = [.. NewOrderParameters, "computeCommissionRates"] },
        new("DELETE", "/api/v3/order", "order.cancel", Security.Signed, Cancel)
        {
            Reads = ["symbol", "orderId", "origClientOrderId", "newClientOrderId", "cancelRestrictions"],
            IsOrderEntry = true,
        },
        new("DELETE", "/api/v3/openOrders", "openOrders.cancelAll", Security.Signed, CancelAll) { Reads = ["symbol"], IsOrderEntry = true },
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
    ];

    private ApiError? Place(ApiCall call)
    {
        if (OrderRules.Read(call.Parameters, out var request) is { } error)
        {
            return error;
        }

        if (!call.Credential!.CanTrade)
        {
            return ApiError.KeyRefused;
        }

        if (counts.Check(call.Account) is { } tooMany)
        {
            return tooMany;
        }

        var (order, refused) = venue.Execute(engine => Submit(engine, call.Account, request!));
        if (refused is not null)
        {
            return refused;
        }

        var standard = OrderText.Type(order!) is "LIMIT" or "MARKET" ? "FULL" : "ACK";
        OrderJson.Placed(call, order!, call.Parameters.Text("newOrderRespType") ?? standard);
        return null;
    }

    private ApiError? Test(ApiCall call)
    {
        if (OrderRules.Read(call.Parameters, out var request) is { } error)
        {
            return error;
        }

        if (Market(request!.Symbol) is not { } market)
        {
            return ApiError.InvalidSymbol;
        }

        if (venue.Execute(_ => OrderRules.Filters(market, call.Account, request, venue.Clock.NowMillis)) is { } filter)
        {
            return filter;
        }

        call.Json.WriteStartObject();
        call.Json.WriteEndObject();
        return null;
    }

    private (Order? Order, ApiError? Error) Submit(MatchingEngine engine, Account account, NewOrder request)
    {
        if (Market(request.Symbol) is not { } market)
        {
            return (null, ApiError.InvalidSymbol);
        }

        if (OrderRules.Filters(market, account, request, venue.Clock.NowMillis) is { } filter)
        {
            return (null, filter);
        }

        if (request.ClientId.Length > 0 && account.Find(request.Symbol, request.ClientId) is { IsOpen: true })
        {
            return (null, ApiError.Rejected("Duplicate order sent."));
        }

        var named = request.ClientId.Length > 0 ? request : request with { ClientId = NewId() };

        // Counted first: a fill gives back what was counted.
        counts.Add(account, 1);
        var result = engine.Place(account, named);
        if (result.Ok)
        {
            return (result.Order!.Copy(), null);
        }

        counts.Add(account, -1);
        return (null, OrderText.Rejection(result.Rejection));
    }

    private ApiError? Cancel(ApiCall call)
    {
        var p = call.Parameters;
        if (Ids(p, out var symbol, out var orderId, out var clientId) is { } error)
        {
            return error;
        }

        var cancelId = p.ClientId("newClientOrderId") ?? NewId();
        var restriction = p.Text("cancelRestrictions");
        if (p.Error is not null || restriction is not (null or "ONLY_NEW" or "ONLY_PARTIALLY_FILLED"))
        {
            return p.Error ?? new ApiError(-1145, "`cancelRestrictions` has to be either `ONLY_NEW` or `ONLY_PARTIALLY_FILLED`.");
        }

        var (order, refused) = venue.Execute<(Order? Order, ApiError? Error)>(engine =>
        {
            var found = Find(call.Account, symbol, orderId, clientId, out var disagree);
            if (disagree || found is not { IsOpen: true })
            {
                return (null, ApiError.UnknownOrder);
            }

            if ((restriction == "ONLY_NEW" && found.Status != OrderStatus.New)
                || (restriction == "ONLY_PARTIALLY_FILLED" && found.Status != OrderStatus.PartiallyFilled))
            {
                return (null, new ApiError(-2011, "Order was not canceled due to cancel restrictions."));
            }

            engine.Cancel(found, cancelId);
            return (found.Copy(), null);
        });
        if (order is not null)
        {
            OrderJson.Cancelled(call, order, cancelId);
        }

        return refused;
    }

    private ApiError? CancelAll(ApiCall call)
    {
        var symbol = call.Parameters.Required("symbol");
        if (call.Parameters.Error is { } error)
        {
            return error;
        }

        if (Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        var cancelId = NewId();
        var cancelled = venue.Execute(engine =>
        {
            var orders = call.Account.OpenOrders.Where(o => o.Symbol == symbol).ToList();
            orders.ForEach(o => engine.Cancel(o, cancelId));
            return orders.ConvertAll(o => o.Copy());
        });
        if (cancelled.Count == 0)
        {
            return ApiError.UnknownOrder;
        }

        call.Json.WriteStartArray();
        cancelled.ForEach(o => OrderJson.Cancelled(call, o, cancelId));
        call.Json.WriteEndArray();
        return null;
    }

    private ApiError? Query(ApiCall call)
    {
        if (Ids(call.Parameters, out var symbol, out var orderId, out var clientId) is { } error)
        {
            return error;
        }

        return venue.Execute(_ =>
        {
            var order = Find(call.Account, symbol, orderId, clientId, out var disagree);
            if (disagree)
            {
                return ApiError.IdsDisagree;
            }

            if (order is null || IsHidden(order))
            {
                return ApiError.NoSuchOrder;
            }

            OrderJson.Queried(call, order);
            return null;
        });
    }

    private ApiError? OpenOrders(ApiCall call)
    {
        var symbol = call.Parameters.Text("symbol");
        if (symbol is not null && Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        return venue.Execute(_ => Write(call, call.Account.OpenOrders.Where(o => symbol is null || o.Symbol == symbol)));
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

        if (Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        return venue.Execute(_ =>
        {
            var orders = call.Account.Orders
                .Where(o => o.Symbol == symbol && o.Id >= (fromId ?? 0) && TimeRange.Contains(from, to, o.CreatedMicros / 1000))
                .OrderBy(o => o.Id)
                .ToList();
            var oldestFirst = fromId is not null || from is not null;
            return Write(call, oldestFirst ? orders.Take(limit) : orders.TakeLast(limit));
        });
    }

    private ApiError? Write(ApiCall call, IEnumerable<Order> orders)
    {
        call.Json.WriteStartArray();
        foreach (var order in orders.Where(o => !IsHidden(o)))
        {
            OrderJson.Queried(call, order);
        }

        call.Json.WriteEndArray();
        return null;
    }

    private ApiError? Ids(Parameters p, out string symbol, out long? orderId, out string? clientId)
    {
        symbol = p.Required("symbol");
        orderId = p.Integer("orderId");
        clientId = p.Text("origClientOrderId");
        if (p.Error is { } error)
        {
            return error;
        }

        if (Market(symbol) is null)
        {
            return ApiError.InvalidSymbol;
        }

        return orderId is null && clientId is null ? ApiError.MissingEither("origClientOrderId", "orderId") : null;
    }

    private static Order? Find(Account account, string symbol, long? orderId, string? clientId, out bool disagree)
    {
        disagree = false;
        if (orderId is null)
        {
            return account.Find(symbol, clientId!);
        }

        var order = account.Find(orderId.Value) is { } found && found.Symbol == symbol ? found : null;
        disagree = order is not null && clientId is not null && order.ClientId != clientId;
        return order;
    }

    // The query path lags the engine while this fault is on.
    private bool IsHidden(Order order) => QueryFaults.Hides(faults, order, venue.Clock.NowMicros);

    private Market? Market(string symbol) => venue.Market(symbol);

    private string NewId()
    {
        lock (_idLock)
        {
            return string.Create(22, this, static (text, self) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = IdAlphabet[self._ids.Range(0, IdAlphabet.Length - 1)];
                }
            });
        }
    }
}
