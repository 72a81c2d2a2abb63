namespace Workbench.Simulator.Matching;

internal enum Side
{
    Buy,
    Sell,
}

internal enum OrderType
{
    Limit,
    Market,
}

internal enum TimeInForce
{
    Gtc,
    Ioc,
    Fok,
}

/// <summary>What happens to a limit order marked post-only that would take liquidity.</summary>
internal enum PostOnly
{
    No,

    /// <summary>Refused, nothing is created (Binance LIMIT_MAKER).</summary>
    RefuseIfTaking,

    /// <summary>Accepted, then ended at once with <see cref="CloseReason.WouldTake"/> (Bybit PostOnly).</summary>
    ExpireIfTaking,
}

/// <summary>Decided by the taker's mode when both orders belong to one account or one trade group.</summary>
internal enum SelfTradePrevention
{
    None,
    ExpireMaker,
    ExpireTaker,
    ExpireBoth,

    /// <summary>Both are reduced by what would have traded; an order with nothing left ends.</summary>
    Decrement,

    /// <summary>
    /// When both orders have it and belong to two accounts of one group, the assets change hands without a trade and without
    /// a fee; otherwise the same as <see cref="Decrement"/>.
    /// </summary>
    Transfer,
}

internal enum OrderStatus
{
    New,
    PartiallyFilled,
    Filled,
    Cancelled,
    Expired,

    /// <summary>Ended by self-trade prevention.</summary>
    ExpiredInMatch,

    /// <summary>Waits for its trigger price; not in the book.</summary>
    Untriggered,

    /// <summary>Waits for the working order of its list; nothing is locked and nothing is in the book.</summary>
    Pending,
}

/// <summary>Why an order ended other than by being filled.</summary>
internal enum CloseReason
{
    None,
    CancelledByOwner,
    ImmediateRemainder,
    FillOrKillUnfillable,
    InsufficientLiquidity,
    WouldTake,
    SelfTrade,

    /// <summary>Nothing was locked for it, and when it was triggered or placed the balance did not suffice.</summary>
    InsufficientBalance,

    /// <summary>Another order of its list was filled, triggered or ended.</summary>
    ContingentOrder,

    /// <summary>A pending order whose trigger price was already reached when its turn came.</summary>
    WouldTrigger,

    /// <summary>The next match lay beyond <see cref="Order.PriceBound"/>.</summary>
    PriceBound,

    /// <summary>A reduce-only order with nothing left to reduce.</summary>
    ReduceOnly,

    /// <summary>The venue ended it: delisting, maintenance, an operator.</summary>
    CancelledByVenue,

    Liquidation,
}

/// <summary>Why the engine did not take a command. Nothing changed when it is not <see cref="None"/>.</summary>
internal enum Rejection
{
    None,
    UnknownSymbol,
    MarketClosed,
    InvalidQuantity,
    InvalidPrice,
    InsufficientBalance,
    WouldTake,
    NotOpen,
    NoChange,

    /// <summary>The trigger price is already reached.</summary>
    WouldTrigger,

    /// <summary>The terms contradict each other, such as an iceberg that is not good till cancelled.</summary>
    InvalidTerms,

    /// <summary>A reduce-only order that would not reduce a position.</summary>
    ReduceOnly,

    /// <summary>The position or the risk would become larger than allowed.</summary>
    RiskLimit,
}

internal static class SideExtensions
{
    public static Side Opposite(this Side side) => side == Side.Buy ? Side.Sell : Side.Buy;
}
