using Workbench.Configuration.Sections;

namespace Workbench.Configuration.Schema;

/// <summary>The whole schema: the top-level keys here, those below in <c>Sections</c>. Reading, hints and listing all come from it.</summary>
internal static class WorkbenchSchema
{
    private static readonly Key<TradingEnvironment> Environment = Key.WithDefault("environment", Scalars.Choice<TradingEnvironment>(), "simulation", "How far from real money this process is.");

    private static readonly Key<IReadOnlyDictionary<string, ConnectionConfig>> Connections = Key.Required(
        "connections", new MapShape<ConnectionConfig>(NameRule.Named("connection"), ConnectionSections.Connection) { Min = 1 }, "Connections to venues, by a name of your choice.");

    private static readonly Key<IReadOnlyDictionary<string, RouteConfig>> Routes = Key.Required(
        "routes", new MapShape<RouteConfig>(NameRule.Named("route"), RouteSections.Route) { Min = 1 }, "Which connections serve which symbols, by a name of your choice.");

    private static readonly Key<RiskConfig> Risk = Key.Section("risk", TradingSections.Risk, "Limits every order passes before it leaves, over all venues together.");
    private static readonly Key<ExecutionConfig> Execution = Key.Section("execution", ExecutionSections.Execution, "How orders are carried out.");
    private static readonly Key<CacheConfig> Cache = Key.Section("cache", TradingSections.Cache, "The cache scripts and connectors share.");
    private static readonly Key<StorageConfig> Storage = Key.Section("storage", HostSections.Storage, "Where Workbench keeps what must outlive it.");
    private static readonly Key<PluginsConfig> Plugins = Key.Section("plugins", PluginSections.Plugins, "Which plugins may run.");
    private static readonly Key<ScriptsConfig> Scripts = Key.Section("scripts", HostSections.Scripts, "Where scripts are and how long one may run.");
    private static readonly Key<LoggingConfig> Logging = Key.Section("logging", HostSections.Logging, "What is logged and where.");
    private static readonly Key<SimulatorConfig> Simulator = Key.Section("simulator", SimulatorSections.Simulator, "The local exchange.");

    private static readonly IReadOnlyList<Key> TopLevel = [Environment, Connections, Routes, Risk, Execution, Cache, Storage, Plugins, Scripts, Logging, Simulator];

    // Built on first use: the sections' own hints reach back to it.
    private static readonly Lazy<IReadOnlyList<SchemaRow>> AllRows = new(() => [.. TopLevel.SelectMany(k => k.Rows(""))]);

    /// <summary>The file as a whole.</summary>
    public static SectionShape<WorkbenchConfig> Root(string file) => new(
        TopLevel,
        s => new WorkbenchConfig
        {
            File = file,
            Environment = s.Get(Environment),
            Connections = s.Get(Connections),
            Routes = s.Get(Routes),
            Risk = s.Get(Risk),
            Execution = s.Get(Execution),
            Cache = s.Get(Cache),
            Storage = s.Get(Storage),
            Plugins = s.Get(Plugins),
            Scripts = s.Get(Scripts),
            Logging = s.Get(Logging),
            Simulator = s.Get(Simulator),
        });

    /// <summary>Every key, in the order of the file.</summary>
    public static IReadOnlyList<SchemaRow> Rows => AllRows.Value;

    /// <summary>Where a key of this name belongs when exactly one place has it: most misplaced keys are wrongly indented.</summary>
    public static string? PlaceOf(string key)
    {
        var places = Rows.Where(r => ConfigurationPath.Last(r.Path) == key).Take(2).ToList();
        return places.Count == 1 ? places[0].Path : null;
    }
}
