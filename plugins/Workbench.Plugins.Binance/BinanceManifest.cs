using Workbench.Sdk;

namespace Workbench.Plugins.Binance;

/// <summary>What Binance Spot allows and promises.</summary>
internal static class BinanceManifest
{
    /// <summary>What its spot markets take.</summary>
    public static OrderSupport Spot { get; } = new()
    {
        Types = new HashSet<OrderType> { OrderType.Market, OrderType.Limit, OrderType.Stop, OrderType.StopLimit },
        TimesInForce = new HashSet<TimeInForce> { TimeInForce.GoodTillCancelled, TimeInForce.ImmediateOrCancel, TimeInForce.FillOrKill },
        PostOnly = true,

        // Less of an order keeps its place; anything else is a cancel and a placement.
        AmendsInPlace = Amendments.LessQuantity,
        Replaces = true,
        CancelsAll = true,
    };

    public static ConnectorManifest Value { get; } = new()
    {
        Venue = new VenueId("binance"),
        Channels = new HashSet<MarketChannel> { MarketChannel.Quotes, MarketChannel.Trades, MarketChannel.Book, MarketChannel.Candles },
        MaxClientOrderIdLength = 36,
        ClientOrderIdsAreUniqueForever = false,

        // After ten seconds without the engine's answer the API gives up with -1007.
        EngineBound = TimeSpan.FromSeconds(10),

        // Order queries read from memory and then from a replica that has been seen to lag by seconds.
        QueryLag = TimeSpan.FromSeconds(5),

        // Per symbol they count on over reconnects and maintenance; only the test network begins anew, and then it has indeed lost everything.
        MarketIdsOnlyRise = true,
        Orders = new Dictionary<InstrumentKind, OrderSupport>
        {
            [InstrumentKind.Spot] = Spot,
        },
        StreamLifetime = TimeSpan.FromHours(24),
    };
}
