using Workbench.Composition;
using Workbench.Configuration;
using Workbench.Simulator.Server;

namespace Workbench.Faults.Tests.Rigging;

/// <summary>The configuration of a rig: short limits, two venues, and what a test lays over it. It is read by the host's own loader.</summary>
internal static class RigConfiguration
{
    private const string Base = """
        environment: simulation
        connections:
          binance:
            plugin: Workbench.Plugins.Binance
            environment: simulator
            connect_timeout: 1s
            request_timeout: 2s
            stale_after: 400ms
            retry: { delays: [50ms, 100ms, 200ms], jitter: 0%, probe_interval: 1s }
            breaker: { failures: 5, open_for: 500ms }
          bybit:
            plugin: Workbench.Plugins.Bybit
            environment: simulator
            connect_timeout: 1s
            request_timeout: 2s
            stale_after: 400ms
            retry: { delays: [50ms, 100ms, 200ms], jitter: 0%, probe_interval: 1s }
            breaker: { failures: 5, open_for: 500ms }
        routes:
          default:
            symbols: ["*"]
            data: { policy: primary-secondary, primary: binance, secondary: bybit, failback_after: 500ms }
            trading: { policy: primary-secondary, primary: binance, secondary: bybit, failback_after: 500ms }
        risk:
          max_orders_per_second: 1000
          max_open_orders: 1000
        cache: { plugin: Workbench.Plugins.MemoryCache }
        storage: { directory: data, journal: { durability: os } }
        simulator:
          seed: 7
          venues:
            binance: { dialect: binance, symbols: [BTC/USDT, ETH/USDT], balances: { USDT: 100000, BTC: 1, ETH: 20 } }
            bybit: { dialect: bybit, symbols: [BTC/USDT, ETH/USDT], balances: { USDT: 100000, BTC: 1, ETH: 20 } }
        """;

    private const string OnlyBinance = """
        connections: { bybit: null }
        routes: { default: { data: { secondary: null }, trading: { secondary: null } } }
        simulator: { venues: { bybit: null } }
        """;

    /// <summary>The simulator that the configuration asks for.</summary>
    public static SimulatorOptions Simulator(RigOptions options) =>
        SimulatorSettings.From(Load(Text(options), options.Directory, static _ => null).Simulator);

    /// <summary>The host's configuration: its venues run outside of it, so that it can be restarted while they live.</summary>
    public static WorkbenchConfig Host(RigOptions options, IReadOnlyDictionary<string, VenueHandle> venues)
    {
        var reached = string.Join('\n', venues.Select(v => Reach(v.Key, EmbeddedSimulator.AccessTo(v.Value))).Prepend("connections:"));
        var first = EmbeddedSimulator.AccessTo(venues["binance"]);
        var clones = options.Clones == 0 ? "" : string.Join('\n', Enumerable.Range(1, options.Clones).Select(i => Clone(i, first)).Prepend("connections:"));
        var keys = venues.ToDictionary(v => KeyName(v.Key), v => v.Value.ApiKey).Concat(venues.ToDictionary(v => SecretName(v.Key), v => v.Value.ApiSecret)).ToDictionary();
        return Load(RigYaml.Merge(Text(options), "simulator: { embedded: false }", reached, clones, options.Yaml, options.HostYaml), options.Directory, keys.GetValueOrDefault);
    }

    private static string Text(RigOptions options) => RigYaml.Merge(Base, options.OneVenue ? OnlyBinance : "", options.Yaml);

    private static string Reach(string venue, SimulatedAccess access) => $$"""
          {{venue}}:
            credentials: { api_key: "${{{KeyName(venue)}}}", api_secret: "${{{SecretName(venue)}}}" }
            endpoints: { {{string.Join(", ", access.Endpoints.Select(e => $"{e.Key}: \"{e.Value}\""))}} }
        """;

    private static string Clone(int number, SimulatedAccess access) => $$"""
          binance-{{number}}:
            plugin: Workbench.Plugins.Binance
            environment: simulator
            endpoints: { {{string.Join(", ", access.Endpoints.Select(e => $"{e.Key}: \"{e.Value}\""))}} }
        """;

    private static string KeyName(string venue) => $"{venue.ToUpperInvariant()}_KEY";

    private static string SecretName(string venue) => $"{venue.ToUpperInvariant()}_SECRET";

    private static WorkbenchConfig Load(string text, string directory, Func<string, string?> environment) =>
        ConfigurationLoader.LoadText(text, environment, directory: directory) switch
        {
            ConfigurationResult.Loaded loaded => loaded.Config,
            ConfigurationResult.Refused refused => throw new ArgumentException($"The rig's configuration is refused:\n{string.Join('\n', refused.Errors)}\n\n{text}"),
            var other => throw new InvalidOperationException(other.ToString()),
        };
}
