using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>Which orders may stand together in a list.</summary>
internal static class OrderListRules
{
    public static ApiError? Check(Contingency contingency, IReadOnlyList<OrderRequest> orders) => contingency switch
    {
        Contingency.OneCancelsTheOther => Pair(orders[0], orders[1]),
        Contingency.OneTriggersTheOther => Working(orders[0]),
        _ => Working(orders[0]) ?? Pair(orders[1], orders[2]),
    };

    // The working order must be able to rest; only then is there something to wait for.
    private static ApiError? Working(OrderRequest order) =>
        order.Kind.Name is "LIMIT" or "LIMIT_MAKER" ? null : ApiError.InvalidType;

    // One of the pair takes the profit, the other stops the loss, each on its own side of the market.
    private static ApiError? Pair(OrderRequest above, OrderRequest below)
    {
        var (profit, stop) = above.Side == Side.Sell ? (above, below) : (below, above);
        if (!(profit.Kind.IsMaker || profit.Kind.Trigger == TriggerSide.TakeProfit) || stop.Kind.Trigger != TriggerSide.StopLoss)
        {
            return ApiError.Rejected("Unsupported order combination");
        }

        return Level(above) > Level(below) || Level(above) == 0 || Level(below) == 0
            ? null
            : ApiError.Rejected("The relationship of the prices for the orders is not correct.");
    }

    private static decimal Level(OrderRequest order) => order.Kind.IsTriggered ? order.StopPrice : order.Price;
}
