using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Composition;
using Workbench.Core;
using Workbench.Core.Connections;
using Workbench.Core.Execution.Journal;
using Workbench.Core.Risk;
using Workbench.Core.Routing;
using Workbench.Core.Surface;
using Workbench.Plugins.Binance;
using Workbench.Sdk;
using Workbench.Storage;
using Workbench.Transport;
using Workbench.Transport.Budgets;

namespace Workbench.Benchmarks.Orders;

/// <summary>The whole way of an order: <see cref="IOrders.Submit"/>, the engine, its journal in files, the Binance connector, the host's HTTP transport.</summary>
internal sealed class EngineClient : IOrderClient
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly OrderJournal _journal;
    private readonly WorkbenchEngine _engine;
    private readonly IOrders _orders;
    private readonly OrderRequest _request = OrderRequest.Limit(Market.Symbol, Side.Buy, new Quantity(0.001m), new Price(61234.57m));

    private EngineClient(Uri rest, bool durable)
    {
        Name = durable ? "engine, journal fsync" : "engine, journal os";
        _journal = ((JournalOpening.Ready)OrderJournal.Open(FileJournalStorage.Open(_folder.FullName))).Journal;
        var failover = RouteHalfSettings.PrimarySecondary(Binance, null, TimeSpan.FromSeconds(5));
        var settings = new EngineSettings
        {
            // No probes while it is measured.
            Connections = [new ConnectionSettings { Id = Binance, StaleAfter = TimeSpan.FromHours(1) }],
            Routes = [new RouteSettings("default", new HashSet<Symbol>(), failover, failover)],
            Risk = Limits,
            DurableJournal = durable,
            Installation = "b0b",
        };
        _engine = new WorkbenchEngine(settings, (_, _) => Task.FromResult(Open(rest)), _journal, [], new SilentObserver(), TimeProvider.System, NullLoggerFactory.Instance);
        _orders = _engine.CreateWorkbench(new WorkbenchAccess("benchmark", null!, null!, NullLogger.Instance, null, CancellationToken.None)).Orders;
    }

    public string Name { get; }

    // Limits that are checked and never reached. None on the position, for the stub fills every order; none on the rate, for no real one would let this pace pass.
    private static RiskLimits Limits => new() { MaxOrderValue = new Amount(1_000_000), MaxOpenOrders = 1_000 };

    public static async Task<EngineClient> StartAsync(Uri rest, bool durable)
    {
        var client = new EngineClient(rest, durable);
        client._engine.Start();
        for (var waited = TimeSpan.Zero; !client._engine.AreRoutesReady; waited += TimeSpan.FromMilliseconds(20))
        {
            if (waited > ReadyLimit)
            {
                throw new InvalidOperationException($"The connection did not come up: {client._engine.Snapshot().Connections[0].Reason}");
            }

            await Task.Delay(20);
        }

        return client;
    }

    public async Task PlaceAsync()
    {
        var order = await _orders.Submit(_request).Answered;
        if (order.Status != OrderStatus.Filled)
        {
            throw new InvalidOperationException($"The order was not filled: {order.Knowledge} {order.Status} {order.Reason}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _journal.Dispose();
        _folder.Dispose();
    }

    private static ConnectorOpening Open(Uri rest)
    {
        var plan = new ConnectionPlan
        {
            Plugin = "Workbench.Plugins.Binance",
            Environment = VenueEnvironment.Simulator,
            Endpoints = new Dictionary<string, Uri> { ["rest"] = rest, ["stream"] = new("ws://127.0.0.1"), ["api"] = new("ws://127.0.0.1") },
        };
        var resources = new ConnectorResources(
            plan,
            SignerFactory.Create(BareClient.ApiKey, BareClient.Secret).Value,
            new HttpPools(new VenueNetwork(TimeProvider.System)),
            new VenueBudgets(new MemoryBudgetStore(), TimeProvider.System),
            null,
            TimeProvider.System,
            NullLogger.Instance);
        var context = resources.Context(Binance, plan, TimeProvider.System, NullLogger.Instance) with { WebSockets = new QuietSockets(TimeProvider.System) };
        return new ConnectorOpening.Opened(new BinanceConnector(context), true, null, resources.ObserveClock, resources);
    }
}
