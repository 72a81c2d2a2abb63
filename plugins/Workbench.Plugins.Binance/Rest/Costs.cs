using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Rest;

/// <summary>What each call costs, as documented. Every call is also one raw request.</summary>
internal static class Costs
{
    /// <summary>Request weight of the address, over REST and the WebSocket API together.</summary>
    public static readonly RateClass Weight = new(RateScope.Address, "request weight");

    /// <summary>Requests of the address, whatever their weight.</summary>
    public static readonly RateClass Requests = new(RateScope.Address, "raw requests");

    /// <summary>Placed orders of the account; cancels are not counted.</summary>
    public static readonly RateClass Orders = new(RateScope.Key, "orders");

    public static readonly RateCost[] Time = Of(1);
    public static readonly RateCost[] ExchangeInfo = Of(20);
    public static readonly RateCost[] Depth1000 = Of(50);
    public static readonly RateCost[] Klines = Of(2);
    public static readonly RateCost[] BookTickers = Of(4);
    public static readonly RateCost[] Order = Of(4);
    public static readonly RateCost[] AllOpenOrders = Of(80);
    public static readonly RateCost[] TradesOfOrder = Of(5);
    public static readonly RateCost[] Account = Of(20);

    /// <summary>The wallet's interface counts its own weight; this one is a courtesy to the address as a whole.</summary>
    public static readonly RateCost[] KeyRestrictions = Of(1);

    /// <summary>A success is free and a failure costs one; the budget reckons with the failure.</summary>
    public static readonly RateCost[] Cancel = Of(1);

    /// <summary>As a cancel, and one of the account's orders.</summary>
    public static readonly RateCost[] NewOrder = [.. Of(1), new(Orders, 1)];

    /// <summary>Not counted as an order; free only when it ended the order.</summary>
    public static readonly RateCost[] Amend = Of(4);

    /// <summary>Opening the WebSocket API and signing in there; these are no raw requests.</summary>
    public static readonly RateCost[] UserStream = [new(Weight, 2 + 2)];

    private static RateCost[] Of(int weight) => [new(Weight, weight), new(Requests, 1)];
}
