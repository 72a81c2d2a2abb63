using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Core.Pipeline;
using Workbench.Core.Strategies;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Strategies;

public sealed class StrategiesStageTests
{
    private static readonly Symbol Btc = "BTC/USDT";
    private static readonly OrderRequest Request = OrderRequest.Market(Btc, Side.Buy, new Quantity(1));

    private readonly ExecutionLedger _ledger;
    private readonly StrategiesStage _stage;
    private readonly Collected _output = new();
    private readonly List<(Symbol, MarketChannel)> _subscribed = [];
    private int _ids;

    public StrategiesStageTests()
    {
        var journal = ((JournalOpening.Ready)OrderJournal.Open(new MemoryJournalStorage())).Journal;
        _ledger = new ExecutionLedger(new ExecutionCore("t0t"), journal, durable: false);
        _stage = new StrategiesStage(_ledger, () => new ClientOrderId($"o{++_ids}"), (s, c) => _subscribed.Add((s, c)), NullLogger.Instance);
    }

    [Fact]
    public void Strategy_starts_once_with_the_first_message_and_stops_once()
    {
        var strategy = Add();
        strategy.Calls.ShouldBeEmpty();
        Tick();
        Tick();
        _stage.Stop();
        _stage.Stop();
        strategy.Calls.ShouldBe(["start", "stop"]);
        Tick();
        strategy.Calls.Count.ShouldBe(2, "nothing comes after the end");
    }

