using Workbench.Simulator.Binance;
using Workbench.Simulator.Bybit;
using Workbench.Simulator.Server;

namespace Workbench.Configuration;

/// <summary>The local exchange.</summary>
internal sealed record SimulatorConfig
{
    /// <summary>True runs it inside this process.</summary>
    public required bool Embedded { get; init; }

    /// <summary>The same seed gives the same prices.</summary>
    public required long Seed { get; init; }

    /// <summary>A file of faults to switch on; null for none.</summary>
    public required string? Faults { get; init; }

    /// <summary>Everything random about faults is drawn from it.</summary>
    public required long FaultSeed { get; init; }

    /// <summary>By name: a connection in environment <c>simulator</c> uses the venue of its own name.</summary>
    public required IReadOnlyDictionary<string, SimulatedVenueConfig> Venues { get; init; }
}

/// <summary>One simulated venue.</summary>
internal sealed record SimulatedVenueConfig
{
    public required VenueDialect Dialect { get; init; }

    /// <summary>The loopback port; 0 takes a free one.</summary>
    public required int Port { get; init; }

    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>A recording to play; null for synthetic order flow.</summary>
    public required string? Tape { get; init; }

    /// <summary>How many times faster than recorded the tape plays; 0 is as fast as the reader reads.</summary>
    public required decimal Speed { get; init; }

    /// <summary>What the account starts with, by asset code.</summary>
    public required IReadOnlyDictionary<string, decimal> Balances { get; init; }

    /// <summary>Invented symbols are added until the venue lists so many.</summary>
    public required int SymbolCount { get; init; }

    /// <summary>The share of a fill that a resting order pays; negative is a rebate.</summary>
    public required decimal MakerFee { get; init; }

    /// <summary>The share of a fill that an order pays which takes.</summary>
    public required decimal TakerFee { get; init; }

    /// <summary>Fees that hold from a traded volume on.</summary>
    public required IReadOnlyList<VolumeFees> FeeTiers { get; init; }

    /// <summary>How much later than it could every answer is sent.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>Request limits as the live venue has them.</summary>
    public required bool RateLimits { get; init; }

    /// <summary>Counts for the dialect <c>binance</c>.</summary>
    public required BinanceOptions Binance { get; init; }

    /// <summary>Counts for the dialect <c>bybit</c>.</summary>
    public required BybitOptions Bybit { get; init; }
}

/// <summary>The protocols the simulator speaks.</summary>
internal enum VenueDialect
{
    Binance,
    Bybit,
}
