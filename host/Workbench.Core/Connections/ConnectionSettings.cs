using Workbench.Core.Health;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>A connection as configured.</summary>
public sealed record ConnectionSettings
{
    /// <summary>Its name.</summary>
    public required ConnectionId Id { get; init; }

    /// <summary>Retries, probes and breaker.</summary>
    public ResilienceSettings Resilience { get; init; } = new();

    /// <summary>How long subscribed market data may be silent before the connection counts as stale.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Trades and candles may be silent so many times longer than quotes and books before the venue is asked whether any were missed.</summary>
    public const int QuietFactor = 15;

    /// <summary>How long a subscription may take to be acknowledged, and its first quote or book to come after that.</summary>
    public TimeSpan SubscribeWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the venue lets a stream live; it is renewed ahead of that. Null takes what the connector says.</summary>
    public TimeSpan? StreamLifetime { get; init; }

    /// <summary>How often the venue is asked for its time, as a sign of life and for the clock offset; also how long it may take to answer.</summary>
    public TimeSpan HealthInterval => StaleAfter / 2;

    /// <summary>How old a signed request may be at the venue; part of the proof that an unknown order is dead.</summary>
    public TimeSpan ReceiveWindow { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a connection that orders may move to is checked, ahead of need.</summary>
    public TimeSpan ReadinessInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the instruments are read again; a refusal for a market's rule has them read at once.</summary>
    public TimeSpan InstrumentsInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>True where real money is: a key that may withdraw is not used there.</summary>
    public bool RefusesWithdrawals { get; init; }

    /// <summary>True for a tape: it waits for its readers instead of dropping, and is never stale.</summary>
    public bool IsTape { get; init; }
}

/// <summary>What came of opening a connection's connector.</summary>
public abstract record ConnectorOpening
{
    private ConnectorOpening()
    {
    }

    /// <summary>It is there.</summary>
    /// <param name="Connector">The dialect.</param>
    /// <param name="IsSimulated">True when a simulator stands behind it.</param>
    /// <param name="Note">Why it is not what was configured, or null.</param>
    /// <param name="ObserveClock">Takes a clock sample: when asked, when answered, what the venue said.</param>
    /// <param name="Resources">Released after the connector.</param>
    public sealed record Opened(IConnector Connector, bool IsSimulated, string? Note, Action<Timestamp, Timestamp, Timestamp> ObserveClock, IAsyncDisposable Resources) : ConnectorOpening
    {
        /// <summary>Reads what may still be sent; any thread. Answers null when no limit is known.</summary>
        public Func<RateHeadroom?> Headroom { get; init; } = static () => null;

        /// <summary>Reads the ban or pause that keeps everything back, with how long it lasts; any thread. Answers null when there is none.</summary>
        public Func<VenueError?> Hold { get; init; } = static () => null;

        /// <summary>Reads how far the venue's clock is from this host's; any thread. Answers null before the first sample.</summary>
        public Func<ClockReading?> Clock { get; init; } = static () => null;

        /// <summary>Reads how many WebSockets are open; any thread.</summary>
        public Func<int> OpenSockets { get; init; } = static () => 0;

        /// <summary>Reads how the venue's HTTP connections are used; any thread. Empty when there are none.</summary>
        public Func<IReadOnlyList<HttpLaneUse>> Pool { get; init; } = static () => [];
    }

    /// <summary>It can never come up as configured.</summary>
    /// <param name="Reason">Why, and what to do, in one sentence.</param>
    public sealed record Failed(string Reason) : ConnectorOpening;
}

/// <summary>Opens a connection's connector: loads its plugin and builds its transport.</summary>
public delegate Task<ConnectorOpening> OpenConnector(ConnectionId connection, CancellationToken cancellationToken);
