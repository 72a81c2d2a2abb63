using Workbench.Sdk;

namespace Workbench.Simulator.Direct;

/// <summary>What the stand-in allows and promises.</summary>
internal static class SimulatedManifest
{
    /// <summary>What its spot markets take; it lists no others.</summary>
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
        // Never the name of the venue it stands in for: a value must not look like one from there.
        Venue = new VenueId("simulated"),
        Channels = new HashSet<MarketChannel> { MarketChannel.Quotes, MarketChannel.Trades, MarketChannel.Book, MarketChannel.Candles },
        MaxClientOrderIdLength = 36,
        ClientOrderIdsAreUniqueForever = true,

        // An order is decided, and can be seen by queries, before the call returns.
        EngineBound = TimeSpan.Zero,
        QueryLag = TimeSpan.Zero,
        MarketIdsOnlyRise = true,
        Orders = new Dictionary<InstrumentKind, OrderSupport>
        {
            [InstrumentKind.Spot] = Spot,
        },
    };
}
