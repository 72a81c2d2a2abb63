namespace Workbench.Plugins;

/// <summary>What a plugin can bring.</summary>
[Flags]
internal enum PluginKinds
{
    None = 0,
    Connector = 1,
    Cache = 2,
    Strategy = 4,
}

/// <summary>What <c>plugin.yaml</c> says: all the host knows about a plugin before it loads anything.</summary>
internal sealed record PluginManifest
{
    /// <summary>Compared without regard to letter case.</summary>
    public required string Id { get; init; }

    public required PluginKinds Kinds { get; init; }

    /// <summary>The entry assembly, relative to <see cref="Directory"/> and inside it.</summary>
    public required string Entry { get; init; }

    /// <summary>The Sdk versions it was made for.</summary>
    public required SdkRange Sdk { get; init; }

    /// <summary>The plugin's folder, absolute.</summary>
    public required string Directory { get; init; }

    /// <summary>The manifest as a user would name it.</summary>
    public string File => Path.Combine(Directory, ManifestReader.FileName);
}
