using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Workbench.Cli;
using Workbench.Composition;
using Workbench.Plugins;
using Workbench.Sdk;
using Workbench.Simulator.Server;

namespace Workbench.Faults.Tests.Rigging;

/// <summary>
/// The whole host in this process, on two simulated venues, over real sockets and with real time. The venues outlive the host, so that
/// it can be restarted. Every rig has ports, folders and accounts of its own.
/// </summary>
internal sealed class FaultRig : IAsyncDisposable
{
    /// <summary>The primary.</summary>
    public static readonly ConnectionId Binance = new("binance");

    /// <summary>The secondary.</summary>
    public static readonly ConnectionId Bybit = new("bybit");

    public static readonly Symbol Btc = "BTC/USDT";

    /// <summary>What every wait may take before the test fails; nothing is asserted about how long it took.</summary>
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    // Loaded once: most of what it costs to start a host is to compile its plugins' code.
    private static readonly Lazy<PluginHost> Plugins = new(() => new PluginHost(
        PluginCatalog.Scan(Path.Combine(AppContext.BaseDirectory, "plugins")),
        Path.Combine(Path.GetTempPath(), "wb-faults-plugins"), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance));

    private readonly RigOptions _options;
    private readonly LogTail _log = new();
    private readonly ILoggerFactory _logs;
    private CancellationTokenSource _stop = new();

    private readonly TimeProvider _time;

    private FaultRig(RigOptions options, SimulatorHost simulator, TimeProvider time)
    {
        (_options, _time) = (options, time);
        Simulator = simulator;
        Venues = simulator.Venues.ToDictionary(v => new ConnectionId(v.Key), v => new VenueTruth(v.Value));
        _logs = LoggerFactory.Create(l => l.AddProvider(_log).SetMinimumLevel(LogLevel.Information));
    }

    public SimulatorHost Simulator { get; }

    public HostRuntime Host { get; private set; } = null!;

    public IWorkbench Workbench { get; private set; } = null!;

