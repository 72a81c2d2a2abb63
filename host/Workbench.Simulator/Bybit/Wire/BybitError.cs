namespace Workbench.Simulator.Bybit.Wire;

/// <summary>A retCode with its text; code 0 is success.</summary>
internal readonly record struct BybitError(int Code, string Message)
{
    public static readonly BybitError None = new(0, "OK");

    public static readonly BybitError InvalidKey = new(10003, "API key is invalid.");
    public static readonly BybitError PermissionDenied = new(10005, "Permission denied, please check your API key permissions.");
    public static readonly BybitError TooManyVisits = new(10006, "Too many visits. Exceeded the API Rate Limit.");
    public static readonly BybitError UnmatchedAddress = new(10010, "Unmatched IP, please check your API key's bound IP addresses.");
    public static readonly BybitError Restarting = new(10019, "Service is restarting, please try again later.");
    public static readonly BybitError ServerError = new(10016, "Server error.");

    public static readonly BybitError InvalidTimeInForce = new(170115, "Invalid timeInForce.");
    public static readonly BybitError InvalidOrderType = new(170116, "Invalid orderType.");
    public static readonly BybitError InvalidSide = new(170117, "Invalid side.");
    public static readonly BybitError InvalidSymbol = new(170121, "Invalid symbol.");
    public static readonly BybitError AmountTooLarge = new(170124, "Order amount too large.");
    public static readonly BybitError InsufficientBalance = new(170131, "Insufficient balance.");
    public static readonly BybitError PriceTooHigh = new(170132, "Order price too high.");
    public static readonly BybitError PriceTooLow = new(170133, "Order price lower than the minimum.");
    public static readonly BybitError PriceTooFine = new(170134, "Order price has too many decimals.");
    public static readonly BybitError QuantityTooLarge = new(170135, "Order quantity too large.");
    public static readonly BybitError QuantityTooSmall = new(170136, "Order quantity lower than the minimum.");
    public static readonly BybitError QuantityTooFine = new(170137, "Order quantity has too many decimals.");
    public static readonly BybitError AmountTooSmall = new(170140, "Order value exceeded lower limit.");
    public static readonly BybitError DuplicateLinkId = new(170141, "Duplicate clientOrderId.");
    public static readonly BybitError AmountTooFine = new(170148, "Market order amount decimal too long.");
    public static readonly BybitError NotTradable = new(170157, "The trading pair is not available for api trading.");
    public static readonly BybitError WouldTake = new(170218, "The LIMIT-MAKER order is rejected due to invalid price.");
    public static readonly BybitError OrderNotFound = new(170213, "Order does not exist.");
    public static readonly BybitError BelowExecuted = new(170313, "Amended quantity must exceed the executed quantity.");
    public static readonly BybitError TooManyOrders = new(170810, "Cannot exceed maximum of 500 conditional, TP/SL and active orders.");

    public bool IsNone => Code == 0;

    public static BybitError Parameter(string text) => new(10001, text);

    public static BybitError BuyPriceAbove(decimal bound) =>
        new(170193, $"Buy order price cannot be higher than {BybitJson.Text(bound)}.");

    public static BybitError SellPriceBelow(decimal bound) =>
        new(170194, $"Sell order price cannot be lower than {BybitJson.Text(bound)}.");
}
