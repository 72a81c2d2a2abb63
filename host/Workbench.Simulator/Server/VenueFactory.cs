using System.Net;
using Microsoft.Extensions.Logging;
using Workbench.Simulator.Crypto;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Flow;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Server;

/// <summary>Composes a venue from its options: seed → instruments → flow → venue → account → dialect → listener.</summary>
internal static class VenueFactory
{
    private static readonly Dictionary<string, decimal> Plenty = new()
    {
        ["USDT"] = 100_000m,
        ["BTC"] = 2m,
        ["ETH"] = 40m,
        ["SOL"] = 500m,
        ["XRP"] = 50_000m,
    };

    public static RunningVenue Build(VenueOptions options, SimulatorOptions all, TimeProvider time, ILoggerFactory log)
    {
        var sharedSeed = unchecked((ulong)all.Seed);
        var seed = options.Seed is { } own ? unchecked((ulong)own) : sharedSeed ^ Pcg32.StreamOf("venue", options.Name);
        var definition = Dialects.All[options.Dialect];
        var clock = new VenueClock(time) { Offset = options.ClockOffset };
        var market = VenueMarket.Create(options, sharedSeed, seed, time);
        var listed = market.Instruments.Select(definition.Adjust ?? (i => i));
        var venue = new SimulatedVenue(options.Name, clock, listed, market.Flow, seed);
        var keys = OpenDefaultAccount(venue, options, seed);
        var faults = new FaultLab(time, options.Name, unchecked((ulong)all.FaultSeed));
        faults.Targets.Venue = venue;
        var dialect = definition.Create(new DialectContext(venue, faults, options, log) { Capture = market.Capture });
        var server = new VenueServer(options.Name, dialect, faults, options.Latency, time, log);
        var handle = new VenueHandle(options, venue, dialect, server, faults, keys) { Tape = market.Tape };
        return new RunningVenue(handle, dialect, server, market, log.CreateLogger("Workbench.Simulator"));
    }

    private static DefaultKeys OpenDefaultAccount(SimulatedVenue venue, VenueOptions options, ulong seed)
    {
        var balances = options.Balances ?? Opening(venue);
        var account = venue.OpenAccount("default", options.MakerFee, options.TakerFee, balances);
        account.FollowsFeeTiers = options.FeeTiers.Count > 0;
        venue.Execute(engine => engine.FeeSchedule.Tiers =
            [.. options.FeeTiers.OrderBy(t => t.FromVolume).Select(t => new FeeTier(t.FromVolume, new FeeRates(t.Maker, t.Taker)))]);
        var keys = DefaultKeys.For(options, seed);
        venue.SetCredential(new ApiCredential(
            keys.ApiKey, CredentialKind.Hmac, System.Text.Encoding.UTF8.GetBytes(keys.ApiSecret), account)
        {
            Addresses = [.. options.Bybit.AllowedAddresses.Select(IPAddress.Parse)],
        });
        venue.SetCredential(new ApiCredential(
            DefaultKeys.Ed25519ApiKey, CredentialKind.Ed25519, Convert.FromHexString(DefaultKeys.Ed25519PublicHex), account));
        foreach (var (name, text) in options.PublicKeys ?? new Dictionary<string, string>())
        {
            if (PublicKey.TryRead(text, out var key, out _))
            {
                venue.SetCredential(new ApiCredential(name, key.Kind, key.Bytes, account));
            }
        }

        return keys;
    }

    // Whatever is listed can be traded: unknown assets get an amount worth about the same.
    private static Dictionary<string, decimal> Opening(SimulatedVenue venue)
    {
        var balances = new Dictionary<string, decimal>(Plenty);
        foreach (var market in venue.Markets)
        {
            balances.TryAdd(market.Instrument.QuoteAsset, 100_000m);
            balances.TryAdd(market.Instrument.BaseAsset, Math.Max(1, decimal.Round(100_000m / Math.Max(market.Instrument.ReferencePrice, 0.00000001m))));
        }

        return balances;
    }
}
