using Workbench.Configuration.Schema;
using Workbench.Simulator.Binance;
using Workbench.Simulator.Bybit;
using Workbench.Simulator.Server;

namespace Workbench.Configuration.Sections;

/// <summary>The keys of <c>simulator</c>.</summary>
internal static class SimulatorSections
{
    private const decimal MostBalance = 1_000_000_000_000m;

    private static readonly Key<VenueDialect> Dialect = Key.Required("dialect", Scalars.Choice<VenueDialect>(), "The protocol the venue speaks.");
    private static readonly Key<int> Port = Key.WithDefault("port", Scalars.Whole(0, 65_535), "0", "The loopback port; 0 takes a free one.");
    private static readonly Key<IReadOnlyList<string>> Symbols = Key.WithDefault("symbols", new ListShape<string>(Scalars.Symbol, 1, 5000), "[BTC/USDT, ETH/USDT]", "The symbols traded there.");
    private static readonly Key<string?> Tape = Key.Optional("tape", Scalars.FilePath, "A recording to play instead of synthetic order flow, relative to the configuration file.");
    private static readonly Key<decimal> Speed = Key.WithDefault("speed", Scalars.Speed, "1x", "How fast the tape plays; max is as fast as the reader reads.");

    private static readonly Key<IReadOnlyDictionary<string, decimal>> Balances = Key.WithDefault(
        "balances", new MapShape<decimal>(NameRule.Asset, Scalars.Number(0, MostBalance)), "{ USDT: 100000 }", "What the account starts with.");

    private static readonly Key<int> SymbolCount = Key.WithDefault("symbol_count", Scalars.Whole(0, 2000), "0", "Invented symbols are added until the venue lists so many.");
    private static readonly Key<decimal> MakerFee = Key.WithDefault("maker_fee", Scalars.Percent(-1, 10), "0.1%", "What a resting order pays of each fill; negative is a rebate.");
    private static readonly Key<decimal> TakerFee = Key.WithDefault("taker_fee", Scalars.Percent(0, 10), "0.1%", "What an order pays of each fill that it takes.");

    private static readonly Key<decimal> FromVolume = Key.Required("from_volume", Scalars.Number(0, MostBalance), "The quote amount traded in the last 30 days from which it holds.");
    private static readonly Key<decimal> TierMaker = Key.Required("maker", Scalars.Percent(-1, 10), "What a resting order pays of each fill; negative is a rebate.");
    private static readonly Key<decimal> TierTaker = Key.Required("taker", Scalars.Percent(0, 10), "What an order pays of each fill that it takes.");
    private static readonly SectionShape<VolumeFees> FeeTier = new([FromVolume, TierMaker, TierTaker], s => new VolumeFees(s.Get(FromVolume), s.Get(TierMaker), s.Get(TierTaker)));
    private static readonly Key<IReadOnlyList<VolumeFees>> FeeTiers = Key.WithDefault("fee_tiers", new ListShape<VolumeFees>(FeeTier, 0, 100), "[]", "Spot fees that hold from a traded volume on.");

    private static readonly Key<TimeSpan> Latency = Key.WithDefault("latency", Scalars.Duration("0ms", "1m"), "0ms", "How much later than it could every answer is sent.");
    private static readonly Key<bool> RateLimits = Key.WithDefault("rate_limits", Scalars.Flag, "true", "Request limits as the live venue has them.");
    private static readonly Key<BinanceOptions> Binance = Key.Section("binance", DialectSections.Binance, "Choices of the dialect binance.");
    private static readonly Key<BybitOptions> Bybit = Key.Section("bybit", DialectSections.Bybit, "Choices of the dialect bybit.");

    private static readonly SectionShape<SimulatedVenueConfig> Venue = new(
        [Dialect, Port, Symbols, SymbolCount, Balances, MakerFee, TakerFee, FeeTiers, Latency, RateLimits, Tape, Speed, Binance, Bybit],
        s => new SimulatedVenueConfig
        {
            Dialect = s.Get(Dialect),
            Port = s.Get(Port),
            Symbols = s.Get(Symbols),
            Tape = s.Get(Tape),
            Speed = s.Get(Speed),
            Balances = s.Get(Balances),
            SymbolCount = s.Get(SymbolCount),
            MakerFee = s.Get(MakerFee),
            TakerFee = s.Get(TakerFee),
            FeeTiers = s.Get(FeeTiers),
            Latency = s.Get(Latency),
            RateLimits = s.Get(RateLimits),
            Binance = s.Get(Binance),
            Bybit = s.Get(Bybit),
        });

    private static readonly Key<bool> Embedded = Key.WithDefault("embedded", Scalars.Flag, "true", "True runs the simulator inside this process.");
    private static readonly Key<long> Seed = Key.WithDefault("seed", Scalars.WholeLong(0, long.MaxValue), "7", "The same seed gives the same prices.");
    private static readonly Key<string?> Faults = Key.Optional("faults", Scalars.FilePath, "A file of faults to switch on, relative to the configuration file.");
    private static readonly Key<long> FaultSeed = Key.WithDefault("fault_seed", Scalars.WholeLong(0, long.MaxValue), "1", "The same seed gives the same faults.");
    private static readonly Key<IReadOnlyDictionary<string, SimulatedVenueConfig>> Venues = Key.WithDefault("venues", new MapShape<SimulatedVenueConfig>(NameRule.Named("venue"), Venue), "{}", "Simulated venues; a connection in environment simulator uses the one of its own name.");

    public static readonly SectionShape<SimulatorConfig> Simulator = new(
        [Embedded, Seed, Faults, FaultSeed, Venues],
        s => new SimulatorConfig { Embedded = s.Get(Embedded), Seed = s.Get(Seed), Faults = s.Get(Faults), FaultSeed = s.Get(FaultSeed), Venues = s.Get(Venues) });
}
