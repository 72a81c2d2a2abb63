using Microsoft.Extensions.Logging;

namespace Workbench.Sdk;

/// <summary>Which of a venue's worlds a connection lives in.</summary>
public enum VenueEnvironment
{
    /// <summary>Real money.</summary>
    Live,

    /// <summary>The venue's test network.</summary>
    Testnet,

    /// <summary>The venue's demo trading on live prices.</summary>
    Demo,

    /// <summary>A local simulator that speaks the venue's protocol.</summary>
    Simulator,
}

/// <summary>Everything a connector gets from its host. Every member is safe on any thread.</summary>
public sealed record ConnectorContext
{
    /// <summary>The connection's name in the configuration.</summary>
    public required ConnectionId Connection { get; init; }

    /// <summary>The world it lives in.</summary>
    public required VenueEnvironment Environment { get; init; }

    /// <summary>Addresses by the dialect's own names (documented by each plugin, such as <c>rest</c> and <c>stream</c>); they replace the environment's defaults.</summary>
    public required IReadOnlyDictionary<string, Uri> Endpoints { get; init; }

    /// <summary>How old a signed request may be when it reaches the venue; the venue refuses older ones.</summary>
    public required TimeSpan ReceiveWindow { get; init; }

    /// <summary>Sends HTTP requests.</summary>
    public required IHttpTransport Http { get; init; }

    /// <summary>Opens WebSockets.</summary>
    public required IWebSocketTransport WebSockets { get; init; }

    /// <summary>Signs, or null when the connection has no credentials.</summary>
    public ISigner? Signer { get; init; }

    /// <summary>What may still be sent.</summary>
    public required IRateBudget Budget { get; init; }

    /// <summary>The venue's clock as far as it is known.</summary>
    public required IVenueClock VenueClock { get; init; }

    /// <summary>This host's clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The connection's log.</summary>
    public required ILogger Logger { get; init; }
}

/// <summary>The venue's clock, estimated by the host from <see cref="IConnector.GetServerTimeAsync"/>; kept slightly behind rather than ahead.</summary>
public interface IVenueClock
{
    /// <summary>The moment at the venue.</summary>
    Timestamp Now { get; }

    /// <summary>Venue time minus host time.</summary>
    TimeSpan Offset { get; }
}
