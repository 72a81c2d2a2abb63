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
