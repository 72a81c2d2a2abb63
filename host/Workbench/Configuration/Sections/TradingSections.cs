using Workbench.Configuration.Schema;

namespace Workbench.Configuration.Sections;

/// <summary>The keys of <c>risk</c> and <c>cache</c>.</summary>
internal static class TradingSections
{
    // Large enough for any currency, small enough that products of two stay inside a decimal.
    private const decimal MostMoney = 1_000_000_000_000m;
    private const decimal LeastMoney = 0.00000001m;

    private static readonly Key<decimal> MaxOrderValue = Key.WithDefault("max_order_value", Scalars.Number(LeastMoney, MostMoney), "10000", "The most one order may be worth, in the symbol's quote currency.");

    private static readonly Key<IReadOnlyDictionary<string, decimal>> MaxPosition = Key.WithDefault(
        "max_position", new MapShape<decimal>(NameRule.Asset, Scalars.Number(0, MostMoney)), "{}", "By asset, the most to hold long or short over all venues, in that asset; an asset not named has no such limit.");

    private static readonly Key<int> MaxOpenOrders = Key.WithDefault("max_open_orders", Scalars.Whole(1, 100_000), "50", "The most orders open at once.");
    private static readonly Key<decimal> PriceCollar = Key.WithDefault("price_collar", Scalars.Percent(0.01m, 100), "5%", "How far from the market an order's price may lie.");
    private static readonly Key<int> MaxOrdersPerSecond = Key.WithDefault("max_orders_per_second", Scalars.Whole(1, 10_000), "10", "The most orders sent in any second.");
    private static readonly Key<TimeSpan> StalePriceAfter = Key.WithDefault("stale_price_after", Scalars.Duration("50ms", "10m"), "5s", "The age of the last price beyond which no order leaves.");

    private static readonly Key<decimal> PriceJump = Key.WithDefault("price_jump", Scalars.Percent(1, 99), "20%", "How far a price may lie from its market's own recent prices before it must be confirmed.");
    private static readonly Key<TimeSpan> ConfirmJumpAfter = Key.WithDefault("confirm_jump_after", Scalars.Duration("100ms", "10m"), "5s", "For how long a price that jumped must stand to be believed without another venue.");

    public static readonly SectionShape<RiskConfig> Risk = new(
        [MaxOrderValue, MaxPosition, MaxOpenOrders, PriceCollar, MaxOrdersPerSecond, StalePriceAfter, PriceJump, ConfirmJumpAfter],
        s => new RiskConfig
        {
            MaxOrderValue = s.Get(MaxOrderValue),
            MaxPosition = s.Get(MaxPosition),
            MaxOpenOrders = s.Get(MaxOpenOrders),
            PriceCollarFraction = s.Get(PriceCollar),
            MaxOrdersPerSecond = s.Get(MaxOrdersPerSecond),
            StalePriceAfter = s.Get(StalePriceAfter),
            PriceJumpFraction = s.Get(PriceJump),
            ConfirmJumpAfter = s.Get(ConfirmJumpAfter),
        });

    private static readonly Key<string> Plugin = Key.WithDefault("plugin", Scalars.PluginId, "Workbench.Plugins.MemoryCache", "The plugin that stores the entries.");
    private static readonly Key<int> MaxEntries = Key.WithDefault("max_entries", Scalars.Whole(1, 100_000_000), "10000", "The most entries kept; beyond it the plugin drops some.");
    private static readonly Key<TimeSpan> TimeToLive = Key.WithDefault("ttl", Scalars.Duration("1ms", "30d"), "5s", "How long an entry lives when its writer does not say.");
    private static readonly Key<IReadOnlyDictionary<string, string>> Settings = Shared.Settings();

    public static readonly SectionShape<CacheConfig> Cache = new(
        [Plugin, MaxEntries, TimeToLive, Settings],
        s => new CacheConfig { Plugin = s.Get(Plugin), MaxEntries = s.Get(MaxEntries), TimeToLive = s.Get(TimeToLive), Settings = s.Get(Settings) });
}
