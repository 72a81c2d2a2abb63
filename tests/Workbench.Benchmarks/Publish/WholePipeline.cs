using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Core.Connections.Standby;
using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Core.Instruments;
using Workbench.Core.MarketData;
using Workbench.Core.Metrics;
using Workbench.Core.Pipeline;
using Workbench.Core.Portfolio;
using Workbench.Core.Risk;
using Workbench.Core.Risk.Kill;
using Workbench.Core.Routing;
using Workbench.Core.Strategies;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Benchmarks.Publish;

/// <summary>Every stage of the trading pipeline, with one route to one connection that is up; run by whoever calls it instead of by a thread of its own.</summary>
internal sealed class WholePipeline : IDisposable
{
    private readonly OrderJournal _journal;

    public WholePipeline()
    {
        var failover = RouteHalfSettings.PrimarySecondary(Connection, null, TimeSpan.FromSeconds(5));
        var routes = new RouteTable([new RouteSettings("default", new HashSet<Symbol>(), failover, failover)], TimeSpan.Zero);
        Hub = new MarketHub(routes, static _ => null);
        _journal = ((JournalOpening.Ready)OrderJournal.Open(new MemoryJournalStorage())).Journal;
        var core = new ExecutionCore("b0b");
        var ledger = new ExecutionLedger(core, _journal, durable: false);
        Pipeline = TradingPipeline.Build(StagesOf(core, ledger, routes, Hub));
        Runner = new PipelineRunner(Inbox, Pipeline, ledger, static _ => { }, NullLogger.Instance);
        var up = new ConnectionStatus { Id = Connection, State = ConnectionState.Connected, Reason = "ok", Since = default, IsSimulated = true, DataUp = true, TradingUp = true };
        Pipeline.Process(new TimePassed(Timestamp.FromUnixMilliseconds(1_723_161_253_000)));
        Pipeline.Process(new ConnectionReported(up));
        if (routes.Status(Market.Symbol).Data != Connection)
        {
            throw new InvalidOperationException("The route does not use the connection.");
        }
    }

    public static ConnectionId Connection { get; } = new("binance");

    public MarketHub Hub { get; }

    public StagePipeline Pipeline { get; }

    public PipelineInbox Inbox { get; } = new();

    /// <summary>Takes what was posted, as the pipeline's thread does.</summary>
    public PipelineRunner Runner { get; }

    public void Dispose()
    {
        Runner.Dispose();
        _journal.Dispose();
    }

    private static Stages StagesOf(ExecutionCore core, ExecutionLedger ledger, RouteTable routes, MarketHub hub)
    {
        var (book, quotes, boards) = (new PortfolioBook(), new MarketBoard(), new Boards());
        var ids = new ClientOrderIds("b0b", 1);
        var standby = new StandbyView(new TradingDuties([]), new MappingTable(boards.InstrumentBook), quotes, boards);
        return new Stages(
            new JournalStage(ledger),
            new SequencerStage(),
            new RoutesStage(routes),
            new BooksStage(quotes, routes, new PriceCheck(0.2m, TimeSpan.FromSeconds(5)), boards.InstrumentBook),
            new OrdersStage(ledger, new UnknownResolver(core, static _ => null)),
            new PortfolioStage(book),
            new StrategiesStage(ledger, ids.Next, static (_, _) => { }, NullLogger.Instance),
            new RiskStage(new RiskGate(RiskLimits.None), new PipelineRiskView(core, book, quotes, boards), routes, standby, boards, ledger) { Kill = new KillSwitch(null, null, static _ => { }, TimeProvider.System), Portfolio = book },
            new RouterStage(ledger, boards, quotes),
            new ViewsStage(hub, boards, new WorkbenchMetrics(TimeProvider.System), new SilentObserver(), NullLogger.Instance));
    }
}
