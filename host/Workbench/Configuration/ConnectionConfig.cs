namespace Workbench.Configuration;

/// <summary>One connection to a venue.</summary>
internal sealed record ConnectionConfig
{
    /// <summary>The plugin that speaks the venue's protocol.</summary>
    public required string Plugin { get; init; }

    /// <summary>Which of the venue's systems.</summary>
    public required VenueEnvironment Environment { get; init; }

    /// <summary>False keeps the settings but never connects.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Addresses that replace the plugin's own; a member is null where the plugin's own holds.</summary>
    public required EndpointsConfig Endpoints { get; init; }

    public required CredentialsConfig Credentials { get; init; }

    /// <summary>What stands in when the plugin cannot be loaded.</summary>
    public required OfflineBehaviour Offline { get; init; }

    /// <summary>How long after its time stamp the venue may still accept a request.</summary>
    public required TimeSpan ReceiveWindow { get; init; }

    public required TimeSpan ConnectTimeout { get; init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required RetryConfig Retry { get; init; }

    public required BreakerConfig Breaker { get; init; }

    /// <summary>How often it is checked whether orders could move there.</summary>
    public required TimeSpan ReadinessInterval { get; init; }

    /// <summary>How often the instruments are read again.</summary>
    public required TimeSpan InstrumentsInterval { get; init; }

    /// <summary>Silence on the market data stream after which the connection counts as degraded.</summary>
    public required TimeSpan StaleAfter { get; init; }
}

/// <summary>A venue's systems.</summary>
internal enum VenueEnvironment
{
    /// <summary>Our simulator, in the venue's dialect.</summary>
    Simulator,

    /// <summary>The venue's test network.</summary>
    Testnet,

    /// <summary>The venue's demo trading on live prices.</summary>
    Demo,

    /// <summary>Real money.</summary>
    Live,
}

/// <summary>What happens when a connection's plugin cannot be loaded.</summary>
internal enum OfflineBehaviour
{
    /// <summary>The connection shows as failed.</summary>
    Fail,

    /// <summary>A simulated connector, marked as such, stands in.</summary>
    Simulate,
}

/// <summary>Address overrides; which of them a venue has is its plugin's matter.</summary>
internal sealed record EndpointsConfig
{
    public required Uri? Rest { get; init; }

    public required Uri? Stream { get; init; }

    public required Uri? Api { get; init; }

    public required Uri? Public { get; init; }

    public required Uri? Private { get; init; }

    public required Uri? Trade { get; init; }

    /// <summary>True when no address is replaced.</summary>
    public bool IsEmpty => this is { Rest: null, Stream: null, Api: null, Public: null, Private: null, Trade: null };
}

/// <summary>Credentials: either none, or a key with exactly one of <see cref="ApiSecret"/> and <see cref="PrivateKeyFile"/>.</summary>
internal sealed record CredentialsConfig
{
    public required SecretText? ApiKey { get; init; }

    /// <summary>The HMAC secret.</summary>
    public required SecretText? ApiSecret { get; init; }

    /// <summary>An Ed25519 private key, PKCS#8 PEM.</summary>
    public required string? PrivateKeyFile { get; init; }

    /// <summary>True when there is a key to sign with.</summary>
    public bool IsPresent => ApiKey is not null;
}

/// <summary>How a lost connection is tried again.</summary>
internal sealed record RetryConfig
{
    /// <summary>The waits before the first, second... new try.</summary>
    public required IReadOnlyList<TimeSpan> Delays { get; init; }

    /// <summary>The share of a wait that is drawn at random around it: 0.1 is 10 %.</summary>
    public required decimal JitterFraction { get; init; }

    /// <summary>The pace of probes after the last delay.</summary>
    public required TimeSpan ProbeInterval { get; init; }
}

/// <summary>When a connection is left alone.</summary>
internal sealed record BreakerConfig
{
    /// <summary>Consecutive failures that open it.</summary>
    public required int Failures { get; init; }

    public required TimeSpan OpenFor { get; init; }

    /// <summary>An answer that takes this long counts as a failure; zero for never.</summary>
    public required TimeSpan SlowCall { get; init; }
}
