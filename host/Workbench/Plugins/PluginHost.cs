using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using McMaster.NETCore.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workbench.Sdk;

namespace Workbench.Plugins;

/// <summary>Loads plugins when they are first needed, each into its own load context, from a checked copy. Whatever is wrong with a plugin is a value.</summary>
internal sealed class PluginHost
{
    /// <summary>What plugins get from the host: the Sdk and what its signatures use, and nothing else.</summary>
    private static readonly Type[] Shared = [typeof(IPlugin), typeof(ILogger), typeof(IServiceCollection)];

    private static readonly TimeSpan RegisterTimeout = TimeSpan.FromSeconds(10);

    private readonly PluginCatalog _catalog;
    private readonly ShadowStore _shadows;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lazy<PluginPreflight> _preflight = new(() => new PluginPreflight(typeof(IPlugin).Assembly, Shared.Select(t => t.Assembly.GetName())));
    private readonly ConcurrentDictionary<string, Lazy<Task<PluginLoadResult>>> _results = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConditionalWeakTable<AssemblyLoadContext, string> _owners = [];

    /// <param name="catalog">The plugins there are.</param>
    /// <param name="shadowDirectory">Where the copies are kept; created when needed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public PluginHost(PluginCatalog catalog, string shadowDirectory, TimeProvider time, ILogger logger)
    {
        _catalog = catalog;
        _shadows = new ShadowStore(Path.GetFullPath(shadowDirectory), time);
        _time = time;
        _logger = logger;
    }

    /// <summary>Loads a plugin, once: later calls get the same result.</summary>
    /// <returns>Never throws for anything a plugin does.</returns>
    public Task<PluginLoadResult> LoadAsync(string id) =>
        _results.GetOrAdd(id, i => new Lazy<Task<PluginLoadResult>>(() => LoadOnceAsync(i))).Value;

    /// <summary>The plugin that a load context belongs to; null for the host's own.</summary>
    public string? OwnerOf(AssemblyLoadContext context) => _owners.TryGetValue(context, out var id) ? id : null;

    private async Task<PluginLoadResult> LoadOnceAsync(string id)
    {
        var started = _time.GetTimestamp();
        var result = await LoadCheckedAsync(id).ConfigureAwait(false);
        if (result is PluginLoadResult.Failed failed)
        {
            Log.PluginFailed(_logger, failed.Id, failed.Fault, failed.Reason, failed.Exception);
        }
        else if (result is PluginLoadResult.Loaded loaded)
        {
            Log.PluginLoaded(_logger, loaded.Manifest.Id, loaded.Manifest.Kinds, (long)_time.GetElapsedTime(started).TotalMilliseconds);
        }

        return result;
    }

    private async Task<PluginLoadResult> LoadCheckedAsync(string id)
    {
        var (manifest, problem) = _catalog.Find(id);
        if (manifest is null)
        {
            return new PluginLoadResult.Failed(id, PluginFault.NotFound, problem!);
        }

        if (!manifest.Sdk.Contains(SdkVersion.Current))
        {
            return Fail(manifest, PluginFault.SdkMismatch, $"it is made for Workbench.Sdk {manifest.Sdk} and this host has {SdkVersion.Current}; take a plugin built for this host, or another host");
        }

        if (!File.Exists(Path.Combine(manifest.Directory, manifest.Entry)))
        {
            return Fail(manifest, PluginFault.EntryMissing, $"{manifest.Entry} is not there; build the plugin, or correct 'entry' in {ManifestReader.FileName}");
        }

        var (folder, refused) = _shadows.Take(manifest);
        if (folder is null)
        {
            return Fail(manifest, PluginFault.FolderRefused, refused!);
        }

        return _preflight.Value.Check(folder, manifest.Entry) is { } wrong
            ? Fail(manifest, wrong.Fault, wrong.Reason)
            : await RunAsync(manifest, Path.Combine(folder, manifest.Entry)).ConfigureAwait(false);
    }

    // The plugin's own code runs from here on: on a thread of its own, because nobody knows whether it returns.
    private async Task<PluginLoadResult> RunAsync(PluginManifest manifest, string entry)
    {
        try
        {
            var running = Task.Factory.StartNew(() => Run(manifest, entry), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return await running.WaitAsync(RegisterTimeout, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return Fail(manifest, PluginFault.Threw, "its constructor or Register has not returned within 10 s; tell its author");
        }
    }

    private PluginLoadResult Run(PluginManifest manifest, string entry)
    {
        try
        {
            var loader = PluginLoader.CreateFromAssemblyFile(entry, Shared, config =>
            {
                config.IsLazyLoaded = true;
                config.PreferSharedTypes = false;
                config.IsUnloadable = false;
            });
            var assembly = loader.LoadDefaultAssembly();
            var context = AssemblyLoadContext.GetLoadContext(assembly)!;
            _owners.AddOrUpdate(context, manifest.Id);
            var classes = assembly.GetExportedTypes().Where(IsEntryClass).ToArray();
            return classes.Length == 1
                ? Register(manifest, classes[0], context)
                : Fail(manifest, PluginFault.NoEntryClass, $"{manifest.Entry} has {classes.Length} public classes that implement IPlugin and have a parameterless constructor; it must be exactly one");
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or FileNotFoundException)
        {
            return Fail(manifest, PluginFault.BadImage, $"{manifest.Entry} cannot be loaded ({FirstLine(e)}); build or copy the plugin again", e);
        }
#pragma warning disable CA1031 // boundary: plugin. Its loading may run its own code, and a sick plugin must not stop the host.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var cause = e is TargetInvocationException or TypeInitializationException && e.InnerException is not null ? e.InnerException : e;
            return Fail(manifest, PluginFault.Threw, $"{manifest.Entry} failed with {cause.GetType().Name} ({FirstLine(cause)}); tell its author", e);
        }
    }

    private static PluginLoadResult Register(PluginManifest manifest, Type type, AssemblyLoadContext context)
    {
        var registry = new PluginRegistry();
        ((IPlugin)Activator.CreateInstance(type)!).Register(registry);
        var offer = registry.Seal();
        return registry.Kinds == manifest.Kinds
            ? new PluginLoadResult.Loaded(manifest, offer, context)
            : Fail(manifest, PluginFault.WrongOffer, $"{manifest.Entry} offers {registry.Kinds} and 'kinds' in {ManifestReader.FileName} says {manifest.Kinds}; make them agree");
    }

    private static bool IsEntryClass(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IPlugin)) && type.GetConstructor(Type.EmptyTypes) is not null;

    private static PluginLoadResult.Failed Fail(PluginManifest manifest, PluginFault fault, string reason, Exception? exception = null) =>
        new(manifest.Id, fault, $"plugin {manifest.Id}: {reason} (in {manifest.Directory})", exception);

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].TrimEnd('\r', '.');
}
