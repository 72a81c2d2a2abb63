using Microsoft.Extensions.Logging;
using Workbench.Cli;
using Workbench.Configuration;
using Workbench.Control;
using Workbench.Core;
using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Core.Metrics;
using Workbench.Core.Risk.Kill;
using Workbench.Core.Surface;
using Workbench.Plugins;
using Workbench.Sdk;
using Workbench.Storage;
using Workbench.Transport.Budgets;

namespace Workbench.Composition;

/// <summary>A running host: everything the configuration asks for, started in order and ended in the opposite one.</summary>
internal sealed class HostRuntime : IAsyncDisposable
{
    private static readonly TimeSpan ReadyPoll = TimeSpan.FromMilliseconds(20);

    private readonly Stack<Func<ValueTask>> _endings = new();
    private readonly TimeProvider _time;
    private readonly PluginHost? _sharedPlugins;

    private readonly WorkbenchMetrics _metrics;

    private HostRuntime(TimeProvider time, PluginHost? sharedPlugins) => (_time, _sharedPlugins, _metrics) = (time, sharedPlugins, new WorkbenchMetrics(time));

    public WorkbenchEngine Engine { get; private set; } = null!;

    public ICache Cache { get; private set; } = null!;

    public EmbeddedSimulator? Simulator { get; private set; }

    /// <summary>What a second process can ask this one for.</summary>
    public ControlCommands Control { get; } = new();

    /// <summary>Things a person should know that do not stop the host.</summary>
    public List<string> Notices { get; } = [];

    /// <exception cref="UserErrorException">Something in the configuration or on the disk must be mended first.</exception>
    public static Task<HostRuntime> StartAsync(WorkbenchConfig config, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken) =>
        StartAsync(config, time, logs, null, cancellationToken);

    /// <summary>Starts a host that shares its loaded plugins with others in this process: loading them is most of what a start costs.</summary>
    /// <exception cref="UserErrorException">Something in the configuration or on the disk must be mended first.</exception>
    internal static async Task<HostRuntime> StartAsync(WorkbenchConfig config, TimeProvider time, ILoggerFactory logs, PluginHost? sharedPlugins, CancellationToken cancellationToken)
    {
        var host = new HostRuntime(time, sharedPlugins);
        try
        {
            await host.BuildAsync(config, logs, cancellationToken).ConfigureAwait(false);
            host.Engine.Start();
            host.OpenControl(config, logs.CreateLogger("control"));
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the work of a command when the engine has failed: whoever waits for an order then would wait for ever.</summary>
    /// <returns>A source that ends with <paramref name="stop"/> or with the engine.</returns>
    public CancellationTokenSource EndingWithEngine(CancellationToken stop)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _ = Engine.Failed.ContinueWith(static (_, end) => ((CancellationTokenSource)end!).Cancel(), end, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return end;
    }

    /// <summary>Waits until every route has found its connections.</summary>
    /// <returns>False when that took longer than the limit.</returns>
    public async Task<bool> WhenRoutesReadyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (!Engine.AreRoutesReady && _time.GetElapsedTime(started) < limit)
        {
            await Task.Delay(ReadyPoll, _time, cancellationToken).ConfigureAwait(false);
        }

        return Engine.AreRoutesReady;
    }

    public IWorkbench CreateWorkbench(string origin, IScriptArgs args, ILogger log, CancellationToken stop) =>
        Engine.CreateWorkbench(new WorkbenchAccess(origin, args, Cache, log, Simulator, stop));

    /// <summary>Keeps the quotes of markets fresh, whether or not a script reads them.</summary>
    public void Watch(IReadOnlyList<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            Engine.Watch(symbol, MarketChannel.Quotes);
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_endings.TryPop(out var end))
        {
            await end().ConfigureAwait(false);
        }
    }

    private async Task BuildAsync(WorkbenchConfig config, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var journal = OpenJournal(config);
        var history = await OpenHistoryAsync(config.Storage.HistoryFile, journal.Events, logs, cancellationToken).ConfigureAwait(false);
        if (JournalFolder.NeedsSimulator(config))
        {
            Simulator = await EmbeddedSimulator.StartAsync(config.Simulator, _time, logs, cancellationToken).ConfigureAwait(false);
            _endings.Push(Simulator.DisposeAsync);
        }

        var plugins = _sharedPlugins ?? new PluginHost(PluginCatalog.Scan(config.Plugins.Directory, config.Plugins.Load.Select(p => p.Directory).OfType<string>()), Path.Combine(config.Storage.Directory, "plugin-copies"), _time, logs.CreateLogger("plugins"));
        var handler = PluginExceptions.Install(plugins, (id, e) => history.OnError($"plugin {id} threw on a thread of its own: {e.Message}"));
        _endings.Push(() =>
        {
            handler.Dispose();
            return ValueTask.CompletedTask;
        });
        var connectors = Connectors(config, plugins, logs);
        Cache = await OpenCacheAsync(config.Cache, plugins, logs).ConfigureAwait(false);
        _endings.Push(Cache.DisposeAsync);
        var killFile = new KillFile(config.Storage.Directory);
        var settings = EngineSettingsReader.Read(config, Installation.Of(config.Storage.Directory)) with
        {
            KillRecord = killFile,
            StartKilled = killFile.Read() is { } killed ? new KillStatus(killed.Level, Timestamp.Now(_time), "file KILL", killed.Why) : null,
        };
        Engine = new WorkbenchEngine(settings, connectors.OpenAsync, journal.Journal, journal.Events, history, _time, logs, _metrics);
        _endings.Push(Engine.DisposeAsync);
        var killWatch = new KillWatch(Engine.Kill, killFile);
        _endings.Push(() =>
        {
            killWatch.Dispose();
            return ValueTask.CompletedTask;
        });
        if (Engine.Kill.Status is { } atStart)
        {
            Notices.Add($"the kill switch is engaged since {atStart.Since} ({KillSwitch.Text(atStart)}): no order leaves; 'workbench kill clear' lets them go");
        }

        await AddStrategiesAsync(config.Plugins, plugins).ConfigureAwait(false);
        if (Simulator is not null)
        {
            (Simulator.Engine, Simulator.Connectors) = (Engine, connectors);
            Simulator.PluginOf = dialect => PluginOf(config, dialect);
        }
    }

