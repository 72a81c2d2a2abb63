using Workbench.Core.Execution;
using Workbench.Core.Execution.Journal;
using Workbench.Core.MarketData;
using Workbench.Core.Pipeline;
using Workbench.Core.Routing;
using Workbench.Core.Views;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Routing;

public sealed class RouterStageTests
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly ClientOrderId Id = new("o1");
    private static readonly Symbol Btc = "BTC/USDT";

    private readonly Boards _boards = new();
    private readonly MarketBoard _quotes = new();
    private readonly Collected _output = new();
    private readonly ExecutionLedger _ledger;
    private readonly RouterStage _stage;

    public RouterStageTests()
    {
        var journal = ((JournalOpening.Ready)OrderJournal.Open(new MemoryJournalStorage())).Journal;
        _ledger = new ExecutionLedger(new ExecutionCore("t0t"), journal, durable: true);
        _stage = new RouterStage(_ledger, _boards, _quotes);
        _boards.InstrumentBook.Load(Binance, new InstrumentMap([Some.Instrument()]), Some.Now);
    }

    [Theory]
    [InlineData(Side.Buy, "100.129", "100.12")]
    [InlineData(Side.Sell, "100.121", "100.13")]
    [InlineData(Side.Buy, "100.12", "100.12")]
    public void Order_is_sent_rounded_down_and_never_at_a_worse_price(Side side, string limit, string sent)
    {
        var order = Sent(OrderRequest.Limit(Btc, side, new Quantity(1.234567m), Price.Parse(limit), TimeInForce.GoodTillCancelled, true));
        (order.Quantity, order.LimitPrice, order.Side, order.PostOnly, order.ClientOrderId).ShouldBe((new Quantity(1.23456m), Price.Parse(sent), side, true, Id));
    }

    [Fact]
    public void Order_goes_to_the_connection_it_was_approved_for_and_says_what_stands_behind_it()
    {
        _boards.Set(new ConnectionStatus { Id = Binance, State = ConnectionState.Connected, Reason = "ok", Since = Some.Now, IsSimulated = true });
        Route(OrderRequest.Market(Btc, Side.Buy, new Quantity(1)), isBackup: true);
        var order = _ledger.Core.Find(Id)!;
        (order.Connection, order.IsBackup, order.IsSimulated, order.Knowledge).ShouldBe((Binance, true, true, OrderKnowledge.InFlight));
        _ledger.Commit().ShouldHaveSingleItem().ShouldBeOfType<SendOrder>().Connection.ShouldBe(Binance);
    }

    [Theory]
    [InlineData("0.000001", "100", "binance: quantity is zero")]
    [InlineData("0.01", "100", "binance: value 1 is below the minimum of 5")]
    [InlineData("1000", "0.004", "binance: price 0.004 is not a multiple of 0.01")]
    public void Order_that_the_venue_would_refuse_is_denied_and_not_sent(string quantity, string limit, string reason) =>
        Denied(OrderRequest.Limit(Btc, Side.Buy, Quantity.Parse(quantity), Price.Parse(limit))).ShouldBe(reason);

    [Fact]
    public void Order_for_a_market_that_the_connection_does_not_list_is_denied() =>
        Denied(OrderRequest.Market("ETH/USDT", Side.Buy, new Quantity(1))).ShouldBe("binance does not list ETH/USDT");

    [Theory]
    [InlineData(Side.Buy, "100.111", "100.12")]
    [InlineData(Side.Sell, "99.899", "99.89")]
    public void Stop_is_sent_with_its_price_rounded_away_from_the_market(Side side, string stop, string sent)
    {
        _quotes.Set(Some.Quote("binance", 100, 100.1m));
        var order = Sent(OrderRequest.StopLimit(Btc, side, new Quantity(1), Price.Parse(stop), new Price(100)) with { TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = Some.Now, ReduceOnly = true });
        (order.Type, order.StopPrice, order.ExpiresAt, order.ReduceOnly).ShouldBe((OrderType.StopLimit, Price.Parse(sent), Some.Now, true));
    }

    [Theory]
    [InlineData(Side.Buy, "100.1", "stop_price: binance: a buy stop waits for a higher price, and 100.1 is not above the ask of 100.1")]
    [InlineData(Side.Buy, "50", "stop_price: binance: a buy stop waits for a higher price, and 50 is not above the ask of 100.1")]
    [InlineData(Side.Sell, "100", "stop_price: binance: a sell stop waits for a lower price, and 100 is not below the bid of 100")]
    public void Stop_on_the_wrong_side_of_the_market_is_denied(Side side, string stop, string reason)
    {
        _quotes.Set(Some.Quote("binance", 100, 100.1m));
        Denied(OrderRequest.Stop(Btc, side, new Quantity(1), Price.Parse(stop))).ShouldBe(reason);
    }

    [Fact]
    public void Stop_without_a_price_to_hold_it_against_is_denied() =>
        Denied(OrderRequest.Stop(Btc, Side.Buy, new Quantity(1), new Price(100))).ShouldBe("stop_price: binance: there is no price of BTC/USDT to hold the stop price 100 against");

    [Fact]
    public void Order_that_the_venue_does_not_take_is_denied_by_code_and_not_sent()
    {
        var spot = new OrderSupport { Types = new HashSet<OrderType> { OrderType.Limit }, TimesInForce = new HashSet<TimeInForce> { TimeInForce.GoodTillCancelled }, PostOnly = false };
        var manifest = new Fakes.FakeConnector("binance").Manifest with { Orders = new Dictionary<InstrumentKind, OrderSupport> { [InstrumentKind.Spot] = spot } };
        var limit = OrderRequest.Limit(Btc, Side.Buy, new Quantity(1), new Price(100));
        Deny(limit with { PostOnly = true }).ShouldBe(("unsupported_post_only", "binance: the venue takes no post-only orders there"));
        Deny(OrderRequest.Market(Btc, Side.Buy, new Quantity(1))).ShouldBe(("unsupported_type", "binance: the venue takes no Market orders there"));
        manifest = manifest with { Orders = new Dictionary<InstrumentKind, OrderSupport>() };
        Deny(limit).ShouldBe(("unsupported_type", "binance: the venue takes no orders in BTC/USDT, a Spot market"));

        (string Code, string Reason) Deny(OrderRequest request)
        {
            var output = new Collected();
            var journal = ((JournalOpening.Ready)OrderJournal.Open(new MemoryJournalStorage())).Journal;
            var ledger = new ExecutionLedger(new ExecutionCore("t0t"), journal, durable: true);
            var intent = new IntentCreated(Some.Now, Id, request, "test");
            ledger.Record(intent, output);
            new RouterStage(ledger, _boards, _quotes, _ => manifest).Process(new OrderApproved(intent, Binance, IsBackup: false), output);
            ledger.Commit().ShouldBeEmpty();
            var parts = ledger.Core.Find(Id)!.Reason!.Split(": ", 2);
            return (parts[0], parts[1]);
        }
    }

    [Theory]
    [InlineData(Side.Buy, "value 4.9 is below the minimum of 5")]
    [InlineData(Side.Sell, "value 4.8 is below the minimum of 5")]
    public void Market_order_is_valued_at_the_price_it_would_take(Side side, string reason)
    {
        _quotes.Set(Some.Quote("binance", 48, 49));
        Denied(OrderRequest.Market(Btc, side, new Quantity(0.1m))).ShouldBe($"binance: {reason}");
    }

    [Fact]
    public void Other_messages_pass() => _stage.Process(new TimePassed(Some.Now), _output).ShouldBeTrue();

    private NewOrder Sent(OrderRequest request)
    {
        Route(request);
        return _ledger.Commit().ShouldHaveSingleItem().ShouldBeOfType<SendOrder>().Order;
    }

    private string? Denied(OrderRequest request)
    {
        Route(request);
        _ledger.Commit().ShouldBeEmpty();
        var order = _ledger.Core.Find(Id)!;
        order.IsDone.ShouldBeTrue();
        return order.Reason!.Replace("instrument: ", "", StringComparison.Ordinal);
    }

    private void Route(OrderRequest request, bool isBackup = false)
    {
        var intent = new IntentCreated(Some.Now, Id, request, "test");
        _ledger.Record(intent, _output);
        _stage.Process(new OrderApproved(intent, Binance, isBackup), _output).ShouldBeFalse();
    }
}
