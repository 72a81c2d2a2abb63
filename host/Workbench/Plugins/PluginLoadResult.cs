using System.Runtime.Loader;
using Workbench.Sdk;

namespace Workbench.Plugins;

/// <summary>What came of loading a plugin. The hierarchy is closed.</summary>
internal abstract record PluginLoadResult
{
    private PluginLoadResult()
    {
    }

    /// <summary>It runs in its own load context and has offered what its manifest promised.</summary>
    public sealed record Loaded(PluginManifest Manifest, PluginOffer Offer, AssemblyLoadContext Context) : PluginLoadResult;

    /// <summary>It does not run; the host goes on without it.</summary>
    /// <param name="Id">The plugin that was asked for.</param>
    /// <param name="Fault">What kind of thing is wrong.</param>
    /// <param name="Reason">One line that names the file and the remedy.</param>
    /// <param name="Exception">The exception behind it, for <c>--verbose</c>.</param>
    public sealed record Failed(string Id, PluginFault Fault, string Reason, Exception? Exception = null) : PluginLoadResult;
}

/// <summary>What a loaded plugin offers.</summary>
internal sealed record PluginOffer(
    Func<ConnectorContext, IConnector>? Connector,
    Func<CacheContext, ICache>? Cache,
    IReadOnlyDictionary<string, Func<Strategy>> Strategies);

/// <summary>Why a plugin was refused.</summary>
internal enum PluginFault
{
    /// <summary>No sound manifest has that id, or two have.</summary>
    NotFound,

    /// <summary>Made for another Sdk than this host's.</summary>
    SdkMismatch,

    /// <summary>Its folder leads out of itself, is too large or cannot be read.</summary>
    FolderRefused,

    /// <summary>The entry assembly is not there.</summary>
    EntryMissing,

    /// <summary>A file is not a .NET assembly, or only a part of one.</summary>
    BadImage,

    /// <summary>It needs a library that nobody provides.</summary>
    DependencyMissing,

    /// <summary>The entry assembly has no plugin class, or several.</summary>
    NoEntryClass,

    /// <summary>Its constructor or <c>Register</c> threw, or did not return.</summary>
    Threw,

    /// <summary>It offered something else than its manifest says.</summary>
    WrongOffer,
}
