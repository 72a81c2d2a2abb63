using Workbench.Simulator.Faults;
using Workbench.Simulator.Tapes;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Server;

/// <summary>A running venue: where it is, who may trade there, what can go wrong.</summary>
public sealed class VenueHandle
{
    private readonly VenueServer _server;
    private readonly IDialect _dialect;

    internal VenueHandle(VenueOptions options, SimulatedVenue venue, IDialect dialect, VenueServer server, FaultLab faults, DefaultKeys keys)
    {
        _server = server;
        _dialect = dialect;
        Options = options;
        Venue = venue;
        Faults = faults;
        Keys = keys;
    }

    public string Name => Options.Name;

    public string Dialect => Options.Dialect;

    public int Port => _server.Port;

    public VenueOptions Options { get; }

    /// <summary>Canonical names of the markets it lists, such as <c>BTC/USDT</c>.</summary>
    public IReadOnlyList<string> Symbols => [.. Venue.Markets.Select(m => $"{m.Instrument.BaseAsset}/{m.Instrument.QuoteAsset}")];

    /// <summary>REST base, no path.</summary>
    public Uri Rest => Address("rest");

    /// <summary>All addresses by name: <c>rest</c>, and what the dialect adds (<c>stream</c>, <c>ws-api</c>, …).</summary>
    public IReadOnlyDictionary<string, Uri> Addresses => _dialect.Endpoints.ToDictionary(e => e.Name, e => Address(e.Name));

    /// <summary>HMAC key of the default account.</summary>
    public string ApiKey => Keys.ApiKey;

    public string ApiSecret => Keys.ApiSecret;

    /// <summary>Ed25519 key of the default account; the private half is in <see cref="Ed25519Pkcs8"/>.</summary>
    public string Ed25519ApiKey => DefaultKeys.Ed25519ApiKey;

    /// <summary>PKCS#8 private key, base64, that goes with <see cref="Ed25519ApiKey"/>: a public test vector, worthless elsewhere.</summary>
    public string Ed25519Pkcs8 => DefaultKeys.Ed25519Pkcs8;

    public FaultLab Faults { get; }

    /// <summary>The recording being played, if the venue has one.</summary>
    public ITape? Tape { get; internal init; }

    internal SimulatedVenue Venue { get; }

    internal DefaultKeys Keys { get; }

    /// <summary>
    /// Announces a planned shutdown on every open socket, as the venue's protocol does (Binance: <c>serverShutdown</c>), and
    /// closes those sockets when the notice is over. New connections are accepted all the while.
    /// </summary>
    public Task ShutDownConnectionsAsync(TimeSpan notice, CancellationToken cancellationToken = default) =>
        _dialect.ShutDownConnectionsAsync(notice, cancellationToken);

    public Uri Address(string name)
    {
        var endpoint = _dialect.Endpoints.FirstOrDefault(e => e.Name == name)
            ?? throw new ArgumentException($"Venue '{Name}' has no address '{name}'.", nameof(name));
        return new UriBuilder(endpoint.Scheme, "127.0.0.1", Port, endpoint.Path).Uri;
    }
}
