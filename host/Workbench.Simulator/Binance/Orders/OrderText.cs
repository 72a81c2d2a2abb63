using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>What only the dialect knows about an order.</summary>
internal sealed record OrderTag(string Type, string SelfTradeMode)
{
    public static OrderTag Of(Order order) => (OrderTag)order.Tag!;
}

/// <summary>The venue's words for the engine's states.</summary>
internal static class OrderText
{
    public static string Side(Side side) => side == Matching.Side.Buy ? "BUY" : "SELL";

    public static string Type(Order order) => OrderTag.Of(order).Type;

    public static string TimeInForce(Order order) => order.TimeInForce switch
    {
        Matching.TimeInForce.Ioc => "IOC",
        Matching.TimeInForce.Fok => "FOK",
        _ => "GTC",
    };

    public static string Status(Order order) => order.Status switch
    {
        OrderStatus.New or OrderStatus.Untriggered => "NEW",
        OrderStatus.Pending => "PENDING_NEW",
        OrderStatus.PartiallyFilled => "PARTIALLY_FILLED",
        OrderStatus.Filled => "FILLED",
        OrderStatus.Cancelled => "CANCELED",
        OrderStatus.ExpiredInMatch => "EXPIRED_IN_MATCH",
        _ => "EXPIRED",
    };

    /// <summary>Null when the order did not expire.</summary>
    public static string? ExpiryReason(Order order) => order.CloseReason switch
    {
        CloseReason.ImmediateRemainder => "UNFILLED_IOC_QUANTITY_EXPIRED",
        CloseReason.FillOrKillUnfillable => "UNFILLED_FOK_ORDER_EXPIRED",
        CloseReason.InsufficientLiquidity => "INSUFFICIENT_LIQUIDITY",
        _ => null,
    };

    public static ApiError Rejection(Rejection rejection) => rejection switch
    {
        Matching.Rejection.UnknownSymbol => ApiError.InvalidSymbol,
        Matching.Rejection.MarketClosed => ApiError.Rejected("Market is closed."),
        Matching.Rejection.InsufficientBalance => ApiError.Rejected("Account has insufficient balance for requested action."),
        Matching.Rejection.WouldTake => ApiError.Rejected("Order would immediately match and take."),
        _ => ApiError.Rejected("Price * QTY is zero or less."),
    };
}
