using Workbench.Configuration.Schema;

namespace Workbench.Configuration.Sections;

/// <summary>Keys that several sections have.</summary>
internal static class Shared
{
    /// <summary>A plugin's own settings. A key belongs to one section, so each section asks for its own.</summary>
    public static Key<IReadOnlyDictionary<string, string>> Settings() => Key.WithDefault(
        "settings", new MapShape<string>(NameRule.Setting, new SettingShape()), "{}", "The plugin's own settings, as its documentation lists them; secrets only as ${NAME}.");
}
