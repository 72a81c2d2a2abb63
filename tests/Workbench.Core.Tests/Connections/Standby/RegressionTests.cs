using Microsoft.Extensions.Time.Testing;
using Workbench.Core.Connections.Standby;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Connections.Standby;

public sealed class RegressionTests
{
    private static readonly ConnectionId Binance = new("binance");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(54));

    [Fact]
    public void E43_Ids_that_stay_behind_for_a_while_and_several_times_prove_it()
    {
        var watch = new MarketIdWatch(Patience, _time);
        watch.Regression(Quote(1000)).ShouldBeNull();
        watch.Regression(Quote(10)).ShouldBeNull();
        watch.Regression(Quote(11)).ShouldBeNull();
        _time.Advance(Patience - TimeSpan.FromMilliseconds(1));
        watch.Regression(Quote(12)).ShouldBeNull("not long enough yet");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        watch.Regression(Quote(13)).ShouldBe("the ids of BTC/USDT quotes fell back from 1000 to 13 and stay there");
    }

    [Fact]
    public void E43_Two_late_messages_prove_nothing_however_long_ago()
    {
        var watch = new MarketIdWatch(Patience, _time);
        watch.Regression(Quote(1000));
        watch.Regression(Quote(10));
        _time.Advance(TimeSpan.FromHours(1));
        watch.Regression(Quote(11)).ShouldBeNull();
    }

    [Fact]
    public void E43_Older_session_s_tail_beside_a_newer_session_proves_nothing()
    {
        var watch = new MarketIdWatch(Patience, _time);
        for (var id = 1000; id < 1100; id++)
        {
            watch.Regression(Quote(id)).ShouldBeNull();
            watch.Regression(Quote(id - 500)).ShouldBeNull();
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    [Fact]
    public void E43_Channels_and_markets_count_each_for_themselves_and_a_repeat_is_no_step_back()
    {
        var watch = new MarketIdWatch(Patience, _time);
        watch.Regression(Quote(1000));
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(Patience);
            watch.Regression(new Trade("BTC/USDT", new TradeId("5"), new Price(1), new Quantity(1), Side.Buy, Some.Stamp(sequence: 5 + i))).ShouldBeNull();
            watch.Regression(Quote(7 + i, "ETH/USDT")).ShouldBeNull();
            watch.Regression(Quote(1000)).ShouldBeNull("a venue repeats what has not changed");
            watch.Regression(Quote(0)).ShouldBeNull("there is no id");
        }
    }

    [Fact]
    public void E43_After_a_resume_what_comes_is_the_truth()
    {
        var watch = new MarketIdWatch(Patience, _time);
        watch.Regression(Quote(1000));
        watch.Reset();
        for (var id = 1; id < 20; id++)
        {
            _time.Advance(Patience);
            watch.Regression(Quote(id)).ShouldBeNull();
        }
    }

    [Fact]
    public void E43_Venue_s_clock_that_goes_back_by_minutes_twice_proves_it_and_a_clock_that_is_set_does_not()
    {
        var watch = new VenueClockWatch(_time);
        watch.Regression(Some.Now).ShouldBeNull();
        watch.Regression(Some.Now + TimeSpan.FromSeconds(-59)).ShouldBeNull("clocks are set");
        _time.Advance(TimeSpan.FromSeconds(10));
        watch.Regression(Some.Now + TimeSpan.FromDays(-1)).ShouldBeNull("one answer may be a stale one");
        watch.Regression(Some.Now + TimeSpan.FromDays(-1))!.ShouldContain("went back to 2023-11-13");
        watch.Reset();
        watch.Regression(Some.Now + TimeSpan.FromDays(-1)).ShouldBeNull();
        watch.Regression(Some.Now + TimeSpan.FromDays(-1)).ShouldBeNull();
    }

    [Fact]
    public void E43_Finished_order_that_is_listed_as_open_contradicts_unless_it_is_too_fresh_or_forgiven()
    {
        var done = Done(OrderStatus.Filled, 1);
        Open(done, Report(done, OrderStatus.New, 0), after: default, settled: Some.Now)!.ShouldContain("lists order a as open that was Filled");
        Open(done, Report(done, OrderStatus.New, 0), after: default, settled: Some.Now + TimeSpan.FromSeconds(-1)).ShouldBeNull("queries lag");
        Open(done, Report(done, OrderStatus.New, 0), after: Some.Now, settled: Some.Now).ShouldBeNull("the operator took it");
        Open(done with { Connection = new ConnectionId("bybit") }, Report(done, OrderStatus.New, 0), default, Some.Now).ShouldBeNull("it is another venue's");
        AccountRegression.InOpenOrders([Report(done, OrderStatus.New, 0)], _ => null, Binance, default, Some.Now).ShouldBeNull("it is not ours");
    }

    [Fact]
    public void E43_Order_that_has_filled_less_than_it_had_contradicts()
    {
        var open = Done(OrderStatus.PartiallyFilled, 0.5m) with { IsDone = false };
        Open(open, Report(open, OrderStatus.New, 0.4m), default, Some.Now)!.ShouldContain("has filled 0.4, and it had filled 0.5");
        Open(open, Report(open, OrderStatus.PartiallyFilled, 0.5m), default, Some.Now).ShouldBeNull();
        Open(open, Report(open, OrderStatus.PartiallyFilled, null), default, Some.Now).ShouldBeNull("it does not say");
    }

    [Fact]
    public void E43_Witness_is_the_newest_finished_order_with_fills_that_the_venue_must_still_know()
    {
        var witness = Done(OrderStatus.Filled, 1);
        Order[] orders = [
            witness with { Id = new ClientOrderId("old"), UpdatedAt = Some.Now + TimeSpan.FromHours(-1) }, witness, witness with { Id = new ClientOrderId("fresh"), UpdatedAt = Some.Now + TimeSpan.FromSeconds(1) },
            witness with { Id = new ClientOrderId("elsewhere"), Connection = new ConnectionId("bybit") }, witness with { Id = new ClientOrderId("empty"), FilledQuantity = Quantity.Zero }];
        AccountRegression.Witness(orders, Binance, default, Some.Now)!.Id.ShouldBe(witness.Id);
        AccountRegression.Witness(orders, Binance, Some.Now, Some.Now).ShouldBeNull();
        AccountRegression.Witness([witness], Binance, default, Some.Now + TimeSpan.FromDays(8)).ShouldBeNull("it may be archived");
        AccountRegression.InWitness(witness, null)!.ShouldStartWith("it does not know order a, of which 1 had filled");
        AccountRegression.InWitness(witness, Report(witness, OrderStatus.Filled, 0.9m))!.ShouldContain("has filled 0.9");
        AccountRegression.InWitness(witness, Report(witness, OrderStatus.New, null))!.ShouldContain("as New");
        AccountRegression.InWitness(witness, Report(witness, OrderStatus.Filled, 1)).ShouldBeNull();
    }

    private static string? Open(Order known, OrderReport report, Timestamp after, Timestamp settled) => AccountRegression.InOpenOrders([report], _ => known, Binance, after, settled);

    private static Order Done(OrderStatus status, decimal filled) => new()
    {
        Id = new ClientOrderId("a"), Request = OrderRequest.Market("BTC/USDT", Side.Buy, new Quantity(1)), Connection = Binance, VenueOrderId = new VenueOrderId("1"),
        Knowledge = OrderKnowledge.Known, Status = status, Quantity = new Quantity(1), FilledQuantity = new Quantity(filled), IsDone = true, CreatedAt = Some.Now, UpdatedAt = Some.Now,
    };

    private static OrderReport Report(Order order, OrderStatus status, decimal? filled) => new()
    {
        Symbol = "BTC/USDT", ClientOrderId = order.Id, VenueOrderId = new VenueOrderId("1"), Status = status, FilledQuantity = filled is { } f ? new Quantity(f) : null, VenueTime = Some.Now,
    };

    private static Quote Quote(long id, string symbol = "BTC/USDT") => Some.Quote("binance", 1, 2, symbol: symbol) with { Stamp = Some.Stamp(sequence: id) };
}
