using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using Microsoft.Extensions.Logging;
using Workbench.Configuration;
using Workbench.Core;
using Workbench.Core.Connections;
using Workbench.Sdk;
using Workbench.Simulator.Direct;
using Workbench.Simulator.Faults;
using Workbench.Simulator.Server;

namespace Workbench.Composition;

/// <summary>The simulator inside this process: the venues of the configuration, and tapes that scripts play.</summary>
internal sealed class EmbeddedSimulator : ISimulator, IAsyncDisposable
{
    private static readonly string[] BybitEndpoints = ["rest", "public", "private", "trade"];
    private readonly SimulatorConfig _config;
    private readonly SimulatorHost? _host;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly ConcurrentDictionary<ConnectionId, PlayedTape> _tapes = new();
    private readonly ConcurrentDictionary<ConnectionId, SimulatedConnector> _standIns = new();
    private int _tapeCount;

    private EmbeddedSimulator(SimulatorConfig config, SimulatorHost? host, TimeProvider time, ILoggerFactory logs) => (_config, _host, _time, _logs) = (config, host, time, logs);

    /// <summary>Set once the engine is there: tapes become connections of it.</summary>
    public WorkbenchEngine? Engine { get; set; }

    /// <summary>Takes the plans of tapes.</summary>
    public ConnectorFactory? Connectors { get; set; }

    /// <summary>The plugin that speaks a dialect.</summary>
    public Func<string, string> PluginOf { get; set; } = static dialect => dialect;

    public IReadOnlyList<string> Faults => FaultNames.All;

    public IReadOnlyList<FaultDescription> Catalogue { get; } =
    [
        .. FaultCatalogue.All.Select(f => new FaultDescription(
            f.Name, f.Ids, f.Summary, [.. f.Options.Select(o => new FaultOptionDescription(o.Name, o.Type, o.Range, o.Default, o.Description))])),
    ];

    private IReadOnlyDictionary<string, VenueHandle> Venues => _host?.Venues ?? ReadOnlyDictionary<string, VenueHandle>.Empty;

    public static async Task<EmbeddedSimulator> StartAsync(SimulatorConfig config, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var options = SimulatorSettings.From(config);

        // Stand-ins and tapes bring venues of their own, so there may be none to serve.
        var host = options.Venues.Count == 0 ? null : await SimulatorHost.StartAsync(options, time, logs, cancellationToken).ConfigureAwait(false);
        if (host is not null && config.Faults is { } source)
        {
            await BeginFaultsAsync(host, source).ConfigureAwait(false);
        }

        return new EmbeddedSimulator(config, host, time, logs);
    }

    /// <summary>How to reach the venue of a connection; null when it has none.</summary>
    public SimulatedAccess? Access(string venue) => Venues.TryGetValue(venue, out var handle) ? AccessTo(handle) : null;

    /// <summary>A connector that needs no plugin, on a venue of its own with the symbols, balances and seed of the connection's venue; with the defaults where it has none.</summary>
    public IConnector StandIn(ConnectionId id)
    {
        var venue = _config.Venues.GetValueOrDefault(id.Value);
        var balances = venue is { Balances.Count: > 0 } ? venue.Balances : null;
        return _standIns[id] = SimulatedConnector.Create(id.Value, _config.Seed, venue?.Symbols, balances, _time, _logs.CreateLogger($"connector.{id}"));
    }

    public async Task InjectAsync(ConnectionId connection, string fault, CancellationToken cancellationToken) =>
        await Find(connection).Faults.InjectAsync(fault, cancellationToken: cancellationToken).ConfigureAwait(false);

    public async Task InjectAsync(ConnectionId connection, string fault, FaultSettings? settings, CancellationToken cancellationToken) =>
        await Find(connection).Faults.InjectAsync(fault, FaultTexts.Of(settings ?? new FaultSettings()), cancellationToken).ConfigureAwait(false);

    public void Schedule(IReadOnlyList<ScheduledFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        foreach (var fault in faults)
        {
            // A name that stands for nothing must be told as such, before the simulator is asked.
            _ = Find(fault.Connection);
        }

        // Each tape is a simulator of its own; all others are one.
        foreach (var group in faults.GroupBy(f => _tapes.TryGetValue(f.Connection, out var tape) ? tape.Host : _host!))
        {
            group.Key.Schedule([.. group.Select(FaultTexts.PlanOf)]);
        }
    }

