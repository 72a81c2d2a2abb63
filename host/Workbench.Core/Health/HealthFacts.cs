using Workbench.Sdk;

namespace Workbench.Core.Health;

/// <summary>Everything that is known about a connection. Its owner's lock guards it; what follows from it is written in <see cref="Diagnosis"/>.</summary>
internal sealed class HealthFacts
{
    /// <summary>So many unanswered probes in a row say that the venue is not there. Data that flows says more than any probe.</summary>
    public const int MostProbeFailures = 2;

    /// <summary>What bringing it up has come to.</summary>
    public string Phase { get; set; } = "starting";

    /// <summary>Why bringing it up failed last; null while it has not.</summary>
    public Trouble? NotReady { get; set; }

    /// <summary>Why it can never come up, or null.</summary>
    public string? Failure { get; set; }

    /// <summary>Why it is not what was configured, or null.</summary>
    public string? Note { get; set; }

    public bool IsSimulated { get; set; }

    public bool HasTrading { get; set; }

    public bool IsReady { get; set; }

    public bool WasReady { get; set; }

    public bool IsDraining { get; set; }

    public bool MarketUp { get; set; }

    /// <summary>Why the market stream is down; null while it is up and before it ever was.</summary>
    public Trouble? MarketTrouble { get; set; }

    public bool HasSubscriptions { get; set; }

    /// <summary>True from a silence until data has come again: a socket alone proves nothing then.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>Subscriptions that are stale or invalid while others flow, in words; null when there are none.</summary>
    public string? Stale { get; set; }

    public bool UserUp { get; set; }

    public Trouble? UserTrouble { get; set; }

    /// <summary>True when the account was read and nothing was missed since.</summary>
    public bool IsSynchronised { get; set; }

    /// <summary>Why the account could not be read, or null.</summary>
    public Trouble? AccountTrouble { get; set; }

    /// <summary>Rises whenever the account's stream may have missed something.</summary>
    public int Gaps { get; set; }

    /// <summary>The venue's ban or pause that keeps every request back, in words; null when there is none.</summary>
    public string? Held { get; set; }

    /// <summary>Why the venue lets this key not trade; orders wait until a slow probe finds that it may again.</summary>
    public Trouble? Unauthorised { get; set; }

    public int ProbeFailures { get; set; }

    public Trouble? ProbeTrouble { get; set; }

    public TimeSpan? Latency { get; set; }

    public BreakerState TradingBreaker { get; set; }

    public BreakerState ReadBreaker { get; set; }

    /// <summary>The bounds of the venue's clock by the newest probe; null before it.</summary>
    public ClockReading? Clock { get; set; }

    /// <summary>The venue refused a time of ours, and no probe has said since how its clock stands.</summary>
    public bool IsClockSuspect { get; set; }

    /// <summary>What the venue says about a maintenance of its reads, or null.</summary>
    public Trouble? ReadMaintenance { get; set; }

    /// <summary>What the venue says about a maintenance of its trading, or null.</summary>
    public Trouble? TradingMaintenance { get; set; }

    /// <summary>What the venue does not take for now, or null.</summary>
    public Trouble? Restriction { get; set; }

    /// <summary>True when the restriction is the whole account's, not one market's.</summary>
    public bool IsRestricted { get; set; }

    /// <summary>Why orders are kept away until somebody has looked; empty when they are not.</summary>
    public SortedDictionary<HaltCause, string> Halts { get; } = [];

    /// <summary>What the newest readiness check has found; null before it.</summary>
    public ConnectionReadiness? Readiness { get; set; }

    /// <summary>What the venue says about a maintenance that keeps orders back, or null. A hint when read without the lock.</summary>
    public Trouble? Maintenance => TradingMaintenance ?? ReadMaintenance;

    public bool Answers => ProbeFailures < MostProbeFailures;
}
