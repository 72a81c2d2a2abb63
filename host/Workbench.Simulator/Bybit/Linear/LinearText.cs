using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>The venue's words for the state of a contract order.</summary>
internal static class LinearText
{
    public static string Type(Order order) => order.Type == OrderType.Limit ? "Limit" : "Market";

    public static string Status(Order order) => order.Status switch
    {
        OrderStatus.New => "New",
        OrderStatus.PartiallyFilled => "PartiallyFilled",
        OrderStatus.Filled => "Filled",
        OrderStatus.Untriggered => "Untriggered",
        _ when order.CloseReason == CloseReason.InsufficientBalance => "Rejected",
        _ => order.WorkingMicros == 0 ? "Deactivated" : "Cancelled",
    };

    public static string CancelType(Order order) => order.CloseReason switch
    {
        CloseReason.CancelledByOwner => "CancelByUser",
        CloseReason.SelfTrade => "CancelBySmp",
        CloseReason.ReduceOnly when order.Tag is LinearTag { IsPositionStop: true } => "CancelByTpSlTsClear",
        CloseReason.ReduceOnly => "CancelByReduceOnly",
        CloseReason.Liquidation => "CancelByPrepareLiq",
        CloseReason.CancelledByVenue => "CancelByAdmin",
        _ => "UNKNOWN",
    };

    public static string RejectReason(Order order) => order.CloseReason switch
    {
        CloseReason.CancelledByOwner => "EC_PerCancelRequest",
        CloseReason.WouldTake => "EC_PostOnlyWillTakeLiquidity",
        CloseReason.FillOrKillUnfillable => "EC_NoEnoughQtyToFill",
        CloseReason.PriceBound => "EC_ReachMarketPriceLimit",
        CloseReason.ImmediateRemainder or CloseReason.InsufficientLiquidity =>
            order.Executed > 0 ? "EC_CancelForNoFullFill" : "EC_NoImmediateQtyToFill",
        CloseReason.InsufficientBalance => "EC_Others",
        _ => "EC_NoError",
    };
}
