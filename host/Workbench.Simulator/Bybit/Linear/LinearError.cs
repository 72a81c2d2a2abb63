using Workbench.Simulator.Bybit.Wire;
using Workbench.Simulator.Matching;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>The codes of contracts where they differ from those of spot.</summary>
internal static class LinearError
{
    public static readonly BybitError OrderNotFound = new(110001, "order not exists or too late to replace or cancel");
    public static readonly BybitError PriceOutOfRange = new(110003, "Order price exceeds the allowable range.");
    public static readonly BybitError InsufficientBalance = new(110007, "ab not enough for new order");
    public static readonly BybitError TooManyConditional = new(110009, "The number of stop orders exceeds the maximum allowable limit.");
    public static readonly BybitError ReduceOnly = new(110017, "current position is zero, cannot fix reduce-only order qty");
    public static readonly BybitError ReduceOnlySide = new(110017, "Reduce-only rule not satisfied");
    public static readonly BybitError TooManyOrders = new(110020, "Not allowed to have more than 500 active orders.");
    public static readonly BybitError HasPosition = new(110024, "Currently hold position, can't switch position mode");
    public static readonly BybitError ModeUnchanged = new(110025, "Position mode is not modified");
    public static readonly BybitError HasOrders = new(110028, "You have existing open orders, so position mode cannot be switched");
    public static readonly BybitError LeverageUnchanged = new(110043, "leverage not modified");
    public static readonly BybitError MarginShort = new(110044, "Available margin is insufficient.");
    public static readonly BybitError BelowExecuted = new(110064, "The number of contracts modified cannot be less than or equal to the filled quantity");
    public static readonly BybitError DuplicateLinkId = new(110072, "OrderLinkedID is duplicate");
    public static readonly BybitError NotLive = new(110074, "This contract is not live");
    public static readonly BybitError TriggerNotAbove = new(110092, "expect Rising, but trigger_price <= current");
    public static readonly BybitError TriggerNotBelow = new(110093, "expect Falling, but trigger_price >= current");
    public static readonly BybitError ValueTooSmall = new(110094, "Order does not meet minimum order value 5USDT");
    public static readonly BybitError BuyTooHigh = new(110120, "The order price is higher than the highest price of a buy.");
    public static readonly BybitError SellTooLow = new(110121, "The order price is lower than the lowest price of a sell.");
    public static readonly BybitError NotModified = new(34040, "not modified");
    public static readonly BybitError UnknownSymbol = BybitError.Parameter("params error: symbol invalid");
    public static readonly BybitError WrongMode = BybitError.Parameter("position idx not match position mode");

    public static BybitError Of(Rejection rejection, bool rises) => rejection switch
    {
        Rejection.UnknownSymbol => UnknownSymbol,
        Rejection.MarketClosed => NotLive,
        Rejection.InvalidPrice => PriceOutOfRange,
        Rejection.InsufficientBalance => InsufficientBalance,
        Rejection.ReduceOnly => ReduceOnly,
        Rejection.WouldTrigger => rises ? TriggerNotAbove : TriggerNotBelow,
        Rejection.NotOpen => OrderNotFound,
        Rejection.NoChange => BybitError.Parameter("The order remains unchanged as the parameters entered match the existing ones."),
        _ => BybitError.Parameter("params error: the order's terms are invalid"),
    };
}
