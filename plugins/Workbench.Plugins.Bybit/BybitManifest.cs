using Workbench.Sdk;

namespace Workbench.Plugins.Bybit;

/// <summary>What Bybit's spot category allows and promises.</summary>
internal static class BybitManifest
{
    /// <summary>What its spot markets take.</summary>
    public static OrderSupport Spot { get; } = new()
    {
        Types = new HashSet<OrderType> { OrderType.Market, OrderType.Limit, OrderType.Stop, OrderType.StopLimit },
        TimesInForce = new HashSet<TimeInForce> { TimeInForce.GoodTillCancelled, TimeInForce.ImmediateOrCancel, TimeInForce.FillOrKill },
        PostOnly = true,
        AmendsInPlace = Amendments.LessQuantity | Amendments.MoreQuantity | Amendments.LimitPrice | Amendments.StopPrice,
        CancelsAll = true,
    };

    public static ConnectorManifest Value { get; } = new()
    {
        Venue = new VenueId("bybit"),
        Channels = new HashSet<MarketChannel> { MarketChannel.Quotes, MarketChannel.Trades, MarketChannel.Book, MarketChannel.Candles },
        MaxClientOrderIdLength = 36,

        // Checked against open and recent orders; for how long is not documented, so nothing may be built on it.
        ClientOrderIdsAreUniqueForever = false,

        // The gateway gives up on its backend with 10000 or 170007; the venue states no bound, and none longer has been seen.
        EngineBound = TimeSpan.FromSeconds(10),

        // The open orders lag by some hundred milliseconds, the history by seconds.
        QueryLag = TimeSpan.FromSeconds(5),

        // A restarted service counts its books from one again, as the venue documents.
        MarketIdsOnlyRise = false,
        Orders = new Dictionary<InstrumentKind, OrderSupport>
        {
            [InstrumentKind.Spot] = Spot,
        },
    };
}
