namespace Workbench.Simulator.Binance;

/// <summary>Whether account events overtake the reply to the request that caused them.</summary>
public enum AccountEventOrder
{
    /// <summary>Both go out as soon as they can; either may arrive first, as on the live venue.</summary>
    Race,

    /// <summary>The reply waits until the events were sent, and <see cref="BinanceOptions.AccountEventDelay"/> more.</summary>
    BeforeReply,

    /// <summary>The events wait until the reply was sent, and <see cref="BinanceOptions.AccountEventDelay"/> more.</summary>
    AfterReply,
}

/// <summary>Choices of the <c>binance</c> dialect. The defaults are what the live venue does.</summary>
public sealed record BinanceOptions
{
    /// <summary>Between two ping frames of the server, on all sockets: 10 ms to 1 hour, default 20 s.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A connection whose oldest ping is unanswered for this long is closed: 10 ms to 1 hour, default 60 s.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A socket is closed when it is this old: 10 ms to 7 days, default 24 hours.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Socket connects allowed to one address in five minutes: 1 to 1 000 000, default 300. Counts when rate limits are on.</summary>
    public int MaxConnectionsPerFiveMinutes { get; init; } = 300;

    /// <summary>Off accepts a signed request however old or early its timestamp is; on by default.</summary>
    public bool ChecksTimestamps { get; init; } = true;

    /// <summary>
    /// On brings back what ended on 2026-02-20: POST, PUT and DELETE /api/v3/userDataStream, and account events without a
    /// wrapper on /ws/LISTENKEY. Off by default: these answer 410.
    /// </summary>
    public bool HasListenKeys { get; init; }

    /// <summary>Whether account events come before or after the reply; by default as it happens.</summary>
    public AccountEventOrder AccountEvents { get; init; } = AccountEventOrder.Race;

    /// <summary>
    /// Extra time between reply and account events unless they race: 0 to 10 minutes, default 0. Long after the reply is
    /// <see cref="AccountEventOrder.AfterReply"/> with a delay of seconds.
    /// </summary>
    public TimeSpan AccountEventDelay { get; init; }

    /// <summary>
    /// On tells of a new order the engine refused by an executionReport too, not only by the reply. Off by default; the new
    /// half of a cancel-replace has its event either way.
    /// </summary>
    public bool HasRejectionEvents { get; init; }

    /// <summary>
    /// On pays the commissions of the default account in BNB at three quarters of the rate, as long as BNB has a price in the
    /// quote asset and the account has enough of it. Off by default.
    /// </summary>
    public bool PaysFeesInBnb { get; init; }

    /// <summary>Errors of market streams inside an <c>error</c> member (what clients parse, the default) or flat (what is documented).</summary>
    public bool HasNestedStreamErrors { get; init; } = true;

    internal IEnumerable<string> Problems()
    {
        if (!IsWithin(PingInterval, TimeSpan.FromHours(1)))
        {
            yield return "the ping interval must be 10 ms to 1 hour";
        }

        if (!IsWithin(PongTimeout, TimeSpan.FromHours(1)))
        {
            yield return "the pong timeout must be 10 ms to 1 hour";
        }

        if (!IsWithin(ConnectionLifetime, TimeSpan.FromDays(7)))
        {
            yield return "the connection lifetime must be 10 ms to 7 days";
        }

        if (MaxConnectionsPerFiveMinutes is < 1 or > 1_000_000)
        {
            yield return "the connection limit must be 1 to 1 000 000";
        }

        if (AccountEventDelay < TimeSpan.Zero || AccountEventDelay > TimeSpan.FromMinutes(10))
        {
            yield return "the account event delay must be 0 to 10 minutes";
        }
    }

    private static bool IsWithin(TimeSpan value, TimeSpan most) => value >= TimeSpan.FromMilliseconds(10) && value <= most;
}
