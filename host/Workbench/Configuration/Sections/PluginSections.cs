using Workbench.Configuration.Schema;

namespace Workbench.Configuration.Sections;

/// <summary>The keys of <c>plugins</c>.</summary>
internal static class PluginSections
{
    private static readonly ScalarShape<string> IdOrAll = new(
        "plugin id", "such as Workbench.Plugins.Binance, or * for all", "", t => t == "*" ? Parsed<string>.Ok(t) : Scalars.ParsePluginId(t));

    private static readonly Key<string> Id = Key.Required("id", Scalars.PluginId, "The plugin's id.");
    private static readonly Key<string?> Folder = Key.Optional("directory", Scalars.FilePath, "The plugin's own folder, relative to plugins.directory; left out, the one named by its id.");
    private static readonly Key<IReadOnlyDictionary<string, string>> LoadSettings = Shared.Settings();

    private static readonly SectionShape<PluginLoadConfig> LoadItem = new(
        [Id, Folder, LoadSettings],
        s => new PluginLoadConfig { Id = s.Get(Id), Directory = s.Get(Folder), Settings = s.Get(LoadSettings) });

    private static readonly Key<string> StrategyPlugin = Key.Required("plugin", Scalars.PluginId, "The plugin that brings the strategy.");
    private static readonly Key<bool> StrategyEnabled = Key.WithDefault("enabled", Scalars.Flag, "true", "False keeps the settings but never starts it.");
    private static readonly Key<IReadOnlyList<string>> StrategySymbols = Key.Required("symbols", new ListShape<string>(Scalars.Symbol, 1, 5000), "The symbols it works on.");
    private static readonly Key<IReadOnlyDictionary<string, string>> StrategySettings = Shared.Settings();

    private static readonly SectionShape<StrategyConfig> Strategy = new(
        [StrategyPlugin, StrategyEnabled, StrategySymbols, StrategySettings],
        s => new StrategyConfig
        {
            Plugin = s.Get(StrategyPlugin),
            Enabled = s.Get(StrategyEnabled),
            Symbols = s.Get(StrategySymbols),
            Settings = s.Get(StrategySettings),
        });

    private static readonly Key<string> Directory = Key.WithDefault("directory", Scalars.FilePath, "plugins", "The folder with one folder per plugin, relative to the workbench program.");
    private static readonly Key<IReadOnlyList<string>> Allow = Key.WithDefault("allow", new ListShape<string>(IdOrAll, 1, 1000), "[\"*\"]", "The only plugins that may be loaded; * allows every one in the folder.");
    private static readonly Key<IReadOnlyList<PluginLoadConfig>> Load = Key.WithDefault("load", new ListShape<PluginLoadConfig>(LoadItem, 0, 1000), "[]", "Plugins loaded at start although nothing else in the file names them.");
    private static readonly Key<IReadOnlyDictionary<string, StrategyConfig>> Strategies = Key.WithDefault("strategies", new MapShape<StrategyConfig>(NameRule.Named("strategy"), Strategy), "{}", "Strategies that plugins bring.");

    public static readonly SectionShape<PluginsConfig> Plugins = new(
        [Directory, Allow, Load, Strategies],
        s => new PluginsConfig { Directory = s.Get(Directory), Allow = s.Get(Allow), Load = s.Get(Load), Strategies = s.Get(Strategies) });
}
