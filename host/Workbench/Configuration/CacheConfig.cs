namespace Workbench.Configuration;

/// <summary>The cache scripts and connectors share.</summary>
internal sealed record CacheConfig
{
    /// <summary>The plugin that stores the entries.</summary>
    public required string Plugin { get; init; }

    public required int MaxEntries { get; init; }

    /// <summary>How long an entry lives when its writer does not say.</summary>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>The plugin's own settings, as text. They may hold secrets from the environment: never print the values.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }
}
