using Workbench.Configuration.Schema;

namespace Workbench.Configuration.Sections;

/// <summary>The keys of <c>connections.*</c>.</summary>
internal static class ConnectionSections
{
    private static readonly Key<Uri?> Rest = Key.Optional("rest", Scalars.Url, "Replaces the plugin's address for requests over HTTP.");
    private static readonly Key<Uri?> Stream = Key.Optional("stream", Scalars.Url, "Replaces the address of the market data stream (Binance).");
    private static readonly Key<Uri?> Api = Key.Optional("api", Scalars.Url, "Replaces the address of the WebSocket API (Binance).");
    private static readonly Key<Uri?> Public = Key.Optional("public", Scalars.Url, "Replaces the address of the public stream (Bybit).");
    private static readonly Key<Uri?> Private = Key.Optional("private", Scalars.Url, "Replaces the address of the private stream (Bybit).");
    private static readonly Key<Uri?> Trade = Key.Optional("trade", Scalars.Url, "Replaces the address for orders over WebSocket (Bybit).");

    private static readonly SectionShape<EndpointsConfig> EndpointsShape = new(
        [Rest, Stream, Api, Public, Private, Trade],
        s => new EndpointsConfig
        {
            Rest = s.Get(Rest),
            Stream = s.Get(Stream),
            Api = s.Get(Api),
            Public = s.Get(Public),
            Private = s.Get(Private),
            Trade = s.Get(Trade),
        });

    private static readonly Key<SecretText?> ApiKey = Key.Secret("api_key", "The venue's API key, from an environment variable.");
    private static readonly Key<SecretText?> ApiSecret = Key.Secret("api_secret", "The HMAC secret of the key, from an environment variable.");
    private static readonly Key<string?> PrivateKeyFile = Key.Optional("private_key_file", Scalars.FilePath, "An Ed25519 private key (PKCS#8 PEM) instead of api_secret.");

    private static readonly SectionShape<CredentialsConfig> CredentialsShape = new(
        [ApiKey, ApiSecret, PrivateKeyFile],
        s => new CredentialsConfig { ApiKey = s.Get(ApiKey), ApiSecret = s.Get(ApiSecret), PrivateKeyFile = s.Get(PrivateKeyFile) });

    private static readonly Key<IReadOnlyList<TimeSpan>> Delays = Key.WithDefault(
        "delays", new ListShape<TimeSpan>(Scalars.Duration("10ms", "10m"), 1, 20), "[1s, 2s, 4s, 8s, 16s]", "The waits before each new try.");

    private static readonly Key<decimal> Jitter = Key.WithDefault("jitter", Scalars.Percent(0, 50), "10%", "The share of a wait that is drawn at random around it.");
    private static readonly Key<TimeSpan> ProbeInterval = Key.WithDefault("probe_interval", Scalars.Duration("1s", "1h"), "60s", "The pace of tries after the last delay; a connection never gives up.");

    private static readonly SectionShape<RetryConfig> RetryShape = new(
        [Delays, Jitter, ProbeInterval],
        s => new RetryConfig { Delays = s.Get(Delays), JitterFraction = s.Get(Jitter), ProbeInterval = s.Get(ProbeInterval) });

    private static readonly Key<int> Failures = Key.WithDefault("failures", Scalars.Whole(1, 1000), "5", "Consecutive failures that open the breaker.");
    private static readonly Key<TimeSpan> OpenFor = Key.WithDefault("open_for", Scalars.Duration("100ms", "1h"), "30s", "How long it stays open before one probe.");
    private static readonly Key<TimeSpan> SlowCall = Key.WithDefault("slow_call", Scalars.Duration("0s", "120s"), "3s", "An answer that takes this long counts as a failure; 0s is never.");

    private static readonly SectionShape<BreakerConfig> BreakerShape = new(
        [Failures, OpenFor, SlowCall],
        s => new BreakerConfig { Failures = s.Get(Failures), OpenFor = s.Get(OpenFor), SlowCall = s.Get(SlowCall) });

    private static readonly Key<string> Plugin = Key.Required("plugin", Scalars.PluginId, "The plugin that speaks the venue's protocol.");
    private static readonly Key<VenueEnvironment> Environment = Key.Required("environment", Scalars.Choice<VenueEnvironment>(), "Which of the venue's systems to use.");
    private static readonly Key<bool> Enabled = Key.WithDefault("enabled", Scalars.Flag, "true", "False keeps the settings but never connects.");
    private static readonly Key<EndpointsConfig> Endpoints = Key.Section("endpoints", EndpointsShape, "Addresses that replace the plugin's own.");
    private static readonly Key<CredentialsConfig> Credentials = Key.Section("credentials", CredentialsShape, "Needed to trade anywhere but in the simulator; only from the environment.");
    private static readonly Key<OfflineBehaviour> Offline = Key.WithDefault("offline", Scalars.Choice<OfflineBehaviour>(), "fail", "Whether a simulated connector stands in when the plugin cannot be loaded.");
    private static readonly Key<TimeSpan> ReceiveWindow = Key.WithDefault("receive_window", Scalars.Duration("100ms", "60s"), "5s", "How old a signed request may be when the venue reads it.");
    private static readonly Key<TimeSpan> ConnectTimeout = Key.WithDefault("connect_timeout", Scalars.Duration("100ms", "60s"), "5s", "The longest wait for a connection to open.");
    private static readonly Key<TimeSpan> RequestTimeout = Key.WithDefault("request_timeout", Scalars.Duration("100ms", "120s"), "10s", "The longest wait for an answer.");
    private static readonly Key<RetryConfig> Retry = Key.Section("retry", RetryShape, "How a lost connection is tried again.");
    private static readonly Key<BreakerConfig> Breaker = Key.Section("breaker", BreakerShape, "When a failing connection is left alone.");
    private static readonly Key<TimeSpan> StaleAfter = Key.WithDefault("stale_after", Scalars.Duration("50ms", "10m"), "2s", "Silence after which the connection counts as degraded.");
    private static readonly Key<TimeSpan> ReadinessInterval = Key.WithDefault("readiness_interval", Scalars.Duration("1s", "1h"), "60s", "How often it is checked whether orders could move there: key, rights, instruments, balances.");
    private static readonly Key<TimeSpan> InstrumentsInterval = Key.WithDefault("instruments_interval", Scalars.Duration("1s", "24h"), "10m", "How often the venue's markets and their rules are read again; a refusal for a rule has them read at once.");

    public static readonly SectionShape<ConnectionConfig> Connection = new(
        [Plugin, Environment, Enabled, Credentials, Endpoints, Offline, ReceiveWindow, ConnectTimeout, RequestTimeout, StaleAfter, ReadinessInterval, InstrumentsInterval, Retry, Breaker],
        s => new ConnectionConfig
        {
            Plugin = s.Get(Plugin),
            Environment = s.Get(Environment),
            Enabled = s.Get(Enabled),
            Endpoints = s.Get(Endpoints),
            Credentials = s.Get(Credentials),
            Offline = s.Get(Offline),
            ReceiveWindow = s.Get(ReceiveWindow),
            ConnectTimeout = s.Get(ConnectTimeout),
            RequestTimeout = s.Get(RequestTimeout),
            Retry = s.Get(Retry),
            Breaker = s.Get(Breaker),
            StaleAfter = s.Get(StaleAfter),
            ReadinessInterval = s.Get(ReadinessInterval),
            InstrumentsInterval = s.Get(InstrumentsInterval),
        });
}
