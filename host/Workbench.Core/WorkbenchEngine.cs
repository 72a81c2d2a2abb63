using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Workbench.Core.Connections;
using Workbench.Core.Connections.Standby;
using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Core.Health;
using Workbench.Core.Instruments;
using Workbench.Core.MarketData;
using Workbench.Core.Metrics;
using Workbench.Core.Pipeline;
using Workbench.Core.Portfolio;
using Workbench.Core.Risk;
using Workbench.Core.Risk.Kill;
using Workbench.Core.Routing;
using Workbench.Core.Strategies;
using Workbench.Core.Surface;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core;

/// <summary>The trading engine: connections, routes, the pipeline and what people see of it. The host gives it connectors, a journal and a clock.</summary>
public sealed class WorkbenchEngine : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<ConnectionId, Connection> _connections = new();
    private readonly List<ConnectionId> _connectionOrder = [];
    private readonly OpenConnector _open;
    private readonly ILoggerFactory _logs;
    private readonly ClientOrderIds _ids;
    private readonly StagePipeline _pipeline;
    private readonly SequencerStage _sequencer = new();
    private readonly BooksStage _books;
    private readonly StrategiesStage _strategies;
    private readonly PipelineRunner _runner;
    private readonly EffectPerformer _effects;
    private readonly CancellationTokenSource _stop = new();
    private readonly EngineSettings _settings;
    private readonly LocalFaults _localFaults;
    private readonly StandbyView _standby;
    private readonly KillWork _killWork;
    private Task? _ticks;

    /// <summary>Builds an engine; nothing runs before <see cref="Start"/>.</summary>
    /// <param name="settings">What it is built from.</param>
    /// <param name="open">Opens connectors.</param>
    /// <param name="journal">The order journal, opened and ready to append.</param>
    /// <param name="history">The facts that the journal held already, oldest first.</param>
    /// <param name="observer">Sees what happened.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Makes the logs.</param>
    /// <param name="metrics">Where figures go; the engine makes its own when there is none.</param>
    public WorkbenchEngine(
        EngineSettings settings, OpenConnector open, OrderJournal journal, IReadOnlyList<ExecutionEvent> history, IEngineObserver observer, TimeProvider time, ILoggerFactory logs,
        WorkbenchMetrics? metrics = null)
    {
        Metrics = metrics ?? new WorkbenchMetrics(time);
        Metrics.Observe(new MetricSource(() => ConnectionStatuses, () => MarketData, () => [.. _connections.Values.Select(c => (c.Id, c.OpenSockets))]));
        (_settings, _open, _logs, Time) = (settings, open, logs, time);
        _localFaults = new LocalFaults(time);
        var core = new ExecutionCore(settings.Installation);
        var portfolio = new PortfolioBook();
        var ledger = new ExecutionLedger(core, journal, settings.DurableJournal);
        Routes = new RouteTable(settings.Routes, settings.StartGrace, id => core.OpenAttempts.Count(a => a.Order.Connection == id));
        Hub = new MarketHub(Routes, Connection);
        var duties = new TradingDuties(settings.Routes);
        var mappings = new MappingTable(Boards.InstrumentBook);
        _standby = new StandbyView(duties, mappings, Markets, Boards);
        var epoch = Restore(core, portfolio, history);
        _ids = new ClientOrderIds(settings.Installation, epoch);
        Kill = new KillSwitch(core.Controls.Kill, settings.KillRecord, e => Inbox.Post(new OrderFact(e)), time);
        var closer = new PositionCloser(Kill, Boards, Connection, Markets.Latest, Inbox, NextOrderId, time);
        IReadOnlyList<ConnectionId> trading = [.. settings.Connections.Where(static c => !c.IsTape).Select(static c => c.Id).Where(duties.Any)];
        _killWork = new KillWork(Kill, Boards, trading, Connection, Inbox, closer, time);
        _strategies = new StrategiesStage(ledger, NextOrderId, Watch, logs.CreateLogger("strategies"), settings.MaxAttempts);
        _books = new BooksStage(Markets, Routes, settings.Risk.PriceJump is { } jump ? new PriceCheck(jump, settings.Risk.ConfirmJumpAfter) : null, Boards.InstrumentBook);
        _pipeline = TradingPipeline.Build(new Stages(
            Journal: new JournalStage(ledger),
            Sequencer: _sequencer,
            Routes: new RoutesStage(Routes),
            Books: _books,
            Orders: new OrdersStage(ledger, new UnknownResolver(core, BoundsOf)),
            Portfolio: new PortfolioStage(portfolio),
            Strategies: _strategies,
            Risk: new RiskStage(new RiskGate(settings.Risk), new PipelineRiskView(core, portfolio, Markets, Boards), Routes, _standby, Boards, ledger) { Kill = Kill, Portfolio = portfolio },
            Router: new RouterStage(ledger, Boards, Markets, id => Connection(id)?.Connector?.Manifest),
            Views: new ViewsStage(Hub, Boards, Metrics, observer, logs.CreateLogger("views"))));
        _effects = new EffectPerformer(Connection, Inbox, time);
        _runner = new PipelineRunner(Inbox, _pipeline, ledger, Perform, logs.CreateLogger("pipeline"));
        Inbox.Post(new OrderFact(new EpochStarted(Timestamp.Now(time), epoch)));
        BeginAsDecided(core.Controls);
        foreach (var connection in settings.Connections)
        {
            Add(connection);
        }
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Where figures go.</summary>
    public WorkbenchMetrics Metrics { get; }

    /// <summary>How many attempts an order may have.</summary>
    internal int MaxAttempts => _settings.MaxAttempts;

    /// <summary>The kill switch, for operators.</summary>
    public KillSwitch Kill { get; }

    /// <summary>The names of the pipeline's stages, in order.</summary>
    public IReadOnlyList<string> StageNames => _pipeline.StageNames;

    /// <summary>Ends when the pipeline has failed, however early that was; nothing is traded any more and the process should end.</summary>
    public Task Failed => _runner.Failed;

    /// <summary>Why the pipeline has stopped by itself; null while it runs.</summary>
    public Exception? Failure => _runner.Failure;

    /// <summary>True when every route has found the connections that it needs.</summary>
    public bool AreRoutesReady => Routes.IsReady;

    /// <summary>True once any quote has arrived.</summary>
    public bool HasQuote => Markets.Any;

    /// <summary>Market data dropped because the pipeline was behind.</summary>
    public long DroppedMarketData => Inbox.Dropped;

    /// <summary>How market data flows: what waits and what was lost where. Any thread.</summary>
    public MarketDataStatistics MarketData => new()
    {
        Arrived = _sequencer.Arrived,
        Waiting = Inbox.MarketCount,
        Dropped = Inbox.Dropped,
        OfOlderSessions = _sequencer.Dropped,
        Unreadable = _connections.Values.Sum(c => c.Unreadable),
        Suspect = _books.Suspects,
        Readers = Hub.Statistics,
    };

    /// <summary>True when everything posted was worked off and no effect is on its way; for tests that move the clock.</summary>
    internal bool IsQuiet => Inbox.IsEmpty && _runner.IsWaiting && _effects.IsIdle;

    internal PipelineInbox Inbox { get; } = new();

    internal MarketBoard Markets { get; } = new();

    internal Boards Boards { get; } = new();

    internal RouteTable Routes { get; }

    internal MarketHub Hub { get; }

    internal IReadOnlyList<ConnectionStatus> ConnectionStatuses
    {
        get
        {
            lock (_connectionOrder)
            {
                return [.. _connectionOrder.Select(id => _connections[id].Health.Status)];
            }
        }
    }

    /// <summary>Starts the pipeline, and every connection that a route needs.</summary>
    public void Start()
    {
        _runner.Start();
        _killWork.Start();
        _ticks = TickAsync();
        foreach (var member in _settings.Routes.SelectMany(static r => r.Data.Members.Concat(r.Trading?.Members ?? [])))
        {
            Connection(member.Connection)?.Start();
        }
    }

    /// <summary>Adds a connection, such as a tape, while the engine runs. It starts when it is first used.</summary>
    public void Add(ConnectionSettings settings)
    {
        lock (_connectionOrder)
        {
            _connections[settings.Id] = new Connection(settings, _open, Inbox, Hub.Backlog, _localFaults, _standby, Time, _logs.CreateLogger("connections"))
            {
                SendRefusal = Kill.Refusal,
                MayPoll = symbol => MayPoll(settings.Id, symbol),
                Metrics = Metrics,
                Book = symbol => Markets.Find(settings.Id, symbol)?.Book is { Problem: null } book ? book : null,
            };
            _connectionOrder.Add(settings.Id);
        }
    }

    /// <summary>Closes a connection that was added and forgets it.</summary>
    public async Task RemoveAsync(ConnectionId id)
    {
        Connection? connection;
        lock (_connectionOrder)
        {
            _connectionOrder.Remove(id);
            _connections.TryRemove(id, out connection);
        }

        if (connection is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            Boards.Remove(id);
        }
    }

    /// <summary>Subscribes a market through its route for as long as the engine lives, whether or not somebody reads it.</summary>
    public void Watch(Symbol symbol, MarketChannel channel)
    {
        foreach (var id in Routes.DataConnections(symbol))
        {
            Connection(id)?.Subscribe(new MarketSubscription(symbol, channel));
        }
    }

    /// <summary>Adds a plugin's strategy; before <see cref="Start"/>.</summary>
    public void Add(string name, Strategy strategy) => _strategies.Add(name, strategy);

    /// <summary>The surface for one script, the console or the gateway.</summary>
    public IWorkbench CreateWorkbench(WorkbenchAccess access) => new EngineWorkbench(this, access);

    /// <summary>A picture of everything for a screen. Any thread.</summary>
    public EngineSnapshot Snapshot()
    {
        var symbols = Markets.All.Select(q => q.Symbol).Distinct().Order().ToArray();
        var routes = symbols.Select(Routes.Status).ToArray();
        return new EngineSnapshot
        {
            Now = Timestamp.Now(Time),
            Connections = ConnectionStatuses,
            Routes = routes,
            Quotes = [.. routes.Select(r => LatestQuote(r) ?? NewestOf(r.Symbol)).OfType<Quote>()],
            Orders = Boards.Orders,
            Fills = Boards.Fills,
            Positions = [.. Boards.Positions.Where(p => p.Connection is null)],
            Events = Boards.RecentEvents,
            Kill = Kill.Status,
        };
    }

    /// <summary>Ends connections first, then what they have posted is worked off and the journal committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_ticks is not null)
        {
            await _ticks.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _killWork.Dispose();
        await _effects.DrainAsync().ConfigureAwait(false);
        await Task.WhenAll(_connections.Values.Select(c => c.DisposeAsync().AsTask())).ConfigureAwait(false);
        _runner.Dispose();
        Metrics.Dispose();
        _strategies.Stop();
        _stop.Dispose();
    }

    /// <summary>The newest value through a market's route, marked by where the route stands now: the standby's last value came in unmarked.</summary>
    /// <remarks>When the route has no connection, it is the last value known of any of its connections.</remarks>
    internal T? Latest<T>(RouteStatus route, Func<MarketSlot, T?> value)
        where T : MarketEvent
    {
        var newest = route.Data is { } connection
            ? Markets.Find(connection, route.Symbol) is { } slot ? value(slot) : null
            : Routes.DataConnections(route.Symbol).Select(id => Markets.Find(id, route.Symbol) is { } s ? value(s) : null).OfType<T>().MaxBy(v => v.Stamp.ReceivedAt);
        if (newest is null)
        {
            return null;
        }

        var isBackup = route.DataPrimary is { } primary && primary != newest.Stamp.Connection;
        return newest.Stamp.IsBackup == isBackup ? newest : (T)(newest with { Stamp = newest.Stamp with { IsBackup = isBackup } });
    }

    internal Quote? LatestQuote(RouteStatus route) => Latest(route, static s => s.Quote);

    internal ClientOrderId NextOrderId()
    {
        lock (_ids)
        {
            return _ids.Next();
        }
    }

    /// <summary>True for the one connection that polls a market: the first of its route whose venue answers, while none of them has a stream.</summary>
    private bool MayPoll(ConnectionId id, Symbol symbol)
    {
        var candidates = Routes.DataConnections(symbol);
        return !candidates.Any(c => Connection(c) is { Health.IsDataUp: true })
            && candidates.FirstOrDefault(c => c == id || Connection(c) is { Connector: not null, Poller.IsAnswering: true }) == id;
    }

    internal Connection? Connection(ConnectionId id) => _connections.GetValueOrDefault(id);

    /// <summary>What was decided before this start: limits that are others than those of the last one, and the kill switch by its file.</summary>
    private void BeginAsDecided(TradingControls before)
    {
        var limits = _settings.Risk.ToText();
        if (limits != before.Limits)
        {
            Inbox.Post(new OrderFact(new LimitChanged(Timestamp.Now(Time), before.Limits, limits)));
        }

        if (_settings.StartKilled is { } killed)
        {
            Kill.Engage(killed.Level, killed.By, killed.Reason);
        }
    }

    private void Perform(ExecutionEffect effect)
    {
        if (effect is KillJournaled journaled)
        {
            Kill.Journaled(journaled.Status);
        }
        else
        {
            _effects.Perform(effect);
        }
    }

    private Quote? NewestOf(Symbol symbol) => Markets.All.Where(q => q.Symbol == symbol).MaxBy(q => q.Stamp.ReceivedAt);

    private int Restore(ExecutionCore core, PortfolioBook portfolio, IReadOnlyList<ExecutionEvent> history)
    {
        var epoch = 0;
        foreach (var e in history)
        {
            epoch = e is EpochStarted started ? Math.Max(epoch, started.Epoch) : epoch;
            foreach (var fill in core.Apply(e).NewFills)
            {
                portfolio.Apply(fill);
                Boards.Add(fill);
                Boards.Set(portfolio.Position(fill.Connection, fill.Symbol));
                Boards.Set(portfolio.Total(fill.Symbol));
            }
        }

        foreach (var order in core.All)
        {
            Boards.Set(order);
        }

        return epoch + 1;
    }

    private ResolverBounds? BoundsOf(ConnectionId id) =>
        Connection(id) is { Connector.Manifest: var manifest, Health.HasLostState: false } c ? ResolverBounds.Of(manifest, c.Settings.ReceiveWindow) : null;

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Tick, Time);
        do
        {
            Inbox.Post(new TimePassed(Timestamp.Now(Time)));
        }
        while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
    }
}
