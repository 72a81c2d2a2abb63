using Workbench.Configuration;
using Workbench.Simulator.Server;

namespace Workbench.Composition;

/// <summary>Turns the simulator's configuration into its options.</summary>
internal static class SimulatorSettings
{
    public static SimulatorOptions From(SimulatorConfig config) => new()
    {
        Seed = config.Seed,
        FaultSeed = config.FaultSeed,
        Venues = [.. config.Venues.Select(v => Venue(v.Key, v.Value))],
    };

    private static VenueOptions Venue(string name, SimulatedVenueConfig config) => new()
    {
        Name = name,
        Dialect = config.Dialect.ToString().ToLowerInvariant(),
        Port = config.Port,
        Instruments = config.Symbols.Count == 0 ? null : config.Symbols,
        TapePath = config.Tape,
        TapeSpeed = config.Speed,
        Balances = config.Balances.Count == 0 ? null : config.Balances,
        SymbolCount = config.SymbolCount,
        MakerFee = config.MakerFee,
        TakerFee = config.TakerFee,
        FeeTiers = config.FeeTiers,
        Latency = config.Latency,
        RateLimits = config.RateLimits,
        Binance = config.Binance,
        Bybit = config.Bybit,
    };
}
