using Workbench.Simulator.Matching;
using static Workbench.Simulator.Tests.Matching.EngineBench;

namespace Workbench.Simulator.Tests.Matching;

public sealed class TriggerTests
{
    private readonly EngineBench _bench = new();

    [Fact]
    public void Waiting_stop_is_not_in_the_book_and_works_when_the_last_price_reaches_it()
    {
        _bench.TradeAt(100);
        var stop = _bench.Place(_bench.One, Limit(Side.Sell, 1, 90) with { Trigger = FallsTo(95) });
        (stop.Status, stop.WorkingMicros, _bench.Book.Asks.Count, _bench.One.Balance("A").Locked).ShouldBe((OrderStatus.Untriggered, 0, 0, 1m));

        _bench.TradeAt(96);
        stop.Status.ShouldBe(OrderStatus.Untriggered);
        _bench.News();
        _bench.Engine.NowMicros += 500;
        _bench.TradeAt(95);

        (stop.Status, stop.WorkingMicros, stop.Trigger!.FiredMicros).ShouldBe((OrderStatus.New, 1_000_500, 1_000_500));
        _bench.Book.Asks.Best!.Price.ShouldBe(90);
        var news = _bench.News();
        news[^1].ShouldStartWith($"Triggered #{stop.Id} New");
        news[^2].ShouldStartWith("public", customMessage: "the whole command is over before a stop works");
    }

    [Fact]
    public void Trigger_that_is_already_reached_is_refused()
    {
        _bench.TradeAt(100);

        _bench.Refused(_bench.One, Limit(Side.Sell, 1, 90) with { Trigger = FallsTo(100) }).ShouldBe(Rejection.WouldTrigger);
        _bench.Refused(_bench.One, Limit(Side.Buy, 1, 90) with { Trigger = RisesTo(99) }).ShouldBe(Rejection.WouldTrigger);
    }

    [Fact]
    public void Triggers_fire_from_the_nearest_price_and_the_older_first_where_prices_are_equal()
    {
        _bench.TradeAt(100);
        var far = _bench.Place(_bench.One, Limit(Side.Buy, 1, 50) with { Trigger = RisesTo(104) });
        var older = _bench.Place(_bench.One, Limit(Side.Buy, 1, 50) with { Trigger = RisesTo(102) });
        var younger = _bench.Place(_bench.One, Limit(Side.Buy, 1, 50) with { Trigger = RisesTo(102) });
        _bench.News();

        _bench.TradeAt(105);

        _bench.News().Where(l => l.StartsWith("Triggered", StringComparison.Ordinal)).Select(l => l.Split(' ')[1])
            .ShouldBe([$"#{older.Id}", $"#{younger.Id}", $"#{far.Id}"]);
    }

    [Fact]
    public void Ten_thousand_stops_that_set_each_other_off_neither_overflow_the_stack_nor_run_for_ever()
    {
        const int Count = 10_000;
        _bench.Engine.Deposit(_bench.One, "A", Count);
        _bench.Engine.Deposit(_bench.Two, "B", 1_000_000_000);
        for (var i = 0; i < Count; i++)
        {
            _bench.Place(_bench.Two, Limit(Side.Buy, 0.1m, Count - i));
        }

        // The stop at a price sells to the bid one lower, which sets off the next.
        for (var i = 0; i < Count; i++)
        {
            _bench.Place(_bench.One, Market(Side.Sell, 0.1m) with { Trigger = FallsTo(Count - i) });
        }

        var steps = _bench.Log.Steps;
        _bench.Place(_bench.Three, Market(Side.Sell, 0.1m));

        _bench.Log.Steps.ShouldBe(steps + 1, "all of it is one step");
        (_bench.Book.Bids.Count, _bench.Book.LastPrice).ShouldBe((0, 1m));
        _bench.One.OpenOrders.ShouldBeEmpty();
    }

