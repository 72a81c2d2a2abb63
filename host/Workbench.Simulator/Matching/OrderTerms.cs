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

/// <summary>Decided by the taker's mode when both orders belong to one account.</summary>
internal enum SelfTradePrevention
{
    None,
    ExpireMaker,
    ExpireTaker,
    ExpireBoth,
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
}

internal static class SideExtensions
{
    public static Side Opposite(this Side side) => side == Side.Buy ? Side.Sell : Side.Buy;
}
