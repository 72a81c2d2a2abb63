using Workbench.Configuration;
using Workbench.Transport;
using Workbench.Transport.Budgets;
using RoutePolicy = Workbench.Sdk.RoutePolicy;
using VenueEnvironment = Workbench.Sdk.VenueEnvironment;

namespace Workbench.Composition;

/// <summary>Everything it takes to open one connection's connector.</summary>
internal sealed record ConnectionPlan
{
    /// <summary>The plugin that speaks the venue's protocol.</summary>
    public required string Plugin { get; init; }

    public required VenueEnvironment Environment { get; init; }

    /// <summary>Addresses that replace the plugin's own.</summary>
    public required IReadOnlyDictionary<string, Uri> Endpoints { get; init; }

    /// <summary>The public half of the credentials; null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Gives the secret half when the signer is made, and not before.</summary>
    public Func<string>? Secret { get; init; }

    /// <summary>True when a simulator may stand in for a plugin that cannot be loaded.</summary>
    public bool MaySimulate { get; init; }

    public TimeSpan ReceiveWindow { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Who sees the public market data as it comes off the wire. Such a connection has no credentials.</summary>
    public IWireTap? Tap { get; init; }

    /// <summary>True for a venue of this process, which begins anew with it.</summary>
    public bool IsEmbedded { get; init; }

    /// <summary>What the venue is to this host.</summary>
    public PoolRole Role { get; init; } = PoolRole.Primary;

    /// <summary>The HTTP connections it shares with all others that go to the same venue in the same role.</summary>
    public HttpPoolKey PoolKey => new(VenueAddress.Of(this), Role);

    public bool IsSimulated => Environment == VenueEnvironment.Simulator;

    /// <summary>What a connection is to this host: a primary where any route prefers it or shares its load with it, for data or trading; a backup elsewhere.</summary>
    public static PoolRole RoleOf(string connection, WorkbenchConfig config) =>
        config.Routes.Values.Any(r => IsFirst(r.Data, connection) || IsFirst(r.Trading, connection)) ? PoolRole.Primary : PoolRole.Backup;

    /// <summary>Reads a connection of the configuration. A simulated one gets the addresses and keys of its venue.</summary>
    public static ConnectionPlan From(ConnectionConfig config, SimulatedAccess? simulated) => new()
    {
        Plugin = config.Plugin,
        Environment = Enum.Parse<VenueEnvironment>(config.Environment.ToString()),
        Endpoints = config.Endpoints.IsEmpty && simulated is not null ? simulated.Endpoints : Addresses(config.Endpoints),
        IsEmbedded = config.Endpoints.IsEmpty && simulated is not null,
        ApiKey = config.Credentials.ApiKey?.Reveal() ?? simulated?.ApiKey,
        Secret = SecretOf(config.Credentials) ?? (simulated is null ? null : () => simulated.ApiSecret),
        MaySimulate = config.Offline == OfflineBehaviour.Simulate,
        ReceiveWindow = config.ReceiveWindow,
        ConnectTimeout = config.ConnectTimeout,
        RequestTimeout = config.RequestTimeout,
    };

    private static bool IsFirst(RouteLegConfig? leg, string connection) => leg is not null
        && (leg.Policy == RoutePolicy.PrimarySecondary ? leg.Primary == connection : leg.Connections.Any(c => c.Name == connection));

    private static Func<string>? SecretOf(CredentialsConfig credentials) => credentials switch
    {
        { ApiSecret: { } secret } => secret.Reveal,
        { PrivateKeyFile: { } file } => () => File.ReadAllText(file),
        _ => null,
    };

    private static Dictionary<string, Uri> Addresses(EndpointsConfig endpoints) =>
        new (string Name, Uri? Address)[]
        {
            ("rest", endpoints.Rest), ("stream", endpoints.Stream), ("api", endpoints.Api), ("public", endpoints.Public), ("private", endpoints.Private), ("trade", endpoints.Trade),
        }.Where(e => e.Address is not null).ToDictionary(e => e.Name, e => e.Address!);
}

/// <summary>How a connection reaches its simulated venue.</summary>
/// <param name="Endpoints">Addresses by the dialect's names.</param>
/// <param name="ApiKey">The key of the default account.</param>
/// <param name="ApiSecret">Its secret; worthless anywhere else.</param>
internal sealed record SimulatedAccess(IReadOnlyDictionary<string, Uri> Endpoints, string ApiKey, string ApiSecret);