    private void OpenControl(WorkbenchConfig config, ILogger logger)
    {
        HostCommands.Register(Control, this, config);
        try
        {
            var server = ControlServer.Open(config.Storage.Directory, Control, _time, logger);
            _endings.Push(() =>
            {
                server.Dispose();
                return ValueTask.CompletedTask;
            });
        }
        catch (IOException e)
        {
            Notices.Add($"{e.Message}; other workbench commands cannot reach this one");
        }
    }

    private JournalOpening.Ready OpenJournal(WorkbenchConfig config)
    {
        FileJournalStorage storage;
        try
        {
            // The embedded venues begin anew with every process, order ids and balances too: orders of an earlier one exist nowhere.
            var (folder, isOfThisProcess) = JournalFolder.Of(config);
            storage = isOfThisProcess ? FileJournalStorage.OpenEmpty(folder) : FileJournalStorage.Open(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(e.Message, e);
        }

        _endings.Push(() =>
        {
            storage.Dispose();
            return ValueTask.CompletedTask;
        });
        switch (OrderJournal.Open(storage))
        {
            case JournalOpening.Damaged damaged:
                throw new UserErrorException($"the order journal cannot be trusted: {damaged}. Records behind the damage are intact: keep the files, look with 'workbench journal verify', and restore them from a copy, or start with another storage.journal.directory");
            case JournalOpening.Ready ready:
                if (ready.Tear is { } tear)
                {
                    Notices.Add($"order journal: {tear}");
                }

                return ready;
            default:
                throw new InvalidOperationException("The journal was neither opened nor refused.");
        }
    }

    private async Task<HistoryStore> OpenHistoryAsync(string file, IReadOnlyList<ExecutionEvent> facts, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var opened = HistoryStore.Open(file, _time, logs.CreateLogger("history"));
        if (opened.Store is not { } store)
        {
            throw new UserErrorException(opened.Error!);
        }

        _endings.Push(store.DisposeAsync);
        if (opened.IsNew && facts.Count > 0)
        {
            // The history is a projection: a new file is filled from the journal.
            var core = new ExecutionCore();
            List<Fill> fills = [.. facts.SelectMany(f => core.Apply(f).NewFills)];
            await store.RebuildAsync(core.All, fills, cancellationToken).ConfigureAwait(false);
        }

        return store;
    }

    private ConnectorFactory Connectors(WorkbenchConfig config, PluginHost plugins, ILoggerFactory logs)
    {
        var factory = new ConnectorFactory(plugins, id => Simulator?.StandIn(id), Budgets(config, logs), _time, logs) { Metrics = _metrics };
        foreach (var (name, connection) in config.Connections)
        {
            var simulated = connection.Environment == Configuration.VenueEnvironment.Simulator ? Simulator?.Access(name) : null;
            factory.Plan(new ConnectionId(name), ConnectionPlan.From(connection, simulated) with { Role = ConnectionPlan.RoleOf(name, config) });
        }

        return factory;
    }

    private VenueBudgets Budgets(WorkbenchConfig config, ILoggerFactory logs) =>
        new(new BanFile(BanFile.PathIn(config.Storage.Directory), _time, logs.CreateLogger("budgets")), _time);

    private async Task<ICache> OpenCacheAsync(CacheConfig config, PluginHost plugins, ILoggerFactory logs)
    {
        var loaded = await plugins.LoadAsync(config.Plugin).ConfigureAwait(false);
        if (loaded is PluginLoadResult.Loaded { Offer.Cache: { } create })
        {
            return new MeteredCache(create(new CacheContext { MaxEntries = config.MaxEntries, Settings = config.Settings, Time = _time, Logger = logs.CreateLogger("cache") }), _metrics);
        }

        throw new UserErrorException(loaded is PluginLoadResult.Failed failed ? $"cache: {failed.Reason}" : $"cache: plugin {config.Plugin} has no cache; name one that has under cache.plugin");
    }

    private async Task AddStrategiesAsync(PluginsConfig config, PluginHost plugins)
    {
        foreach (var (name, strategy) in config.Strategies.Where(s => s.Value.Enabled))
        {
            var loaded = await plugins.LoadAsync(strategy.Plugin).ConfigureAwait(false);
            if (loaded is PluginLoadResult.Loaded ready && ready.Offer.Strategies.TryGetValue(name, out var create))
            {
                Engine.Add(name, create());
            }
            else
            {
                Notices.Add(loaded is PluginLoadResult.Failed failed ? $"strategy {name}: {failed.Reason}" : $"strategy {name}: plugin {strategy.Plugin} has no strategy of that name");
            }
        }
    }

    private static string PluginOf(WorkbenchConfig config, string dialect) =>
        config.Connections.FirstOrDefault(c => config.Simulator.Venues.TryGetValue(c.Key, out var venue) && venue.Dialect.ToString().Equals(dialect, StringComparison.OrdinalIgnoreCase)).Value?.Plugin
        ?? $"Workbench.Plugins.{char.ToUpperInvariant(dialect[0])}{dialect[1..]}";
}
