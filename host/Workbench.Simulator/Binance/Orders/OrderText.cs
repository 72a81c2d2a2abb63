using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Binance.Orders;

/// <summary>What only the dialect knows about an order.</summary>
internal sealed record OrderTag(OrderKind Kind, string SelfTradeMode)
{
    public long? StrategyId { get; init; }
    public long? StrategyType { get; init; }
    public PegTerms? Peg { get; init; }

    /// <summary>As requested; the engine hides nothing of an order that shows as much as it has.</summary>
    public decimal IcebergQuantity { get; init; }

    /// <summary>Oldest first; changed inside the venue's lock only.</summary>
    public List<AmendRecord> Amendments { get; } = [];

    public static OrderTag Of(Order order) => (OrderTag)order.Tag!;
}

/// <summary>One quantity reduction of an order.</summary>
internal sealed record AmendRecord(
    long ExecutionId, string OldClientId, string NewClientId, decimal OldQuantity, decimal NewQuantity, long TimeMicros);

/// <summary>The venue's words for the engine's states.</summary>
internal static class OrderText
{
    public static string Side(Side side) => side == Matching.Side.Buy ? "BUY" : "SELL";

    public static string Type(Order order) => OrderTag.Of(order).Kind.Name;

    public static string TimeInForce(Order order) => TimeInForce(order.TimeInForce);

    public static string TimeInForce(TimeInForce value) => value switch
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
        CloseReason.PriceBound => "EXECUTION_RULE_PRICE_RANGE_EXCEEDED",
        _ => null,
    };

    public static SelfTradePrevention? SelfTrade(string mode) => mode switch
    {
        "NONE" => SelfTradePrevention.None,
        "EXPIRE_MAKER" => SelfTradePrevention.ExpireMaker,
        "EXPIRE_TAKER" => SelfTradePrevention.ExpireTaker,
        "EXPIRE_BOTH" => SelfTradePrevention.ExpireBoth,
        "DECREMENT" => SelfTradePrevention.Decrement,
        "TRANSFER" => SelfTradePrevention.Transfer,
        _ => null,
    };

    public static string SelfTradeMode(SelfTradePrevention mode) => mode switch
    {
        SelfTradePrevention.ExpireMaker => "EXPIRE_MAKER",
        SelfTradePrevention.ExpireTaker => "EXPIRE_TAKER",
        SelfTradePrevention.ExpireBoth => "EXPIRE_BOTH",
        SelfTradePrevention.Decrement => "DECREMENT",
        SelfTradePrevention.Transfer => "TRANSFER",
        _ => "NONE",
    };

    public static ApiError Rejection(Rejection rejection) => rejection switch
    {
        Matching.Rejection.UnknownSymbol => ApiError.InvalidSymbol,
        Matching.Rejection.MarketClosed => ApiError.Rejected("Market is closed."),
        Matching.Rejection.InsufficientBalance => ApiError.Rejected("Account has insufficient balance for requested action."),
        Matching.Rejection.WouldTake => ApiError.Rejected("Order would immediately match and take."),
        Matching.Rejection.WouldTrigger => ApiError.Rejected("Order would trigger immediately."),
        Matching.Rejection.InvalidTerms => ApiError.Rejected("Unsupported order combination"),
        _ => ApiError.Rejected("Price * QTY is zero or less."),
    };

    /// <summary>The same, as the <c>r</c> field of an event.</summary>
    public static string RejectReason(Rejection rejection) => rejection switch
    {
        Matching.Rejection.InsufficientBalance => "INSUFFICIENT_BALANCES",
        Matching.Rejection.WouldTake => "WOULD_MATCH_IMMEDIATELY",
        Matching.Rejection.WouldTrigger => "STOP_PRICE_WOULD_TRIGGER_IMMEDIATELY",
        _ => "UNKNOWN_ERROR",
    };
}