    public IReadOnlyList<string> FaultTranscript(ConnectionId connection) => [.. Find(connection).Faults.Transcript.Select(r => r.ToString())];

    public async Task ClearAsync(ConnectionId connection, string? fault, CancellationToken cancellationToken)
    {
        var faults = Find(connection).Faults;
        await (fault is null ? faults.ClearAllAsync(cancellationToken) : faults.ClearAsync(fault, cancellationToken)).ConfigureAwait(false);
    }

    public async Task<ITape> PlayAsync(string path, string dialect, int speed, CancellationToken cancellationToken)
    {
        var id = new ConnectionId($"tape-{Interlocked.Increment(ref _tapeCount)}");
        var options = new SimulatorOptions { Venues = [new VenueOptions { Name = id.Value, Dialect = dialect, TapePath = path, TapeSpeed = speed, RateLimits = false }] };
        var host = await StartTapeAsync(options, cancellationToken).ConfigureAwait(false);
        var access = AccessTo(host[id.Value]);
        Connectors!.Plan(id, new ConnectionPlan { Plugin = PluginOf(dialect), Environment = Sdk.VenueEnvironment.Simulator, IsEmbedded = true, Endpoints = access.Endpoints });
        Engine!.Add(new ConnectionSettings { Id = id, IsTape = true });
        var tape = new PlayedTape(id, host, Engine, () => _tapes.TryRemove(id, out _));
        _tapes[id] = tape;
        return tape;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var tape in _tapes.Values)
        {
            await tape.DisposeAsync().ConfigureAwait(false);
        }

        if (_host is not null)
        {
            await _host.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task BeginFaultsAsync(SimulatorHost host, string source)
    {
        try
        {
            FaultSchedules.Begin(host, FaultSchedules.Read(source).Plans, source);
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>How a connection reaches a venue.</summary>
    internal static SimulatedAccess AccessTo(VenueHandle handle)
    {
        // The simulator names its addresses for any client and has more of them than the connectors use, which have names of
        // their own for some.
        var addresses = handle.Addresses;
        var endpoints = handle.Dialect == "binance"
            ? new Dictionary<string, Uri> { ["rest"] = addresses["rest"], ["stream"] = addresses["stream"], ["api"] = addresses["ws-api"] }
            : BybitEndpoints.ToDictionary(name => name, name => addresses[name]);
        return new SimulatedAccess(endpoints, handle.ApiKey, handle.ApiSecret);
    }

    private async Task<SimulatorHost> StartTapeAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await SimulatorHost.StartAsync(options, _time, _logs, cancellationToken).ConfigureAwait(false);
        }
        catch (TapeException e) when (e.InnerException is not null || !File.Exists(e.Path))
        {
            throw new IOException(e.Message, e);
        }
        catch (Exception e) when (e is TapeException or SimulatorOptionsException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private VenueHandle Find(ConnectionId connection)
    {
        if (_tapes.TryGetValue(connection, out var tape))
        {
            return tape.Venue;
        }

        if (_standIns.ContainsKey(connection))
        {
            // The venue of that name still runs, but nothing is connected to it: a fault there would go unnoticed.
            throw new ArgumentException($"A simulated stand-in has taken the place of '{connection}', and it has no wire to inject faults into.", nameof(connection));
        }

        return Venues.TryGetValue(connection.Value, out var handle)
            ? handle
            : throw new ArgumentException($"There is no simulated connection '{connection}'. There are: {string.Join(", ", Venues.Keys)}.", nameof(connection));
    }

    private sealed class PlayedTape(ConnectionId id, SimulatorHost host, WorkbenchEngine engine, Action onDisposed) : ITape
    {
        public VenueHandle Venue { get; } = host[id.Value];

        public SimulatorHost Host => host;

        public ConnectionId Connection => id;

        public IReadOnlyList<Symbol> Symbols => [.. Venue.Symbols.Select(Symbol.Parse)];

        public Task Finished => Venue.Tape!.Completion;

        public async ValueTask DisposeAsync()
        {
            onDisposed();
            await engine.RemoveAsync(id).ConfigureAwait(false);
            await host.DisposeAsync().ConfigureAwait(false);
        }
    }
}
