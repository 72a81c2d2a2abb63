using System.Net;

namespace Workbench.Simulator.Bybit;

/// <summary>When the private stream tells what became of a request.</summary>
public enum PushTiming
{
    /// <summary>As soon as it happened; push and answer overtake each other as on the live venue.</summary>
    Race,

    /// <summary>The answer waits until the pushes were sent, and <see cref="BybitOptions.PushDelay"/> more.</summary>
    BeforeAnswer,

    /// <summary>The pushes wait until the answer was sent, and <see cref="BybitOptions.PushDelay"/> more.</summary>
    AfterAnswer,

    /// <summary>Private streams push nothing: only queries show what happened.</summary>
    Never,
}

/// <summary>Choices of the <c>bybit</c> dialect. The defaults are what the live venue does.</summary>
public sealed record BybitOptions
{
    /// <summary>Private pushes before, after or without the answer; by default as it happens.</summary>
    public PushTiming Pushes { get; init; } = PushTiming.Race;

    /// <summary>
    /// Extra time between answer and pushes unless they race: 0 to 10 minutes, default 0. Long after the answer is
    /// <see cref="PushTiming.AfterAnswer"/> with a delay of seconds.
    /// </summary>
    public TimeSpan PushDelay { get; init; }

    /// <summary>On refuses a spot post-only order that would take with 170218 at once; off (default) accepts and then cancels it.</summary>
    public bool RefusesTakingPostOnly { get; init; }

    /// <summary>
    /// On takes a cancel of a filled order that comes within <see cref="LateCancelWindow"/> and pushes the filled order again with the
    /// cancel's reason; off (default) answers that there is no such order.
    /// </summary>
    public bool AcceptsLateCancels { get; init; }

    /// <summary>How long after the fill a cancel counts as late rather than wrong: 1 ms to 1 hour, default 10 s.</summary>
    public TimeSpan LateCancelWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>On moves a spot price beyond the price limit to the limit; off (default) refuses it. An account may change it for itself.</summary>
    public bool MovesSpotPrices { get; init; }

    /// <summary>The same for contracts, where on is the default.</summary>
    public bool MovesLinearPrices { get; init; } = true;

    /// <summary>How long an orderLinkId stays taken after its order ended: 0 to 30 days, default 1 day.</summary>
    public TimeSpan LinkIdReservation { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Most perpetuals in one page of instruments-info, whatever limit asks for: 1 to 1000, default 1000.</summary>
    public int InstrumentPageSize { get; init; } = 1000;

    /// <summary>How often perpetuals settle funding, counted from midnight UTC: 1 minute to 1 day in whole minutes, default 8 hours.</summary>
    public TimeSpan FundingInterval { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Requests of one address in five seconds before it is banned: 1 to 1 000 000, default 600. Counts when rate limits are on.</summary>
    public int MaxRequestsPerFiveSeconds { get; init; } = 600;

    /// <summary>How long such a ban lasts: 10 ms to 1 day, default 10 minutes.</summary>
    public TimeSpan AddressBan { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>WebSocket connects allowed to one address in five minutes: 1 to 1 000 000, default 500. Counts when rate limits are on.</summary>
    public int MaxConnectionsPerFiveMinutes { get; init; } = 500;

    /// <summary>A socket silent in both directions for this long is closed, unless max_active_time says otherwise: 10 ms to 1 day, default 10 minutes.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Off accepts a signed request however old or early its timestamp is; on by default.</summary>
    public bool ChecksTimestamps { get; init; } = true;

    /// <summary>IP addresses that the default account's key may be used from; empty (default) allows all.</summary>
    public IReadOnlyList<string> AllowedAddresses { get; init; } = [];

    /// <summary>On plays the demo host, which has no order entry over WebSocket; off by default.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Closed orders that order/realtime still lists with openOnly=1, per account and category: 1 to 500, default 500.</summary>
    public int RecentClosedOrders { get; init; } = 500;

    /// <summary>Announced maintenance, by its times after the venue's start; none by default.</summary>
    public IReadOnlyList<PlannedMaintenance> Maintenance { get; init; } = [];

    internal IEnumerable<string> Problems()
    {
        if (PushDelay < TimeSpan.Zero || PushDelay > TimeSpan.FromMinutes(10))
        {
            yield return "the push delay must be 0 to 10 minutes";
        }

        if (LateCancelWindow < TimeSpan.FromMilliseconds(1) || LateCancelWindow > TimeSpan.FromHours(1))
        {
            yield return "the late cancel window must be 1 ms to 1 hour";
        }

        if (LinkIdReservation < TimeSpan.Zero || LinkIdReservation > TimeSpan.FromDays(30))
        {
            yield return "the reservation of order link ids must be 0 to 30 days";
        }

        if (FundingInterval < TimeSpan.FromMinutes(1) || FundingInterval > TimeSpan.FromDays(1) || FundingInterval.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            yield return "the funding interval must be 1 minute to 1 day in whole minutes";
        }

        if (InstrumentPageSize is < 1 or > 1000)
        {
            yield return "the instrument page must be 1 to 1000";
        }

        if (MaxRequestsPerFiveSeconds is < 1 or > 1_000_000 || MaxConnectionsPerFiveMinutes is < 1 or > 1_000_000)
        {
            yield return "the address limits must be 1 to 1 000 000";
        }

        if (!IsShort(AddressBan) || !IsShort(IdleLimit))
        {
            yield return "the address ban and the idle limit must be 10 ms to 1 day";
        }

        if (RecentClosedOrders is < 1 or > 500)
        {
            yield return "the number of recent closed orders must be 1 to 500";
        }

        foreach (var address in AllowedAddresses.Where(a => !IPAddress.TryParse(a, out _)))
        {
            yield return $"'{address}' is no IP address";
        }

        foreach (var maintenance in Maintenance.Where(m => m.Begin < TimeSpan.Zero || m.Duration <= TimeSpan.Zero))
        {
            yield return $"the maintenance '{maintenance.Title}' must begin after the start and take some time";
        }
    }

    private static bool IsShort(TimeSpan value) => value >= TimeSpan.FromMilliseconds(10) && value <= TimeSpan.FromDays(1);
}

/// <summary>A maintenance of the venue: private and trade sockets are closed, and order requests fail until it is over.</summary>
/// <param name="Begin">After the venue's start.</param>
/// <param name="Duration">More than zero.</param>
/// <param name="Title">What the announcement calls it.</param>
public sealed record PlannedMaintenance(TimeSpan Begin, TimeSpan Duration, string Title = "Scheduled maintenance");
