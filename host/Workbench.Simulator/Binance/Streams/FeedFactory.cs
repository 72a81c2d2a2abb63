using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.Streams;

/// <summary>From the second half of a stream name to its feed; null for names that stay silent.</summary>
internal static class FeedFactory
{
    private const long Second = 1_000_000;
    private const long Fast = 100_000;
    private const string EasternZone = "@+08:00";
    private const long EasternMillis = 8 * 3_600_000;

    public static IStreamFeed? Create(StreamChannel channel, Market market, string kind)
    {
        if (kind.StartsWith("kline_", StringComparison.Ordinal))
        {
            var isEastern = kind.EndsWith(EasternZone, StringComparison.Ordinal);
            var name = isEastern ? kind["kline_".Length..^EasternZone.Length] : kind["kline_".Length..];
            return Intervals.TryGet(name, out var interval)
                ? new KlineFeed(channel, market, name, interval with { OffsetMillis = isEastern ? EasternMillis : 0 })
                : null;
        }

        return kind switch
        {
            "depth" => new DepthDiffFeed(channel, market.Book, Second),
            "depth@100ms" => new DepthDiffFeed(channel, market.Book, Fast),
            "depth5" or "depth10" or "depth20" => PartialDepth(channel, market, kind, Second),
            "depth5@100ms" or "depth10@100ms" or "depth20@100ms" => PartialDepth(channel, market, kind[..^6], Fast),
            "miniTicker" => PeriodicFeed.MiniTicker(channel, market),
            "ticker" => PeriodicFeed.Ticker(channel, market),
            "ticker_1h" or "ticker_4h" or "ticker_1d" => PeriodicFeed.Window(channel, market, kind[7..]),
            "referencePrice" => PeriodicFeed.ReferencePrice(channel, market),
            "avgPrice" => PeriodicFeed.AveragePrice(channel, market),
            _ => null,
        };
    }

    private static PeriodicFeed PartialDepth(StreamChannel channel, Market market, string kind, long period) =>
        PeriodicFeed.PartialDepth(channel, market.Book, kind == "depth5" ? 5 : kind == "depth10" ? 10 : 20, period);
}
