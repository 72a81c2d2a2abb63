using Workbench.Configuration.Schema;
using Workbench.Sdk;

namespace Workbench.Configuration.Sections;

/// <summary>The keys of <c>routes.*</c>. Which of them go with which policy is checked by <see cref="Checks.RoutePolicyChecks"/>.</summary>
internal static class RouteSections
{
    private const int MostConnections = 16;

    private static readonly Key<RoutePolicy> Policy = Key.WithDefault("policy", Scalars.Choice<RoutePolicy>(), "primary-secondary", "How the half chooses among its connections.");
    private static readonly Key<string?> Primary = Key.Optional("primary", Scalars.ConnectionName, "The connection used while it is well; for primary-secondary, which needs it.");
    private static readonly Key<IReadOnlyList<string>> Secondary = Key.WithDefault("secondary", new OneOrMoreShape<string>(Scalars.ConnectionName, MostConnections - 1), "[]", "The connection that takes over when the primary fails, or several in order; for primary-secondary.");
    private static readonly Key<TimeSpan> FailbackAfter = Key.WithDefault("failback_after", Scalars.Duration("100ms", "1h"), "30s", "How long a connection that failed must be well before it is preferred again.");
    private static readonly Key<TimeSpan> MaxHoldDown = Key.WithDefault("max_hold_down", Scalars.Duration("100ms", "1d"), "10m", "The longest that a connection is held down; each failure soon after the return doubles failback_after up to here.");
    private static readonly Key<TimeSpan> FlapWindow = Key.WithDefault("flap_window", Scalars.Duration("1s", "1d"), "10m", "A failure within this time after the return doubles the hold-down; each such time without one halves it.");
    private static readonly Key<int> ScoreMargin = Key.WithDefault("score_margin", Scalars.Whole(1, 100), "15", "By how many points of 100 another connection must be better; for health-based.");
    private static readonly Key<TimeSpan> ScoreFor = Key.WithDefault("score_for", Scalars.Duration("0s", "1h"), "10s", "For how long it must be that much better; for health-based.");

    private static readonly Key<string> Name = Key.Required("name", Scalars.ConnectionName, "Which connection.");
    private static readonly Key<int> Weight = Key.WithDefault("weight", Scalars.Whole(1, 1000), "1", "Its share relative to the others; for load-balanced.");

    private static readonly SectionShape<RouteMemberConfig> Member = new(
        [Name, Weight],
        s => new RouteMemberConfig { Name = s.Get(Name), Weight = s.Get(Weight) });

    private static readonly Key<IReadOnlyList<RouteMemberConfig>> Connections =
        Key.WithDefault("connections", new ListShape<RouteMemberConfig>(Member, 0, MostConnections), "[]", "The connections; for load-balanced and health-based, which need them.");

    private static readonly SectionShape<RouteLegConfig> Leg = new(
        [Policy, Primary, Secondary, Connections, FailbackAfter, MaxHoldDown, FlapWindow, ScoreMargin, ScoreFor],
        s => new RouteLegConfig
        {
            Policy = s.Get(Policy),
            Primary = s.Get(Primary),
            Secondary = s.Get(Secondary),
            Connections = s.Get(Connections),
            FailbackAfter = s.Get(FailbackAfter),
            MaxHoldDown = s.Get(MaxHoldDown),
            FlapWindow = s.Get(FlapWindow),
            ScoreMargin = s.Get(ScoreMargin),
            ScoreFor = s.Get(ScoreFor),
        });

    private static readonly Key<IReadOnlyList<string>> Symbols = Key.Required("symbols", new ListShape<string>(Scalars.SymbolOrAll, 1, 5000), "The symbols served; * means every symbol no other route names.");
    private static readonly Key<RouteLegConfig> Data = Key.Required("data", Leg, "Where market data comes from.");
    private static readonly Key<RouteLegConfig?> Trading = Key.Optional("trading", Leg, "Where orders go; left out, the route only reads.");

    public static readonly SectionShape<RouteConfig> Route = new(
        [Symbols, Data, Trading],
        s => new RouteConfig { Symbols = s.Get(Symbols), Data = s.Get(Data), Trading = s.Get(Trading) });
}
