using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Core.Health;

/// <summary>What follows from the facts about a connection: its state, whether data and orders work, and why not. Pure.</summary>
/// <param name="Facts">What is known.</param>
/// <param name="Data">How its market data is.</param>
/// <param name="Explain">Puts a failure into words that say whose fault it is.</param>
internal readonly record struct Diagnosis(HealthFacts Facts, DataFlow Data, Func<VenueError, string> Explain)
{
    /// <summary>Clocks that differ by more than this stop orders: what we call fresh would be old there, and the other way round.</summary>
    public static readonly TimeSpan MostSkew = TimeSpan.FromMilliseconds(500);

    public bool DataUp =>
        Facts is { Failure: null, IsReady: true, MarketUp: true, IsDraining: false } && !Data.IsSilent && (Facts.Answers || Data.IsHeardLately);

    public bool TradingUp => DataUp && Facts is { HasTrading: true, UserUp: true } && NoOrders is null;

    /// <summary>True when orders could be sent but for a halt.</summary>
    public bool IsTradable => DataUp && Facts is { HasTrading: true, UserUp: true } && Obstacle is null;

    public ConnectionState State => Facts switch
    {
        { Failure: not null } => ConnectionState.Failed,
        { IsDraining: true } => ConnectionState.Draining,
        { IsReady: false } => Facts.WasReady || Facts.NotReady is not null ? ConnectionState.Down : ConnectionState.Connecting,
        { Stale: not null } when DataUp => ConnectionState.Degraded,
        { Held: null } when DataUp && !Facts.HasTrading => ConnectionState.Connected,
        _ when DataUp => TradingUp && Facts.Restriction is null ? ConnectionState.Connected : ConnectionState.Degraded,
        { MarketUp: false, MarketTrouble: null } => ConnectionState.Connecting,
        _ => ConnectionState.Down,
    };

    public string Reason => Facts switch
    {
        { Failure: { } failure } => failure,
        { IsDraining: true } => "closing",
        { Held: { } held } => held,
        { ReadMaintenance: { } closed } when !DataUp => Maintenance(closed),
        { IsReady: false } => Facts.NotReady is { } trouble ? Retrying(trouble) : Facts.Phase,
        { MarketUp: false } => MarketDown,
        _ when Data.IsSilent => Silent,
        _ when !DataUp => NoAnswer,
        _ when Facts.HasTrading && !TradingUp => Facts.Stale is { } stale ? $"no trading: {NoTrading}; {stale}" : $"no trading: {NoTrading}",
        { Stale: { } stale } => stale,
        { HasTrading: false } => "ok",
        { Restriction: { } restriction } => restriction.Why,
        _ => "ok",
    };

    /// <summary>Why market data does not stream.</summary>
    public string MarketDown => Facts.MarketTrouble is { } trouble ? Down("market stream", trouble) : "no market stream yet";

    public string Silent => Data.HeardAt is { } at ? $"market data silent since {Clock(at)}" : "no market data has come";

    public string UserDown => Facts.UserTrouble is { } trouble ? Down("user stream", trouble) : "no user stream yet";

    /// <summary>Why the venue counts as not answering.</summary>
    public string NoAnswer => Facts.ProbeTrouble is { } trouble ? $"no answer since {Clock(trouble.Since)} ({Words(trouble)})" : "no answer";

    /// <summary>Why no order may be sent, whatever the streams do; null when they may.</summary>
    public string? NoOrders => Facts.Halts.Count > 0 ? $"HALTED: {string.Join("; ", Facts.Halts.Values)}" : Obstacle;

    private string? Obstacle => Facts switch
    {
        { Held: { } held } => held,
        { Maintenance: { } closed } => Maintenance(closed),
        { Answers: false } => NoAnswer,
        { IsClockSuspect: true } => "the venue refused the time of a request; its clock is being asked",
        _ when SkewText is { } skew => skew,
        { Unauthorised: { } refused } => Account(refused),
        { AccountTrouble: { } trouble, IsSynchronised: false } => Account(trouble),
        { UserUp: true, IsSynchronised: false } => "reading the account",
        { IsRestricted: true, Restriction: { } restriction } => restriction.Why,
        { TradingBreaker: BreakerState.Isolated } => "isolated by an operator",
        { TradingBreaker: not BreakerState.Closed } => "the circuit breaker is open after repeated failures",
        _ => null,
    };

    /// <summary>Why the clocks keep orders back; null when they do not. Only what the probes prove counts: a slow answer proves little.</summary>
    public string? SkewText => Facts.Clock switch
    {
        { Low: var low } when low > MostSkew => Skew(low, "ahead of"),
        { High: var high } when high < -MostSkew => Skew(-high, "behind"),
        _ => null,
    };

    private string NoTrading => Facts switch
    {
        { Maintenance: { } closed } => Maintenance(closed),
        { Held: { } held } => held,
        { UserUp: false } => UserDown,
        _ => NoOrders ?? "ok",
    };

    /// <summary>A moment as people say it: UTC, to the second.</summary>
    public static string Clock(Timestamp at) => at.ToDateTimeOffset().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Maintenance(Trouble closed) => $"MAINTENANCE since {Clock(closed.Since)}: {closed.Why}";

    private static string Skew(TimeSpan by, string direction) => string.Create(
        CultureInfo.InvariantCulture,
        $"the venue's clock is {by.TotalSeconds:0.0##} s {direction} this machine's; orders wait until they agree within {MostSkew.TotalSeconds:0.#} s");

    private string Account(Trouble trouble) => trouble.Error?.Kind == VenueErrorKind.Authentication
        ? $"AUTH: {Words(trouble)}"
        : $"the account cannot be read since {Clock(trouble.Since)} ({Words(trouble)})";

    private string Down(string what, Trouble trouble) => $"{(trouble.Error?.Kind == VenueErrorKind.Authentication ? "AUTH: " : "")}{what} down since {Clock(trouble.Since)} ({Words(trouble)}){Next(trouble)}";

    private string Retrying(Trouble trouble) => $"{Words(trouble)}{Next(trouble)}";

    private string Words(Trouble trouble)
    {
        var words = trouble.Error is { Kind: VenueErrorKind.Local } ours ? Explain(ours) : trouble.Why;
        return trouble.Error?.Code is { } code && !words.Contains(code, StringComparison.OrdinalIgnoreCase) ? $"{words}, {code}" : words;
    }

    private static string Next(Trouble trouble) =>
        trouble.Next is { } next ? string.Create(CultureInfo.InvariantCulture, $"; next attempt in {next.TotalSeconds:0.#} s") : "";
}

/// <summary>How a connection's market data is at one moment.</summary>
/// <param name="IsSilent">True when subscribed data has not come for longer than it may.</param>
/// <param name="IsHeardLately">True when some has come within that time.</param>
/// <param name="HeardAt">When the newest came; null before the first.</param>
internal readonly record struct DataFlow(bool IsSilent, bool IsHeardLately, Timestamp? HeardAt);
