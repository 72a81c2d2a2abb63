using Workbench.Sdk;

namespace Workbench.Simulator.Direct;

/// <summary>What the stand-in allows and promises.</summary>
internal static class SimulatedManifest
{
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
        OrderTypes = new HashSet<OrderType> { OrderType.Market, OrderType.Limit },
        SupportsPostOnly = true,
    };
}