    [Fact]
    public void Strategy_that_never_started_is_not_stopped()
    {
        var strategy = Add();
        _stage.Stop();
        strategy.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void Strategy_hears_of_what_it_subscribed_through_the_route_and_nothing_else()
    {
        var strategy = Add(s => s.Context.Subscribe(Btc, MarketChannel.Quotes));
        Tick();
        Process(new RoutedMarketData(Some.Quote("binance", 1, 2)));
        Process(new MarketDataArrived(Some.Quote("bybit", 3, 4)));
        Process(new RoutedMarketData(Some.Quote("binance", 5, 6, symbol: "ETH/USDT")));
        Process(new RoutedMarketData(new Trade(Btc, new TradeId("1"), new Price(1), new Quantity(1), Side.Buy, Some.Stamp())));
        strategy.Calls.ShouldBe(["start", "quote 1"]);
        _subscribed.ShouldBe([(Btc, MarketChannel.Quotes)]);
    }

    [Fact]
    public void Strategy_that_subscribes_twice_is_subscribed_once()
    {
        Add(s =>
        {
            s.Context.Subscribe(Btc, MarketChannel.Trades);
            s.Context.Subscribe(Btc, MarketChannel.Trades);
        });
        Tick();
        _subscribed.ShouldHaveSingleItem();
    }

    [Fact]
    public void Strategy_gets_the_pipelines_time()
    {
        var now = Some.Now + TimeSpan.FromDays(1);
        var seen = new List<Timestamp>();
        Add(s => seen.Add(s.Context.Now));
        Process(new TimePassed(now));
        seen.ShouldBe([now]);
    }

    [Fact]
    public void Order_of_a_strategy_is_written_down_and_handed_to_the_gate()
    {
        Add(s => s.Context.Submit(Request));
        Tick();
        var intent = _output.Messages.OfType<OrderFact>().ShouldHaveSingleItem().Event.ShouldBeOfType<IntentCreated>();
        (intent.Request, intent.Origin, intent.Id).ShouldBe((Request, "strategy one", new ClientOrderId("o1")));
        _ledger.Core.Find(intent.Id).ShouldNotBeNull();
    }

    [Fact]
    public void Strategy_hears_of_its_own_orders_and_fills_and_of_nobody_elses()
    {
        var mine = Add(s => s.Context.Submit(Request));
        var other = Add(_ => { }, "two");
        Tick();
        var fill = new FillReport { Symbol = Btc, TradeId = new TradeId("1"), VenueOrderId = new VenueOrderId("v"), Side = Side.Buy, Price = new Price(1), Quantity = new Quantity(1), VenueTime = Some.Now };
        Process(new OrderChanged(_ledger.Core.Find(new ClientOrderId("o1"))! with { Version = 9 }));
        Process(new FillApplied(new Fill { OrderId = new ClientOrderId("o1"), Connection = new ConnectionId("binance"), Report = fill }));
        Process(new FillApplied(new Fill { Connection = new ConnectionId("binance"), Report = fill }));
        mine.Calls.ShouldBe(["start", "order o1 v1", "order o1 v9", "fill o1"]);
        other.Calls.ShouldBe(["start"]);
    }

    [Fact]
    public void Strategy_is_told_that_a_later_stage_has_denied_its_order()
    {
        var strategy = Add(s => s.Context.Submit(Request));
        Tick();
        _ledger.Record(new IntentDenied(Some.Now, new ClientOrderId("o1"), "max_position", "limit 1, would be 2"), _output);
        Tick();
        Tick();
        strategy.Orders.ShouldHaveSingleItem().ShouldSatisfyAllConditions(o => o.IsDone.ShouldBeTrue(), o => o.Reason!.ShouldContain("limit 1, would be 2"));
    }

    [Fact]
    public void Strategy_is_told_each_state_of_its_order_once()
    {
        var strategy = Add(s => s.Context.Submit(Request));
        Tick();
        var order = _ledger.Core.Find(new ClientOrderId("o1"))!;
        Process(new OrderChanged(order));
        Process(new OrderChanged(order));
        Process(new OrderChanged(order with { Version = order.Version + 1 }));
        strategy.Orders.Select(o => o.Version).ShouldBe([1, 2]);
    }

    [Fact]
    public void Cancel_of_a_strategy_is_written_down_and_told_back()
    {
        var strategy = Add(s =>
        {
            s.Context.Submit(Request);
            s.Context.Subscribe(Btc, MarketChannel.Quotes);
        });
        strategy.OnQuoteDo = s => s.Context.Cancel(new ClientOrderId("o1"));
        Tick();
        var order = new NewOrder { ClientOrderId = new ClientOrderId("o1"), Instrument = Some.Instrument(), Side = Side.Buy, Type = OrderType.Market, Quantity = new Quantity(1) };
        _ledger.Record(new AttemptPrepared(Some.Now, order.ClientOrderId, new ConnectionId("binance"), false, false, order), _output);
        Process(new RoutedMarketData(Some.Quote("binance", 1, 2)));
        _ledger.Core.Find(order.ClientOrderId)!.CancelRequested.ShouldBeTrue();
        Tick();
        strategy.Orders[^1].CancelRequested.ShouldBeTrue();
    }

    [Theory]
    [InlineData("start")]
    [InlineData("quote")]
    [InlineData("stop")]
    public void Strategy_that_throws_is_stopped_and_the_others_run_on(string where)
    {
        static void Throw(Spy s) => throw new InvalidOperationException("boom");
        var bad = Add(where == "start" ? Throw : s => s.Context.Subscribe(Btc, MarketChannel.Quotes));
        bad.OnQuoteDo = where == "quote" ? Throw : null;
        bad.OnStopDo = where == "stop" ? Throw : null;
        var good = Add(s => s.Context.Subscribe(Btc, MarketChannel.Quotes), "two");
        Tick();
        Process(new RoutedMarketData(Some.Quote("binance", 1, 2)));
        Process(new RoutedMarketData(Some.Quote("binance", 2, 3)));
        _stage.Stop();
        good.Calls.ShouldBe(["start", "quote 1", "quote 2", "stop"]);
        bad.Calls.ShouldBe(where switch
        {
            "start" => ["start"],
            "quote" => ["start", "quote 1"],
            _ => ["start", "quote 1", "quote 2", "stop"],
        });
    }

    [Fact]
    public void Order_that_a_strategy_gave_before_it_threw_stands()
    {
        Add(s =>
        {
            s.Context.Submit(Request);
            throw new InvalidOperationException("boom");
        });
        Tick();
        _output.Messages.OfType<OrderFact>().ShouldHaveSingleItem();
    }

    [Fact]
    public void Strategy_that_acts_outside_a_callback_is_refused()
    {
        var strategy = Add();
        Tick();
        Should.Throw<InvalidOperationException>(() => strategy.Context.Submit(Request)).Message.ShouldContain("within its callbacks");
        Should.Throw<InvalidOperationException>(() => strategy.Context.Cancel(new ClientOrderId("o1")));
        Should.Throw<InvalidOperationException>(() => strategy.Context.Subscribe(Btc, MarketChannel.Quotes));
        (_output.Messages.Count, _subscribed.Count).ShouldBe((0, 0));
        _ledger.Core.All.ShouldBeEmpty();
    }

    [Fact]
    public void Strategy_that_acts_in_its_last_callback_is_refused_and_the_host_goes_on()
    {
        var strategy = Add();
        strategy.OnStopDo = s => s.Context.Submit(Request);
        Tick();
        Should.NotThrow(_stage.Stop);
        _ledger.Core.All.ShouldBeEmpty();
    }

    private Spy Add(Action<Spy>? onStart = null, string name = "one")
    {
        var spy = new Spy { OnStartDo = onStart };
        _stage.Add(name, spy);
        return spy;
    }

    private void Tick() => Process(new TimePassed(Some.Now));

    private void Process(WorkbenchMessage message) => _stage.Process(message, _output).ShouldBeTrue();

    private sealed class Spy : Strategy
    {
        public List<string> Calls { get; } = [];

        public List<Order> Orders { get; } = [];

        public Action<Spy>? OnStartDo { get; set; }

        public Action<Spy>? OnQuoteDo { get; set; }

        public Action<Spy>? OnStopDo { get; set; }

        public IStrategyContext Context { get; private set; } = null!;

        public override void OnStart(IStrategyContext context)
        {
            Context = context;
            Calls.Add("start");
            OnStartDo?.Invoke(this);
        }

        public override void OnQuote(Quote quote)
        {
            Calls.Add($"quote {quote.Bid}");
            OnQuoteDo?.Invoke(this);
        }

        public override void OnTrade(Trade trade) => Calls.Add($"trade {trade.Id}");

        public override void OnOrder(Order order)
        {
            Calls.Add($"order {order.Id} v{order.Version}");
            Orders.Add(order);
        }

        public override void OnFill(Fill fill) => Calls.Add($"fill {fill.OrderId}");

        public override void OnStop()
        {
            Calls.Add("stop");
            OnStopDo?.Invoke(this);
        }
    }
}
