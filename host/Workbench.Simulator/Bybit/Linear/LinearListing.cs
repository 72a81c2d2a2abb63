using Workbench.Simulator.Margin;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Bybit.Linear;

/// <summary>
/// The perpetuals that stand beside the spot listing: one for each well-known USDT pair of the venue. Invented pairs have
/// none, so that hundreds of spot symbols do not double the market's cost.
/// </summary>
internal static class LinearListing
{
    public const int MaxActiveOrders = 500;
    public const int MaxConditionalOrders = 10;
    public const decimal MakerRate = 0.0002m;
    public const decimal TakerRate = 0.00055m;

    // Trade and update ids of a perpetual must not look like those of the spot pair of the same name.
    private const long IdDistance = 4_000_000_000;

    public static IReadOnlyList<Contract> Beside(SimulatedVenue spot, TimeSpan fundingInterval)
    {
        var known = DefaultInstruments.Names.Where(n => n.EndsWith("/USDT", StringComparison.Ordinal))
            .Select(n => n.Replace("/", "", StringComparison.Ordinal)).ToHashSet();
        return
        [
            .. spot.Markets.Where(m => known.Contains(m.Symbol))
                .Select(m => Of(m.Instrument) with { FundingIntervalMinutes = (int)fundingInterval.TotalMinutes }),
        ];
    }

    private static Contract Of(Instrument spot)
    {
        var (tick, step, max, maxMarket, leverage) = spot.Symbol switch
        {
            "BTCUSDT" => (0.1m, 0.001m, 1_190m, 500m, 100m),
            "ETHUSDT" => (0.01m, 0.01m, 7_240m, 3_490m, 100m),
            "SOLUSDT" => (0.01m, 0.1m, 79_770m, 29_060m, 100m),
            _ => (0.0001m, 0.1m, 2_500_000m, 830_000m, 75m),
        };
        return new Contract
        {
            MaxLeverage = leverage,
            Instrument = spot with
            {
                TickSize = tick,
                StepSize = step,
                MinQuantity = step,
                MaxQuantity = max,
                MaxMarketQuantity = maxMarket,
                MinPrice = tick,
                MaxPrice = tick * 19_999_998,
                MinNotional = 5m,
                MaxNotional = decimal.MaxValue,
                MaxOpenOrders = MaxActiveOrders,
                FirstTradeId = spot.FirstTradeId + IdDistance,
                FirstUpdateId = spot.FirstUpdateId + IdDistance,
            },
        };
    }
}
