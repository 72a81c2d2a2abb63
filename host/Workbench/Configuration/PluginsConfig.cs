namespace Workbench.Configuration;

/// <summary>Which plugins may run.</summary>
internal sealed record PluginsConfig
{
    /// <summary>The folder with one folder per plugin.</summary>
    public required string Directory { get; init; }

    /// <summary>The only plugins that may be loaded, by id; the single item <c>*</c> allows every one in the folder.</summary>
    public required IReadOnlyList<string> Allow { get; init; }

    /// <summary>Plugins loaded at start although nothing else in the file names them.</summary>
    public required IReadOnlyList<PluginLoadConfig> Load { get; init; }

    /// <summary>By name, in file order.</summary>
    public required IReadOnlyDictionary<string, StrategyConfig> Strategies { get; init; }

    /// <summary>True when a plugin with this id may be loaded.</summary>
    public bool Allows(string id) => Allow.Contains("*", StringComparer.Ordinal) || Allow.Contains(id, StringComparer.OrdinalIgnoreCase);
}

/// <summary>A plugin loaded at start.</summary>
internal sealed record PluginLoadConfig
{
    public required string Id { get; init; }

    /// <summary>Its own folder; null for the one named by its id in <see cref="PluginsConfig.Directory"/>.</summary>
    public required string? Directory { get; init; }

    /// <summary>The plugin's own settings, as text. They may hold secrets from the environment: never print the values.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }
}

/// <summary>A strategy a plugin brings.</summary>
internal sealed record StrategyConfig
{
    public required string Plugin { get; init; }

    public required bool Enabled { get; init; }

    /// <summary>The symbols it works on.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>The strategy's own settings, as text. They may hold secrets from the environment: never print the values.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }
}
