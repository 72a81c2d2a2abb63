namespace Workbench.Sdk;

/// <summary>How an order seeks its price.</summary>
public enum OrderType
{
    /// <summary>Takes what the book offers now.</summary>
    Market,

    /// <summary>Fills at its limit price or better.</summary>
    Limit,

    /// <summary>Waits until a trade reaches its stop price, then takes what the book offers.</summary>
    Stop,

    /// <summary>Waits until a trade reaches its stop price, then is a limit order.</summary>
    StopLimit,
}

/// <summary>Questions about an <see cref="OrderType"/>.</summary>
public static class OrderTypeExtensions
{
    /// <summary>True when an order of the type names the worst price that it may fill at.</summary>
    public static bool HasLimitPrice(this OrderType type) => type is OrderType.Limit or OrderType.StopLimit;

    /// <summary>True when an order of the type waits for its stop price before it works.</summary>
    public static bool HasStopPrice(this OrderType type) => type is OrderType.Stop or OrderType.StopLimit;
}

/// <summary>How long an order may work.</summary>
public enum TimeInForce
{
    /// <summary>Until it is filled or cancelled.</summary>
    GoodTillCancelled,

    /// <summary>What fills at once; the rest expires.</summary>
    ImmediateOrCancel,

    /// <summary>All at once or not at all.</summary>
    FillOrKill,

    /// <summary>Until it is filled or cancelled, or until a moment that the order names.</summary>
    GoodTillDate,
}

/// <summary>Whether a fill took liquidity or gave it.</summary>
public enum LiquidityRole
{
    /// <summary>The order rested in the book.</summary>
    Maker,

    /// <summary>The order met one that rested in the book.</summary>
    Taker,
}

/// <summary>What a venue says about an order.</summary>
public enum OrderStatus
{
    /// <summary>The venue has it and its matching engine has not decided yet.</summary>
    Pending,

    /// <summary>It works and has no fills.</summary>
    New,

    /// <summary>It works and has fills.</summary>
    PartiallyFilled,

    /// <summary>Complete. Final.</summary>
    Filled,

    /// <summary>Ended by a cancel; it may have fills. Final.</summary>
    Cancelled,

    /// <summary>Refused by the venue. Final.</summary>
    Rejected,

    /// <summary>Ended by its own terms; it may have fills. Final.</summary>
    Expired,
}

/// <summary>Questions about an <see cref="OrderStatus"/>.</summary>
public static class OrderStatusExtensions
{
    /// <summary>True when the order will not work again.</summary>
    public static bool IsFinal(this OrderStatus status) => status is OrderStatus.Filled or OrderStatus.Cancelled or OrderStatus.Rejected or OrderStatus.Expired;
}
