using System.Globalization;
using Workbench.Sdk;

namespace Workbench.Core.Health;

/// <summary>How each capability of a connection is, from the facts and from what its traffic was like. Pure.</summary>
internal static class CapabilityDiagnosis
{
    /// <summary>So many calls at least before their share of failures says something.</summary>
    private const int LeastCalls = 5;

    private const double ManyErrors = 0.1;

    /// <summary>Slower than this many times what is usual is worth a word.</summary>
    private const double MuchSlower = 5;

    public static (CapabilityState State, string Reason) Of(ConnectionCapability capability, Diagnosis diagnosis, CallFigures figures)
    {
        var facts = diagnosis.Facts;
        if (facts.Failure is { } failure)
        {
            return (CapabilityState.Down, failure);
        }

        var (state, reason) = capability switch
        {
            ConnectionCapability.MarketDataReads => Reads(diagnosis),
            ConnectionCapability.MarketDataStream => MarketStream(diagnosis),
            _ when !facts.HasTrading => (CapabilityState.Absent, "no credentials"),
            ConnectionCapability.Trading => Trading(diagnosis),
            _ => UserStream(diagnosis),
        };
        return state == CapabilityState.Up ? Traffic(figures) : (state, reason);
    }

    private static (CapabilityState State, string Reason) Reads(Diagnosis d) => d.Facts switch
    {
        { ReadMaintenance: { } closed } => (CapabilityState.Maintenance, Diagnosis.Maintenance(closed)),
        { IsReady: false } => (d.State == ConnectionState.Down ? CapabilityState.Down : CapabilityState.Starting, d.Reason),
        { Held: { } held } => (CapabilityState.Down, held),
        { Answers: false } => (CapabilityState.Down, d.NoAnswer),
        { ReadBreaker: not BreakerState.Closed } => (CapabilityState.Down, "the circuit breaker of reads is open after repeated failures"),
        _ => (CapabilityState.Up, "ok"),
    };

    private static (CapabilityState State, string Reason) MarketStream(Diagnosis d) => d.Facts switch
    {
        { MarketUp: false, ReadMaintenance: { } closed } => (CapabilityState.Maintenance, Diagnosis.Maintenance(closed)),
        { MarketUp: false, MarketTrouble: null } => (CapabilityState.Starting, d.MarketDown),
        { MarketUp: false } => (CapabilityState.Down, d.MarketDown),
        _ when d.Data.IsSilent => (CapabilityState.Down, d.Silent),
        _ => (CapabilityState.Up, "ok"),
    };

    private static (CapabilityState State, string Reason) Trading(Diagnosis d) => d.Facts switch
    {
        { Maintenance: { } closed } => (CapabilityState.Maintenance, Diagnosis.Maintenance(closed)),
        { IsReady: false } => (d.State == ConnectionState.Down ? CapabilityState.Down : CapabilityState.Starting, d.Reason),
        { Answers: true, IsRestricted: false, Restriction: { } restriction } when d.NoOrders is null => (CapabilityState.Restricted, restriction.Why),
        { IsRestricted: true, Restriction: { } restriction } => (CapabilityState.Restricted, restriction.Why),
        { UserUp: false } when d.NoOrders is null => (CapabilityState.Up, "ok"),
        { IsSynchronised: false, AccountTrouble: null, UserUp: true, Answers: true } when d.SkewText is null => (CapabilityState.Starting, "reading the account"),
        _ when d.NoOrders is { } why => (CapabilityState.Down, why),
        _ => (CapabilityState.Up, "ok"),
    };

    private static (CapabilityState State, string Reason) UserStream(Diagnosis d) => d.Facts switch
    {
        { UserUp: true } => (CapabilityState.Up, "ok"),
        { Maintenance: { } closed } => (CapabilityState.Maintenance, Diagnosis.Maintenance(closed)),
        { UserTrouble: null } => (CapabilityState.Starting, d.UserDown),
        _ => (CapabilityState.Down, d.UserDown),
    };

    private static (CapabilityState State, string Reason) Traffic(CallFigures figures)
    {
        if (figures.Count >= LeastCalls && figures.ErrorRate >= ManyErrors)
        {
            return (CapabilityState.Degraded, string.Create(CultureInfo.InvariantCulture, $"{figures.Failed} of {figures.Count} failed within the last minute"));
        }

        return figures is { P95: { } p95, Baseline: { } usual } && p95 > MuchSlower * Floor(usual)
            ? (CapabilityState.Degraded, string.Create(CultureInfo.InvariantCulture, $"slow: 95 % within {p95.TotalMilliseconds:0} ms, usual are {usual.TotalMilliseconds:0} ms"))
            : (CapabilityState.Up, "ok");
    }

    private static TimeSpan Floor(TimeSpan usual) => usual > HealthScore.LeastBaseline ? usual : HealthScore.LeastBaseline;
}
