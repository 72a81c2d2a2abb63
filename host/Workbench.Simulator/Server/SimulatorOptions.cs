using Workbench.Simulator.Binance;
using Workbench.Simulator.Bybit;

namespace Workbench.Simulator.Server;

/// <summary>What the simulator serves.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Shared by all venues; each derives its own streams from it.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Everything random about faults is drawn from it: the same seed and the same clients give the same run.</summary>
    public long FaultSeed { get; init; } = 1;

    public required IReadOnlyList<VenueOptions> Venues { get; init; }
}

/// <summary>One venue of the simulator.</summary>
public sealed record VenueOptions
{
    /// <summary>Free choice, unique in the simulator.</summary>
    public required string Name { get; init; }

    /// <summary><c>binance</c> or <c>bybit</c>.</summary>
    public required string Dialect { get; init; }

    /// <summary>TCP port on 127.0.0.1; 0 picks a free one.</summary>
    public int Port { get; init; }

    /// <summary>Own seed of the venue; null derives it from the simulator's seed and the name.</summary>
    public long? Seed { get; init; }

    /// <summary>Canonical symbols; null lists the default ones. A wire tape lists what it holds instead.</summary>
    public IReadOnlyList<string>? Instruments { get; init; }

    /// <summary>Invented symbols are added up to this number.</summary>
    public int SymbolCount { get; init; }

    /// <summary>A recording to play instead of the synthetic market.</summary>
    public string? TapePath { get; init; }

    /// <summary>Canonical symbol of a trades or klines tape; null takes it from the file name.</summary>
    public string? TapeSymbol { get; init; }

    /// <summary>1 plays as recorded, N plays N times faster, 0 as fast as the readers read.</summary>
    public decimal TapeSpeed { get; init; } = 1m;

    /// <summary>Recorded silence longer than this is cut down to it, before the speed is applied; null keeps all of it.</summary>
    public TimeSpan? TapeLongestGap { get; init; }

    /// <summary>How much later than it could every answer is sent.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How far the venue's clock is ahead of the host's.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Opening balances of the default account; null gives it plenty of each default asset.</summary>
    public IReadOnlyDictionary<string, decimal>? Balances { get; init; }

    public decimal MakerFee { get; init; } = 0.001m;

    public decimal TakerFee { get; init; } = 0.001m;

    /// <summary>Spot fees that hold from a traded volume on, by rising volume; below the first one <see cref="MakerFee"/> and <see cref="TakerFee"/> hold.</summary>
    public IReadOnlyList<VolumeFees> FeeTiers { get; init; } = [];

    /// <summary>HMAC key of the default account; null derives one.</summary>
    public string? ApiKey { get; init; }

    public string? ApiSecret { get; init; }

    /// <summary>
    /// Further keys of the default account: API key → public key, as PEM or base64 SubjectPublicKeyInfo. Ed25519, or RSA of 2048
    /// to 4096 bits; the private half stays with the client, as on the live venue.
    /// </summary>
    public IReadOnlyDictionary<string, string>? PublicKeys { get; init; }

    /// <summary>Request limits as the live venue has them; off for load tests.</summary>
    public bool RateLimits { get; init; } = true;

    /// <summary>What only the <c>binance</c> dialect has; other dialects ignore it.</summary>
    public BinanceOptions Binance { get; init; } = new();

    /// <summary>What only the <c>bybit</c> dialect has; other dialects ignore it.</summary>
    public BybitOptions Bybit { get; init; } = new();
}

/// <summary>Fee rates, as fractions, of an account that traded so much.</summary>
/// <param name="FromVolume">Quote amount traded in the last 30 days, whole days in UTC; amounts in different quote assets are added as they are.</param>
/// <param name="Maker">Of a fill that rested; negative is a rebate.</param>
/// <param name="Taker">Of a fill that took.</param>
public sealed record VolumeFees(decimal FromVolume, decimal Maker, decimal Taker);
