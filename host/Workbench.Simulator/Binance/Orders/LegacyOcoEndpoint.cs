namespace Workbench.Simulator.Binance.Orders;

/// <summary><c>POST /api/v3/order/oco</c>: deprecated, yet some clients know no other pair. It is told again in the words of its successor.</summary>
internal sealed class LegacyOcoEndpoint(Endpoint successor)
{
    private static readonly string[] Same =
    [
        "symbol", "listClientOrderId", "side", "quantity", "newOrderRespType", "selfTradePreventionMode", "timestamp", "recvWindow", "signature",
    ];

    private static readonly (string From, string To)[] OfLimit =
    [
        ("limitClientOrderId", "ClientOrderId"), ("price", "Price"), ("limitIcebergQty", "IcebergQty"),
        ("limitStrategyId", "StrategyId"), ("limitStrategyType", "StrategyType"),
    ];

    private static readonly (string From, string To)[] OfStop =
    [
        ("stopClientOrderId", "ClientOrderId"), ("stopPrice", "StopPrice"), ("trailingDelta", "TrailingDelta"), ("stopLimitPrice", "Price"),
        ("stopIcebergQty", "IcebergQty"), ("stopLimitTimeInForce", "TimeInForce"), ("stopStrategyId", "StrategyId"), ("stopStrategyType", "StrategyType"),
    ];

    /// <summary>The successor is what <paramref name="lists"/> serves for such pairs today.</summary>
    public static LegacyOcoEndpoint Over(OrderListEndpoints lists) => new(lists.All.Single(e => e.Path == "/api/v3/orderList/oco"));

    public Endpoint Endpoint => successor with
    {
        Path = "/api/v3/order/oco",
        WsMethod = null,
        Reads = [.. Same, .. OfLimit.Select(n => n.From), .. OfStop.Select(n => n.From)],
        Handler = PlaceAsync,
    };

    private ValueTask<ApiError?> PlaceAsync(ApiCall call)
    {
        var sent = call.Parameters;
        foreach (var name in (string[])["price", "stopPrice"])
        {
            if (!sent.Has(name))
            {
                return ValueTask.FromResult<ApiError?>(ApiError.Missing(name));
            }
        }

        var told = new Parameters();
        Copy(sent, told, Same.Select(name => (name, name)), "");

        // A sale has its limit above the market and its stop below; a purchase the other way round.
        var isSale = sent.Text("side") == "SELL";
        var (limit, stop) = isSale ? ("above", "below") : ("below", "above");
        told.Add(limit + "Type", "LIMIT_MAKER");
        told.Add(stop + "Type", sent.Has("stopLimitPrice") ? "STOP_LOSS_LIMIT" : "STOP_LOSS");
        Copy(sent, told, OfLimit, limit);
        Copy(sent, told, OfStop, stop);
        return successor.Handler(call.With(told));
    }

    private static void Copy(Parameters from, Parameters to, IEnumerable<(string From, string To)> names, string prefix)
    {
        foreach (var (name, newName) in names)
        {
            if (from.Text(name) is { } value)
            {
                to.Add(prefix + newName, value);
            }
        }
    }
}