    /// <summary>When the rig began.</summary>
    public DateTimeOffset StartedAt { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>What the venues know.</summary>
    public IReadOnlyDictionary<ConnectionId, VenueTruth> Venues { get; }

    /// <summary>Every connection event since the host (re)started.</summary>
    public Recording<ConnectionEvent> Events { get; private set; } = null!;

    /// <summary>Every quote of the first symbol, through its route, since the host (re)started.</summary>
    public Recording<Quote> Quotes { get; private set; } = null!;

    /// <summary>What the host logged, from information upwards.</summary>
    public IReadOnlyList<string> Log => _log.Lines;

    /// <summary>The time of host and venues.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    public RouteStatus Route => Workbench.Connections.Route(_options.Symbols[0]);

    public static Task<FaultRig> StartAsync(string yaml = "") => StartAsync(new RigOptions { Yaml = yaml });

    public static async Task<FaultRig> StartAsync(RigOptions options)
    {
        var own = options with { Directory = Directory.CreateTempSubdirectory("wb-faults-").FullName };
        TimeProvider time = options.Pace == 1 ? new SteadyTime() : new PacedTime(options.Pace);
        var simulator = await SimulatorHost.StartAsync(RigConfiguration.Simulator(own), time, null, TestContext.Current.CancellationToken);
        var rig = new FaultRig(own, simulator, time);
        try
        {
            await rig.StartHostAsync();
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    public ConnectionStatus Status(ConnectionId connection) => Workbench.Connections.All.Single(c => c.Id == connection);

    public Task InjectAsync(ConnectionId venue, string fault, FaultSettings? settings = null) =>
        Venues[venue].Handle.Faults.InjectAsync(fault, FaultTexts.Of(settings ?? new FaultSettings()));

    /// <summary>Switches a fault off, or all of them.</summary>
    public Task ClearAsync(ConnectionId venue, string? fault = null) =>
        fault is null ? Venues[venue].Handle.Faults.ClearAllAsync() : Venues[venue].Handle.Faults.ClearAsync(fault);

    /// <summary>Waits until something is so.</summary>
    /// <param name="condition">Looked at often; cheap and without side effects.</param>
    /// <param name="what">Completes "gave up waiting until".</param>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Look);
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Ceiling)
            {
                throw new TimeoutException($"Gave up waiting until {what}.\n{Describe()}");
            }

            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits for a task of the workbench.</summary>
    public async Task<T> WithinAsync<T>(Task<T> task, string what)
    {
        await UntilAsync(() => task.IsCompleted, what);
        return await task;
    }

    /// <summary>Waits until data and new orders go to a connection.</summary>
    public Task UntilRoutedToAsync(ConnectionId connection) =>
        UntilAsync(() => Route.Data == connection && Route.Trading == connection && HasQuotes(connection), $"data and trading are at {connection}");

    // After a break the first quote of the new session makes a market one that may be traded on.
    private bool HasQuotes(ConnectionId connection) =>
        _options.Symbols.All(s => Host.Engine.Markets.Find(connection, Symbol.Parse(s)) is { Quote: not null, QuoteProblem: null });

    /// <summary>Waits until every connection takes orders and has quotes of every market that may be traded on.</summary>
    public Task UntilReadyAsync() => UntilAsync(
        () => Workbench.Connections.All.Where(c => Venues.ContainsKey(c.Id)).All(IsReady) && Host.Engine.AreRoutesReady,
        "all connections are up and quote");

    private bool IsReady(ConnectionStatus connection) =>
        connection is { DataUp: true, TradingUp: true } && HasQuotes(connection.Id);

    /// <summary>Buys at the market and waits until nothing can happen to the order any more.</summary>
    public async Task<Order> BuyAsync(decimal quantity = 0.001m)
    {
        var handle = Workbench.Orders.Buy(Btc, new Quantity(quantity));
        return await WithinAsync(handle.Done, $"order {handle.Id} is done");
    }

    /// <summary>Ends the host and starts it again with the same configuration and data folder; its venues go on meanwhile.</summary>
    /// <param name="meanwhile">What happens while no host runs.</param>
    public async Task RestartHostAsync(Func<Task>? meanwhile = null)
    {
        await StopHostAsync();
        if (meanwhile is not null)
        {
            await meanwhile();
        }

        await StartHostAsync();
    }

    /// <summary>Waits until the host and its venues tell the same about every order, fill and position: nothing lost, nothing doubled, nothing unknown.</summary>
    public async Task AssertBooksAgreeAsync()
    {
        await UntilAsync(() => Books.Differences(Workbench, Venues).Count == 0, "the books agree");
        Workbench.Orders.All.Select(o => o.Id).ShouldBeUnique();
    }

    /// <summary>Everything that tells a person what is going on; part of the message of a wait that failed.</summary>
    public string Describe() => string.Join('\n', [
        .. Workbench.Connections.All.Select(c => $"  {c.Id}: {c.State}, data {c.DataUp}, trading {c.TradingUp}, '{c.Reason}'"),
        $"  route: {Route}",
        $"  quotes: {Quotes.Count}, the last {Quotes.Last}",
        .. Workbench.Orders.All.TakeLast(5).Select(o => $"  order {o.Id}: {o.Knowledge} {o.Status} {o.FilledQuantity} of {o.Quantity} at {o.Connection}, '{o.Reason}'"),
        .. Books.Differences(Workbench, Venues).Select(d => $"  books: {d}"),
        .. Venues.Select(v => $"  {v.Key} has faults on: {string.Join(", ", v.Value.Handle.Faults.Active)}"),
        .. Events.Items.TakeLast(20).Select(e => $"  {e.At} {e.Kind} {e.Connection}: {e.Message}"),
        .. Log.TakeLast(20).Select(l => $"  {l}"),
    ]);

    public async ValueTask DisposeAsync()
    {
        await StopHostAsync();
        await Simulator.DisposeAsync();
        _logs.Dispose();
        _stop.Dispose();
        Directory.Delete(_options.Directory, recursive: true);
    }

    private async Task StartHostAsync()
    {
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        Host = await HostRuntime.StartAsync(RigConfiguration.Host(_options, Simulator.Venues), _time, _logs, Plugins.Value, TestContext.Current.CancellationToken);
        Workbench = Host.CreateWorkbench("test", ScriptArgs.None, _logs.CreateLogger("test"), _stop.Token);
        Events = new Recording<ConnectionEvent>(Workbench.Connections.Events());
        Quotes = new Recording<Quote>(Workbench.Market.Quotes(_options.Symbols[0], Delivery.EveryEvent));
        Host.Watch([.. _options.Symbols.Skip(1).Select(Symbol.Parse)]);
        if (_options.WaitUntilReady)
        {
            await UntilReadyAsync();
        }
    }

    private async Task StopHostAsync()
    {
        await _stop.CancelAsync();
        if (Host is not null)
        {
            await Host.DisposeAsync();
        }
    }
}
