using Workbench.Simulator.Matching;
using static Workbench.Simulator.Tests.Matching.EngineBench;

namespace Workbench.Simulator.Tests.Matching;

public sealed class OrderListTests
{
    private readonly EngineBench _bench = new();

    public OrderListTests() => _bench.TradeAt(100);

    private OrderList Pair() => _bench.PlaceList(_bench.One, Contingency.OneCancelsTheOther,
        Limit(Side.Sell, 10, 110) with { PostOnly = PostOnly.RefuseIfTaking }, Limit(Side.Sell, 10, 89) with { Trigger = FallsTo(90) });

    [Fact]
    public void Pair_locks_once()
    {
        Pair();

        (_bench.One.Balance("A").Free, _bench.One.Balance("A").Locked).ShouldBe((90m, 10m));
    }

    [Fact]
    public void Pair_of_buys_locks_the_larger_of_the_two()
    {
        var list = _bench.PlaceList(_bench.One, Contingency.OneCancelsTheOther, Limit(Side.Buy, 10, 90), Limit(Side.Buy, 10, 112) with { Trigger = RisesTo(110) });

        _bench.One.Balance("B").Locked.ShouldBe(1120);
        _bench.Place(_bench.Two, Limit(Side.Sell, 4, 90));
        _bench.One.Balance("B").Locked.ShouldBe(540, "only the rest of the order that trades");
        list.Orders[1].CloseReason.ShouldBe(CloseReason.ContingentOrder);
    }

    [Fact]
    public void Partial_fill_of_one_ends_the_other_before_it_is_reported()
    {
        var list = Pair();
        _bench.News();

        _bench.Place(_bench.Two, Limit(Side.Buy, 3, 110));

        (list.Orders[0].Status, list.Orders[0].Executed, list.Orders[1].Status, list.Orders[1].CloseReason)
            .ShouldBe((OrderStatus.PartiallyFilled, 3m, OrderStatus.Expired, CloseReason.ContingentOrder));
        var news = _bench.News();
        news[1].ShouldStartWith($"Expired #{list.Orders[1].Id}");
        (list.IsOpen, _bench.One.Balance("A").Locked).ShouldBe((true, 7m));
    }

    [Fact]
    public void Trigger_of_the_stop_ends_the_other()
    {
        var list = Pair();
        _bench.News();

        _bench.TradeAt(90);

        (list.Orders[0].CloseReason, list.Orders[1].Status, _bench.One.Balance("A").Locked).ShouldBe((CloseReason.ContingentOrder, OrderStatus.New, 10m));
        _bench.Place(_bench.Two, Limit(Side.Buy, 10, 89));
        (list.IsOpen, _bench.News()[^1]).ShouldBe((false, $"list {list.Id} Done"));
    }

    [Fact]
    public void Cancel_of_one_order_cancels_the_list_in_one_step()
    {
        var list = Pair();
        var steps = _bench.Log.Steps;

        _bench.Engine.Cancel(list.Orders[1], "bye").ShouldBe(Rejection.None);

        list.Orders.ShouldAllBe(o => o.Status == OrderStatus.Cancelled);
        (list.IsOpen, _bench.Log.Steps - steps, _bench.One.Balance("A").Locked).ShouldBe((false, 1, 0m));
    }

    [Fact]
    public void List_with_one_order_that_is_refused_places_none()
    {
        var result = _bench.Engine.PlaceList(_bench.One, new NewOrderList
        {
            Contingency = Contingency.OneCancelsTheOther,
            Orders = [Limit(Side.Sell, 10, 110), Limit(Side.Sell, 10, 89) with { Trigger = FallsTo(101) }],
        });

        (result.Rejection, result.FaultyOrder, _bench.One.OpenOrders.Count).ShouldBe((Rejection.WouldTrigger, 1, 0));
    }

    [Fact]
    public void Pending_order_is_placed_when_the_working_one_is_filled_entirely_and_locks_nothing_before()
    {
        var list = _bench.PlaceList(_bench.One, Contingency.OneTriggersTheOther, Limit(Side.Buy, 2, 95), Limit(Side.Sell, 2, 105));
        (list.Orders[1].Status, _bench.One.Balance("A").Locked).ShouldBe((OrderStatus.Pending, 0m));

        _bench.Place(_bench.Two, Limit(Side.Sell, 1, 95));
        list.Orders[1].Status.ShouldBe(OrderStatus.Pending);
        _bench.Place(_bench.Two, Limit(Side.Sell, 1, 95));

        (list.Orders[1].Status, _bench.One.Balance("A").Locked, _bench.Book.Asks.Best!.Price).ShouldBe((OrderStatus.New, 2m, 105m));
    }

    [Fact]
    public void Pending_orders_end_with_a_working_order_that_is_not_filled()
    {
        var list = _bench.PlaceList(_bench.One, Contingency.OneTriggersTheOther,
            Limit(Side.Buy, 2, 95) with { TimeInForce = TimeInForce.Ioc }, Limit(Side.Sell, 2, 105));

        (list.Orders[0].Status, list.Orders[1].Status, list.Orders[1].CloseReason, list.IsOpen)
            .ShouldBe((OrderStatus.Expired, OrderStatus.Expired, CloseReason.ContingentOrder, false));
    }

    [Fact]
    public void Filled_entry_places_a_pair_of_which_one_trades()
    {
        var list = _bench.PlaceList(_bench.One, Contingency.OneTriggersAPair,
            Limit(Side.Buy, 2, 100), Limit(Side.Sell, 2, 110), Limit(Side.Sell, 2, 89) with { Trigger = FallsTo(90) });

        _bench.Place(_bench.Two, Limit(Side.Sell, 2, 100));
        (list.Orders[1].Status, list.Orders[2].Status, _bench.One.Balance("A").Locked).ShouldBe((OrderStatus.New, OrderStatus.Untriggered, 2m));
        _bench.Place(_bench.Three, Limit(Side.Buy, 2, 110));

        (list.Orders[1].Status, list.Orders[2].CloseReason, list.IsOpen).ShouldBe((OrderStatus.Filled, CloseReason.ContingentOrder, false));
    }

    [Fact]
    public void Pending_order_can_take_what_the_entry_brought_after_fees()
    {
        _bench.One.TakerRate = _bench.One.MakerRate = 0.01m;
        var list = _bench.Engine.PlaceList(_bench.One, new NewOrderList
        {
            Contingency = Contingency.OneTriggersTheOther,
            PendingTakesProceeds = true,
            Orders = [Limit(Side.Buy, 5, 100), Limit(Side.Sell, 5, 110)],
        }).List!;

        _bench.Place(_bench.Two, Limit(Side.Sell, 5, 100));

        list.Orders[1].Quantity.ShouldBe(4.9m, "5 less one percent, rounded down to the step");
    }
}