    [Fact]
    public void Trailing_sell_follows_the_market_up_and_fires_when_it_falls_by_the_distance()
    {
        _bench.TradeAt(100);
        var stop = _bench.Place(_bench.One, Limit(Side.Sell, 1, 90) with { Trigger = new() { Direction = TriggerDirection.FallsTo, TrailingBips = 500 } });
        stop.Trigger!.Price.ShouldBe(95);

        _bench.TradeAt(120);
        stop.Trigger.Price.ShouldBe(114);
        _bench.TradeAt(115);
        stop.Status.ShouldBe(OrderStatus.Untriggered);
        _bench.TradeAt(114);

        stop.Status.ShouldBe(OrderStatus.New);
    }

    [Fact]
    public void Trailing_take_profit_tracks_only_after_its_price_was_reached()
    {
        _bench.TradeAt(100);
        var terms = new TriggerTerms { Direction = TriggerDirection.RisesTo, Price = 110, TrailingBips = 1000 };
        var order = _bench.Place(_bench.One, Limit(Side.Sell, 1, 90) with { Trigger = terms });

        _bench.TradeAt(80);
        (order.Status, order.Trigger!.IsTracking).ShouldBe((OrderStatus.Untriggered, false));
        _bench.TradeAt(110);
        (order.Trigger.IsTracking, order.Trigger.TrackingSinceMicros, order.Trigger.Price).ShouldBe((true, 1_000_000, 99m));
        _bench.TradeAt(99);

        order.Status.ShouldBe(OrderStatus.New);
    }

    [Fact]
    public void Order_that_locks_nothing_while_it_waits_ends_at_its_trigger_when_the_money_is_gone()
    {
        _bench.TradeAt(100);
        var terms = FallsTo(95) with { LocksFunds = false };
        var order = _bench.Place(_bench.One, Limit(Side.Sell, 100, 90) with { Trigger = terms });
        _bench.One.Balance("A").Locked.ShouldBe(0);
        _bench.Place(_bench.One, Limit(Side.Sell, 60, 130));

        _bench.TradeAt(95);

        (order.Status, order.CloseReason).ShouldBe((OrderStatus.Expired, CloseReason.InsufficientBalance));
        (_bench.One.Balance("A").Free, _bench.One.Balance("A").Locked).ShouldBe((40m, 60m));
    }

    [Fact]
    public void Conditional_market_buy_locks_at_its_trigger_price_and_pays_what_the_book_asks()
    {
        _bench.TradeAt(100);
        var order = _bench.Place(_bench.One, Market(Side.Buy, 2) with { Trigger = RisesTo(110) });
        _bench.One.Balance("B").Locked.ShouldBe(220);
        _bench.Place(_bench.Two, Limit(Side.Sell, 2, 112));

        _bench.TradeAt(110);

        (order.Status, order.ExecutedQuote).ShouldBe((OrderStatus.Filled, 224m));
        (_bench.One.Balance("B").Free, _bench.One.Balance("B").Locked).ShouldBe((100_000m - 224m, 0m));
    }

    [Fact]
    public void Untriggered_order_is_cancelled_and_amended_like_another()
    {
        _bench.TradeAt(100);
        var order = _bench.Place(_bench.One, Limit(Side.Sell, 1, 90) with { Trigger = FallsTo(95) });

        _bench.Engine.Amend(order, new Amendment { Quantity = 3, TriggerPrice = 97 }).Ok.ShouldBeTrue();
        (order.Trigger!.Price, _bench.One.Balance("A").Locked).ShouldBe((97m, 3m));
        _bench.Engine.Amend(order, new Amendment { TriggerPrice = 101 }).Rejection.ShouldBe(Rejection.WouldTrigger);
        _bench.Engine.Cancel(order).ShouldBe(Rejection.None);
        _bench.TradeAt(90);

        (order.Status, _bench.One.Balance("A").Locked).ShouldBe((OrderStatus.Cancelled, 0m));
    }

    [Fact]
    public void Trigger_on_the_mark_price_does_not_look_at_trades()
    {
        _bench.TradeAt(100);
        var order = _bench.Place(_bench.One, Limit(Side.Sell, 1, 90) with { Trigger = FallsTo(95) with { Source = PriceSource.Mark } });

        _bench.TradeAt(90);
        order.Status.ShouldBe(OrderStatus.Untriggered);
        _bench.Engine.SetPrice(_bench.Book, PriceSource.Mark, 95);

        order.Status.ShouldBe(OrderStatus.New);
    }
}
