using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Orders;

/// <summary>The venue's words for the state of a spot order.</summary>
internal static class OrderText
{
    public static string Side(Side side) => side == Matching.Side.Buy ? "Buy" : "Sell";

    public static string Type(Order order) => order.Type == OrderType.Limit ? "Limit" : "Market";

    public static string TimeInForce(Order order) => order.Tag is OrderTag tag
        ? tag.TimeInForce
        : order switch
        {
            { Type: OrderType.Market } or { TimeInForce: Matching.TimeInForce.Ioc } => "IOC",
            { TimeInForce: Matching.TimeInForce.Fok } => "FOK",
            { PostOnly: not PostOnly.No } => "PostOnly",
            _ => "GTC",
        };

    public static OrderKind Kind(Order order) => (order.Tag as OrderTag)?.Kind ?? OrderKind.Order;

    public static string Status(Order order) => order.Status switch
    {
        OrderStatus.New => "New",
        OrderStatus.Untriggered or OrderStatus.Pending => "Untriggered",
        OrderStatus.PartiallyFilled => "PartiallyFilled",
        OrderStatus.Filled when !LeftQuoteDust(order) => "Filled",
        _ when order.CloseReason == CloseReason.InsufficientBalance => "Rejected",
        _ when order.Trigger is { FiredMicros: 0 } => "Deactivated",
        _ => order.Executed > 0 ? "PartiallyFilledCanceled" : "Cancelled",
    };

    public static string CancelType(Order order) => order.CloseReason switch
    {
        CloseReason.CancelledByOwner => "CancelByUser",
        CloseReason.SelfTrade => "CancelBySmp",
        CloseReason.InsufficientBalance => "CancelByCannotAffordOrderCost",
        CloseReason.ContingentOrder => "CancelByTpSlTsClear",
        CloseReason.CancelledByVenue => "CancelByAdmin",
        _ => "UNKNOWN",
    };

    public static string RejectReason(Order order) => order.CloseReason switch
    {
        CloseReason.CancelledByOwner => "EC_PerCancelRequest",
        CloseReason.WouldTake => "EC_PostOnlyWillTakeLiquidity",
        CloseReason.PriceBound => "EC_ReachMarketPriceLimit",
        CloseReason.InsufficientBalance => "EC_Others",
        CloseReason.FillOrKillUnfillable => "EC_NoEnoughQtyToFill",
        CloseReason.ImmediateRemainder or CloseReason.InsufficientLiquidity =>
            order.Executed > 0 ? "EC_CancelForNoFullFill" : "EC_NoImmediateQtyToFill",
        _ => LeftQuoteDust(order) ? "EC_CancelForNoFullFill" : "EC_NoError",
    };

    // The engine calls an order sized in quote filled when the rest buys less than one step; Bybit cancels that rest.
    private static bool LeftQuoteDust(Order order) =>
        order is { IsQuoteSized: true, Status: OrderStatus.Filled } && order.ExecutedQuote < order.QuoteQuantity;
}
