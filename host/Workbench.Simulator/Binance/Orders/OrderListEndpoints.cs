using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>Placing lists of orders that depend on one another.</summary>
internal sealed class OrderListEndpoints(OrderDesk desk)
{
    private static readonly string[] Shared = ["symbol", "listClientOrderId", "newOrderRespType", "selfTradePreventionMode"];
    private static readonly FieldNames Above = new("above", "side", "quantity");
    private static readonly FieldNames Below = new("below", "side", "quantity");
    private static readonly FieldNames Working = new("working", "workingSide", "workingQuantity");
    private static readonly FieldNames Pending = new("pending", "pendingSide", "pendingQuantity");
    private static readonly FieldNames PendingAbove = new("pendingAbove", "pendingSide", "pendingQuantity");
    private static readonly FieldNames PendingBelow = new("pendingBelow", "pendingSide", "pendingQuantity");

    // One pays the other: the pending orders have no size of their own, and are held against the filters with that of the
    // working order until it is known what that one received.
    private static readonly FieldNames Paid = Pending with { Quantity = "workingQuantity" };
    private static readonly FieldNames PaidAbove = PendingAbove with { Quantity = "workingQuantity" };
    private static readonly FieldNames PaidBelow = PendingBelow with { Quantity = "workingQuantity" };

    public IEnumerable<Endpoint> All =>
    [
        Place("oco", Contingency.OneCancelsTheOther, Above, Below),
        Place("oto", Contingency.OneTriggersTheOther, Working, Pending),
        Place("otoco", Contingency.OneTriggersAPair, Working, PendingAbove, PendingBelow),
        Place("opo", Contingency.OneTriggersTheOther, Working, Paid),
        Place("opoco", Contingency.OneTriggersAPair, Working, PaidAbove, PaidBelow),
    ];

    private Endpoint Place(string kind, Contingency contingency, params FieldNames[] legs) =>
        new("POST", "/api/v3/orderList/" + kind, "orderList.place." + kind, Security.Signed, call => Place(call, contingency, legs))
        {
            Reads = [.. Shared, .. legs.SelectMany(l => l.All).Distinct()],
            IsOrderEntry = true,
            IsPlacement = true,
        };

    private ApiError? Place(ApiCall call, Contingency contingency, FieldNames[] legs)
    {
        var requests = new List<OrderRequest>(legs.Length);
        foreach (var leg in legs)
        {
            if (OrderReader.Read(call.Parameters, leg, out var request) is { } error)
            {
                return error;
            }

            requests.Add(request!);
        }

        var listId = call.Parameters.ClientId("listClientOrderId") ?? desk.NewId();
        if ((call.Parameters.Error ?? OrderListRules.Check(contingency, requests)) is { } bad)
        {
            return bad;
        }

        return call.Credential!.CanTrade
            ? desk.Venue.Execute(engine => Place(call, engine, new NewOrderList
            {
                Contingency = contingency,
                Orders = [],
                PendingTakesProceeds = legs[^1].Quantity == Working.Quantity,
                ClientId = listId,
            }, requests))
            : ApiError.KeyRefused;
    }

    private ApiError? Place(ApiCall call, MatchingEngine engine, NewOrderList list, List<OrderRequest> requests)
    {
        if (desk.Counts.Check(call.Account, requests.Count) is { } tooMany)
        {
            return tooMany;
        }

        if (Admit(call.Account, requests, out var orders) is { } refused)
        {
            return refused;
        }

        if (call.Account.Lists.Any(l => l.IsOpen && l.ClientId == list.ClientId && l.Book.Symbol == requests[0].Symbol)
            || orders.Exists(o => OrderDesk.IsDuplicate(call.Account, o))
            || orders.DistinctBy(o => o.ClientId).Count() < orders.Count)
        {
            return ApiError.Rejected("Duplicate order sent.");
        }

        desk.Counts.Add(call.Account, orders.Count);
        var result = engine.PlaceList(call.Account, list with { Orders = orders });
        if (!result.Ok)
        {
            desk.Counts.Add(call.Account, -orders.Count);
            return OrderText.Rejection(result.Rejection);
        }

        OrderListJson.Placed(call, result.List!, call.Parameters.Text("newOrderRespType") ?? "RESULT");
        return null;
    }

    private ApiError? Admit(Account account, List<OrderRequest> requests, out List<NewOrder> orders)
    {
        orders = new List<NewOrder>(requests.Count);
        foreach (var request in requests)
        {
            if (desk.Admit(account, request, out var order, requests[..orders.Count]) is { } refused)
            {
                return refused;
            }

            orders.Add(order!);
        }

        return OrderFilters.Lists(desk.Market(requests[0].Symbol)!.Instrument, account, desk.Venue.ExchangeRules);
    }
}
