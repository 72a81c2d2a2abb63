using Microsoft.Extensions.Logging;
using Workbench.Core.Execution;
using Workbench.Core.Pipeline;
using Workbench.Sdk;

namespace Workbench.Core.Strategies;

/// <summary>Runs plugin strategies: market data and order news in, intents out. A strategy that throws is stopped and reported; the others run on.</summary>
internal sealed class StrategiesStage(ExecutionLedger ledger, Func<ClientOrderId> nextId, Action<Symbol, MarketChannel> subscribe, ILogger logger, int maxAttempts = 1) : IStage
{
    private readonly ExecutionLedger _ledger = ledger;
    private readonly Func<ClientOrderId> _nextId = nextId;
    private readonly Action<Symbol, MarketChannel> _subscribe = subscribe;
    private readonly ILogger _logger = logger;
    private readonly int _maxAttempts = maxAttempts;
    private readonly List<Running> _running = [];
    private Timestamp _now;

    public string Name => "strategies";

    /// <summary>Adds a strategy; it starts with the next message. Before the pipeline starts, or on its thread.</summary>
    public void Add(string name, Strategy strategy) => _running.Add(new Running(name, strategy));

    public bool Process(WorkbenchMessage message, IStageOutput output)
    {
        _now = message is TimePassed time ? time.At : _now;
        for (var i = 0; i < _running.Count; i++)
        {
            var strategy = _running[i];
            if (!strategy.IsStopped)
            {
                Tell(strategy, message, output);
            }
        }

        return true;
    }

    /// <summary>Tells every strategy that it is over; after the pipeline has stopped.</summary>
    public void Stop()
    {
        foreach (var running in _running.Where(r => r is { IsStarted: true, IsStopped: false }))
        {
            try
            {
                running.IsStopped = true;
                running.Strategy.OnStop();
            }
#pragma warning disable CA1031 // boundary: strategy
            catch (Exception e)
#pragma warning restore CA1031
            {
                _logger.StrategyFailed(e, running.Name, nameof(Strategy.OnStop));
            }
        }
    }

    private void Tell(Running running, WorkbenchMessage message, IStageOutput output)
    {
        running.Output = output;
        try
        {
            TellAsked(running);
            if (!running.IsStarted)
            {
                running.IsStarted = true;
                running.Strategy.OnStart(new Context(this, running));
            }

            Dispatch(running, message);
        }
#pragma warning disable CA1031 // boundary: strategy
        catch (Exception e)
#pragma warning restore CA1031
        {
            running.IsStopped = true;
            _logger.StrategyFailed(e, running.Name, message.GetType().Name);
        }
        finally
        {
            running.Output = null;
        }
    }

    private void TellAsked(Running running)
    {
        // What later stages made of its own wishes, such as a denial, cannot come back to this stage by itself.
        foreach (var id in running.TakeAsked())
        {
            if (_ledger.Core.Find(id) is { } order && running.IsNews(order))
            {
                running.Strategy.OnOrder(order);
            }
        }
    }

    private static void Dispatch(Running running, WorkbenchMessage message)
    {
        switch (message)
        {
            case RoutedMarketData { Event: Quote quote } when running.Wants(quote, MarketChannel.Quotes):
                running.Strategy.OnQuote(quote);
                break;
            case RoutedMarketData { Event: Trade trade } when running.Wants(trade, MarketChannel.Trades):
                running.Strategy.OnTrade(trade);
                break;
            case OrderChanged { Order: var order } when running.IsNews(order):
                running.Strategy.OnOrder(order);
                break;
            case RouteMoved { Event: var moved }:
                running.Strategy.OnRoute(moved);
                break;
            case FillApplied { Fill: { OrderId: { } id } fill } when running.Owns(id):
                running.Strategy.OnFill(fill);
                break;
        }
    }

    private sealed class Running(string name, Strategy strategy)
    {
        private readonly HashSet<MarketSubscription> _subscriptions = [];
        private readonly Dictionary<ClientOrderId, int> _versions = [];
        private List<ClientOrderId> _asked = [];

        public string Name => name;

        public Strategy Strategy => strategy;

        public bool IsStarted { get; set; }

        public bool IsStopped { get; set; }

        public IStageOutput? Output { get; set; }

        public bool Wants(MarketEvent e, MarketChannel channel) => _subscriptions.Contains(new MarketSubscription(e.Symbol, channel));

        public bool Owns(ClientOrderId id) => _versions.ContainsKey(id);

        /// <summary>True for an own order in a state that the strategy was not told yet.</summary>
        public bool IsNews(Order order)
        {
            if (!_versions.TryGetValue(order.Id, out var told) || order.Version <= told)
            {
                return false;
            }

            _versions[order.Id] = order.Version;
            return true;
        }

        public bool Subscribe(MarketSubscription subscription) => _subscriptions.Add(subscription);

        public void Own(ClientOrderId id) => _versions[id] = -1;

        public void Ask(ClientOrderId id) => _asked.Add(id);

        public IReadOnlyList<ClientOrderId> TakeAsked()
        {
            if (_asked.Count == 0)
            {
                return [];
            }

            var asked = _asked;
            _asked = [];
            return asked;
        }
    }

    private sealed class Context(StrategiesStage stage, Running running) : IStrategyContext
    {
        public Timestamp Now => stage._now;

        public void Subscribe(Symbol symbol, MarketChannel channel)
        {
            Output();
            if (running.Subscribe(new MarketSubscription(symbol, channel)))
            {
                stage._subscribe(symbol, channel);
            }
        }

        public ClientOrderId Submit(OrderRequest request)
        {
            var output = Output();
            var intent = new IntentCreated(Now, stage._nextId(), request, $"strategy {running.Name}") { MaxAttempts = stage._maxAttempts };
            running.Own(intent.Id);
            running.Ask(intent.Id);
            stage._ledger.Record(intent, output);
            output.Emit(new OrderFact(intent));
            return intent.Id;
        }

        public void Cancel(ClientOrderId order)
        {
            var output = Output();
            if (!running.Owns(order))
            {
                throw new ArgumentException($"Order {order} is not one of this strategy's.", nameof(order));
            }

            stage._ledger.Record(new CancelRequested(Now, order, $"strategy {running.Name}"), output);
            running.Ask(order);
        }

        public void Log(string message) => stage._logger.StrategyLog(running.Name, message);

        private IStageOutput Output() =>
            running.Output ?? throw new InvalidOperationException("A strategy may act only within its callbacks.");
    }
}
