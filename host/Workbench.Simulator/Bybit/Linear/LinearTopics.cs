using Workbench.Simulator.Bybit.Streams;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>The public topics that contracts have of their own, or shape differently from spot.</summary>
internal static class LinearTopics
{
    public static OwnTopic Of(LinearVenue linear) => (name, parts, market, nowMicros) =>
        parts.Length != 2 ? null : Create(linear, name, parts[0], market, nowMicros);

    private static PublicTopic? Create(LinearVenue linear, string name, string kind, Market market, long nowMicros)
    {
        var prices = linear.Prices(market.Symbol)!;
        return kind switch
        {
            "tickers" => new LinearTickerTopic(name, linear, prices, nowMicros),
            "publicTrade" => new LinearTradeTopic(name, market),
            "priceLimit" => new PriceLimitTopic(name, prices),
            "allLiquidation" => new LiquidationTopic(name, linear, prices),
            _ => null,
        };
    }
}
