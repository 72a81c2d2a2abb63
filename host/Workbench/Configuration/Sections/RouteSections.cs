using Workbench.Configuration.Schema;

namespace Workbench.Configuration.Sections;

/// <summary>The keys of <c>routes.*</c>.</summary>
internal static class RouteSections
{
    private static readonly Key<RoutePolicy> Policy = Key.WithDefault("policy", Scalars.Choice<RoutePolicy>(), "primary-secondary", "How the route chooses; only primary-secondary works yet.");
    private static readonly Key<string> Primary = Key.Required("primary", Scalars.ConnectionName, "The connection used while it is well.");
    private static readonly Key<string?> Secondary = Key.Optional("secondary", Scalars.ConnectionName, "The connection that takes over when the primary fails.");
    private static readonly Key<TimeSpan> FailbackAfter = Key.WithDefault("failback_after", Scalars.Duration("0s", "1h"), "30s", "How long the primary must be well before it takes over again.");

    private static readonly SectionShape<RouteLegConfig> Leg = new(
        [Policy, Primary, Secondary, FailbackAfter],
        s => new RouteLegConfig { Policy = s.Get(Policy), Primary = s.Get(Primary), Secondary = s.Get(Secondary), FailbackAfter = s.Get(FailbackAfter) });

    private static readonly Key<IReadOnlyList<string>> Symbols = Key.Required("symbols", new ListShape<string>(Scalars.SymbolOrAll, 1, 5000), "The symbols served; * means every symbol no other route names.");
    private static readonly Key<RouteLegConfig> Data = Key.Required("data", Leg, "Where market data comes from.");
    private static readonly Key<RouteLegConfig?> Trading = Key.Optional("trading", Leg, "Where orders go; left out, the route only reads.");

    public static readonly SectionShape<RouteConfig> Route = new(
        [Symbols, Data, Trading],
        s => new RouteConfig { Symbols = s.Get(Symbols), Data = s.Get(Data), Trading = s.Get(Trading) });
}
