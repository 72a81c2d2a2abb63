using Workbench.Configuration;
using Workbench.Core;
using Workbench.Core.Connections;
using Workbench.Core.Resilience;
using Workbench.Core.Risk;
using Workbench.Core.Routing;
using Workbench.Sdk;

namespace Workbench.Composition;

/// <summary>Turns the configuration, as written, into what the engine is built from.</summary>
internal static class EngineSettingsReader
{
    public static EngineSettings Read(WorkbenchConfig config, string installation) => new()
    {
        Connections = [.. config.Connections.Where(c => c.Value.Enabled).Select(c => Connection(c.Key, c.Value))],
        Routes = [.. config.Routes.Select(r => Route(r.Key, r.Value))],
        Risk = Limits(config.Risk),
        MaxAttempts = config.Execution.MaxAttempts,
        DurableJournal = config.Storage.Journal.Durability == JournalDurability.Fsync,
        Installation = installation,
    };

    private static ConnectionSettings Connection(string name, ConnectionConfig config) => new()
    {
        Id = new ConnectionId(name),
        StaleAfter = config.StaleAfter,
        ReceiveWindow = config.ReceiveWindow,
        ReadinessInterval = config.ReadinessInterval,
        InstrumentsInterval = config.InstrumentsInterval,
        RefusesWithdrawals = config.Environment == Configuration.VenueEnvironment.Live,
        Resilience = new ResilienceSettings
        {
            RetryDelays = config.Retry.Delays,
            Jitter = config.Retry.JitterFraction,
            ProbeInterval = config.Retry.ProbeInterval,
            BreakerFailures = config.Breaker.Failures,
            BreakerOpenFor = config.Breaker.OpenFor,
            SlowCall = config.Breaker.SlowCall,
            ReadTimeout = config.RequestTimeout,
        },
    };

    private static RouteSettings Route(string name, RouteConfig config)
    {
        IReadOnlySet<Symbol> symbols = config.Symbols is ["*"] ? new HashSet<Symbol>() : config.Symbols.Select(Symbol.Parse).ToHashSet();
        return new RouteSettings(name, symbols, Leg(config.Data), config.Trading is { } trading ? Leg(trading) : null);
    }

    private static RouteHalfSettings Leg(RouteLegConfig leg) => new()
    {
        Policy = leg.Policy,
        Members = [.. leg.Members.Select(m => new RouteMember(new ConnectionId(m.Name), m.Weight))],
        FailbackAfter = leg.FailbackAfter,
        MaxHoldDown = leg.MaxHoldDown,
        FlapWindow = leg.FlapWindow,
        ScoreMargin = leg.ScoreMargin,
        ScoreFor = leg.ScoreFor,
    };

    private static RiskLimits Limits(RiskConfig config) => new()
    {
        MaxOrderValue = new Amount(config.MaxOrderValue),
        MaxPosition = config.MaxPosition.ToDictionary(p => new Asset(p.Key), p => new Quantity(p.Value)),
        MaxOpenOrders = config.MaxOpenOrders,
        PriceCollar = config.PriceCollarFraction,
        MaxOrdersPerSecond = config.MaxOrdersPerSecond,
        StalePriceAfter = config.StalePriceAfter,
        PriceJump = config.PriceJumpFraction,
        ConfirmJumpAfter = config.ConfirmJumpAfter,
    };
}
