using Workbench.Simulator.Matching;
using Workbench.Simulator.Venues;
using static Workbench.Simulator.Tests.Matching.EngineBench;

namespace Workbench.Simulator.Tests.Matching;

public sealed class MarketControlTests
{
    private readonly EngineBench _bench = new();

    [Theory]
    [InlineData(InstrumentStatus.Halted)]
    [InlineData(InstrumentStatus.CancelOnly)]
    internal void Stopped_market_takes_nothing_keeps_its_orders_and_lets_them_be_cancelled(InstrumentStatus status)
    {
        var resting = _bench.Place(_bench.One, Limit(Side.Sell, 5, 100));
        _bench.Engine.ChangeStatus(_bench.Book, status);

        _bench.Refused(_bench.Two, Limit(Side.Buy, 5, 100)).ShouldBe(Rejection.MarketClosed);
        _bench.Engine.Amend(resting, 4, 100).Rejection.ShouldBe(Rejection.MarketClosed);
        resting.IsOpen.ShouldBeTrue();
        _bench.Engine.Cancel(resting).ShouldBe(Rejection.None);
        _bench.Engine.ChangeStatus(_bench.Book, InstrumentStatus.Trading);
        _bench.Place(_bench.Two, Limit(Side.Buy, 5, 100)).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Delisting_cancels_resting_waiting_and_pending_orders_and_gives_the_money_back()
    {
        var resting = _bench.Place(_bench.One, Limit(Side.Sell, 5, 100) with { DisplayQuantity = 1 });
        var waiting = _bench.Place(_bench.Two, Limit(Side.Sell, 5, 90) with { Trigger = FallsTo(90) });
        var list = _bench.PlaceList(_bench.Three, Contingency.OneTriggersTheOther, Limit(Side.Buy, 1, 90), Limit(Side.Sell, 1, 110));

        _bench.Engine.Delist(_bench.Book);

        new[] { resting, waiting, list.Orders[0], list.Orders[1] }.ShouldAllBe(o => o.Status == OrderStatus.Cancelled && o.CloseReason == CloseReason.CancelledByVenue);
        (_bench.Book.Asks.Count, _bench.Book.Bids.Count, _bench.One.Balance("A").Locked, _bench.Three.Balance("B").Locked).ShouldBe((0, 0, 0m, 0m));
        _bench.Refused(_bench.One, Limit(Side.Sell, 5, 100)).ShouldBe(Rejection.MarketClosed);
    }

    [Fact]
    public void New_filters_leave_resting_orders_alone()
    {
        var resting = _bench.Place(_bench.One, Limit(Side.Sell, 0.1m, 101));
        _bench.Engine.Change(_bench.Book, _bench.Book.Instrument with { TickSize = 5, StepSize = 1 });

        _bench.Place(_bench.Two, Limit(Side.Buy, 1, 105));

        resting.Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public void Mass_cancel_is_one_step_and_takes_only_what_is_meant()
    {
        _bench.Place(_bench.One, Limit(Side.Sell, 1, 101));
        var kept = _bench.Place(_bench.One, Limit(Side.Buy, 1, 50));
        _bench.Place(_bench.One, Limit(Side.Sell, 1, 102));
        var steps = _bench.Log.Steps;

        _bench.Engine.CancelMany(_bench.One, o => o.Side == Side.Sell).Count.ShouldBe(2);

        _bench.Log.Steps.ShouldBe(steps + 1);
        _bench.One.OpenOrders.ShouldBe([kept]);
    }

    [Fact]
    public void Crossed_book_is_seen_by_all_and_traded_by_nobody()
    {
        var ask = _bench.Place(_bench.One, Limit(Side.Sell, 5, 100));
        _bench.Engine.Distort(_bench.Book, Side.Buy, 120, 7);
        _bench.Engine.Distort(_bench.Book, Side.Sell, 0, 3);
        (_bench.Book.Top.BidPrice, _bench.Book.Top.AskPrice, _bench.Log.Levels[(Side.Buy, 120)]).ShouldBe((120m, 0m, 7m));

        var taker = _bench.Place(_bench.Two, Limit(Side.Buy, 2, 130));
        (taker.AveragePrice, ask.Executed).ShouldBe((100m, 2m));
        _bench.Engine.Straighten(_bench.Book);

        (_bench.Book.Top.BidPrice, _bench.Book.Top.AskPrice, _bench.Book.Bids.Count).ShouldBe((0m, 100m, 0));
        _bench.Log.Levels.Where(l => l.Value > 0).ShouldHaveSingleItem().Value.ShouldBe(3);
    }

    [Theory]
    [InlineData(false, OrderStatus.Untriggered)]
    [InlineData(true, OrderStatus.New)]
    internal void Printed_trade_moves_no_money_and_triggers_only_when_told_to(bool fires, OrderStatus expected)
    {
        _bench.TradeAt(100);
        var stop = _bench.Place(_bench.One, Limit(Side.Sell, 5, 90) with { Trigger = FallsTo(90) });
        var money = (_bench.Two.Balance("A").Total, _bench.Three.Balance("B").Total);

        _bench.Engine.Print(_bench.Book, 0.01m, 1000, Side.Sell, fires);

        (stop.Status, _bench.Book.LastPrice).ShouldBe((expected, 0.01m));
        (_bench.Two.Balance("A").Total, _bench.Three.Balance("B").Total).ShouldBe(money);
    }

    [Fact]
    public void Market_order_stops_at_its_price_bound()
    {
        _bench.Place(_bench.One, Limit(Side.Sell, 1, 100));
        _bench.Place(_bench.One, Limit(Side.Sell, 1, 120));

        var order = _bench.Place(_bench.Two, Market(Side.Buy, 2) with { PriceBound = 110 });

        (order.Status, order.CloseReason, order.Executed).ShouldBe((OrderStatus.Expired, CloseReason.PriceBound, 1m));
    }

    [Fact]
    public void Cancel_and_place_in_one_step_report_balances_once()
    {
        var order = _bench.Place(_bench.One, Limit(Side.Sell, 5, 100));
        var steps = _bench.Log.Steps;

        var placed = _bench.Engine.InOneStep(engine =>
        {
            engine.Cancel(order);
            return engine.Place(_bench.One, Limit(Side.Sell, 100, 101));
        });

        (placed.Ok, _bench.Log.Steps - steps, _bench.One.Balance("A").Locked).ShouldBe((true, 1, 100m));
    }

    [Fact]
    public void Post_only_order_is_not_amended_into_the_other_side()
    {
        _bench.Place(_bench.One, Limit(Side.Sell, 5, 100));
        var refusing = _bench.Place(_bench.Two, Limit(Side.Buy, 1, 90) with { PostOnly = PostOnly.RefuseIfTaking });
        var expiring = _bench.Place(_bench.Two, Limit(Side.Buy, 1, 90) with { PostOnly = PostOnly.ExpireIfTaking });

        _bench.Engine.Amend(refusing, 1, 100).Rejection.ShouldBe(Rejection.WouldTake);
        _bench.Engine.Amend(expiring, 1, 100).Ok.ShouldBeTrue();

        (refusing.Price, expiring.CloseReason, _bench.Two.Balance("B").Locked).ShouldBe((90m, CloseReason.WouldTake, 90m));
    }
}
