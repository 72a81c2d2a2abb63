using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>Placing orders and trying them out.</summary>
internal sealed class OrderEndpoints(OrderDesk desk)
{
    public IEnumerable<Endpoint> All =>
    [
        new("POST", "/api/v3/order", "order.place", Security.Signed, Place)
        {
            Reads = OrderReader.Parameters,
            IsOrderEntry = true,
            IsPlacement = true,
        },
        new("POST", "/api/v3/order/test", "order.test", Security.Signed, Test)
        {
            Reads = [.. OrderReader.Parameters, "computeCommissionRates"],
            Weight = p => p.Text("computeCommissionRates") == "true" ? 20 : 1,
        },
    ];

    private ApiError? Place(ApiCall call)
    {
        if (OrderReader.Read(call.Parameters, out var request) is { } error)
        {
            return error;
        }

        if (!call.Credential!.CanTrade)
        {
            return ApiError.KeyRefused;
        }

        var (order, refused) = desk.Venue.Execute(engine => Place(engine, call.Account, request!));
        if (order is not null)
        {
            OrderJson.Placed(call, order, request!.ResponseType);
        }

        return refused;
    }

    private (Order? Order, ApiError? Error) Place(MatchingEngine engine, Account account, OrderRequest request)
    {
        if (desk.Counts.Check(account) is { } tooMany)
        {
            return (null, tooMany);
        }

        return desk.Admit(account, request, out var admitted) is { } refused ? (null, refused) : desk.Place(engine, account, admitted!);
    }

    // Everything up to the engine is checked, so balances and the state of the book do not matter.
    private ApiError? Test(ApiCall call)
    {
        if (OrderReader.Read(call.Parameters, out var request) is { } error)
        {
            return error;
        }

        if (!call.Credential!.CanTrade)
        {
            return ApiError.KeyRefused;
        }

        if (desk.Venue.Execute(_ => desk.Admit(call.Account, request!, out var _)) is { } refused)
        {
            return refused;
        }

        call.Json.WriteStartObject();
        if (call.Parameters.Text("computeCommissionRates") == "true")
        {
            desk.Venue.Execute(engine => CommissionJson.ForOrder(call.Json, engine, call.Account, desk.Market(request!.Symbol)!.Book));
        }

        call.Json.WriteEndObject();
        return null;
    }
}
