using Workbench.Core.Execution;
using Workbench.Sdk;
using static Workbench.Core.Tests.Execution.Given;

namespace Workbench.Core.Tests.Execution;

public sealed class ExecutionCoreTests
{
    private readonly Given _given = new();

    [Fact]
    public void Intent_is_a_draft_that_reserves_what_was_asked_for()
    {
        _given.Created();
        _given.Order.ShouldSatisfyAllConditions(
            o => o.Knowledge.ShouldBe(OrderKnowledge.NotSent),
            o => o.IsDone.ShouldBeFalse(),
            o => o.Leaves.ShouldBe(new Quantity(1)),
            o => o.Version.ShouldBe(1));
        _given.Core.Open.ShouldBe([_given.Order]);
        _given.Effects.ShouldBeEmpty();
    }

    [Fact]
    public void Denied_intent_is_done_and_never_sent()
    {
        _given.Created();
        _given.Apply(new IntentDenied(_given.Now, _given.Id, "max_position", "limit 1 BTC, would be 2 BTC"));
        _given.Order.IsDone.ShouldBeTrue();
        _given.Order.Reason.ShouldBe("max_position: limit 1 BTC, would be 2 BTC");
        _given.Apply(new AttemptPrepared(_given.Now, _given.Id, Binance, false, false, Given.NewOrder(_given.Id)));
        _given.Effects.ShouldBeEmpty();
        _given.Anomalies.ShouldHaveSingleItem().ShouldContain("Prepared while Dead");
    }

    [Fact]
    public void Prepared_order_is_sent_once()
    {
        _given.Sent();
        _given.Effects.ShouldHaveSingleItem().ShouldBe(new SendOrder(Binance, Given.NewOrder(_given.Id)));
        _given.Order.Knowledge.ShouldBe(OrderKnowledge.InFlight);
        _given.Apply(new AttemptPrepared(_given.Now, _given.Id, Bybit, true, false, Given.NewOrder(_given.Id)));
        _given.Effects.Count.ShouldBe(1);
        _given.Order.Connection.ShouldBe(Binance);
        _given.Anomalies.Count.ShouldBe(1);
    }

    [Fact]
    public void Prepared_order_larger_than_its_request_is_not_sent()
    {
        _given.Created();
        _given.Apply(new AttemptPrepared(_given.Now, _given.Id, Binance, false, false, Given.NewOrder(_given.Id, quantity: 1.5m)));
        _given.Effects.ShouldBeEmpty();
        _given.Order.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Id_used_twice_keeps_its_first_content()
    {
        _given.Sent();
        _given.Created(quantity: 5);
        _given.Order.Quantity.ShouldBe(new Quantity(1));
        _given.Anomalies.ShouldHaveSingleItem().ShouldContain("used before");
    }

    [Fact]
    public void Accepted_order_is_known_and_found_by_the_venues_id()
    {
        _given.Working();
        _given.Order.Knowledge.ShouldBe(OrderKnowledge.Known);
        _given.Order.Status.ShouldBe(OrderStatus.New);
        _given.Core.Find(Binance, Btc, new VenueOrderId("77")).ShouldBe(_given.Order);
        _given.Core.Unsettled.ShouldBeEmpty();
    }

    [Fact]
    public void Fills_in_the_answer_are_applied_once_even_when_the_stream_repeats_them()
    {
        _given.Sent();
        var (a, b) = (_given.Fill(0.4m, 100), _given.Fill(0.6m, 110));
        _given.Answered(_given.Accepted(OrderStatus.Filled, 1, a, b));
        _given.Apply(new FillReported(_given.Now, Binance, a));
        _given.Apply(new FillReported(_given.Now, Binance, b));
        _given.Fills.Count.ShouldBe(2);
        _given.Order.ShouldSatisfyAllConditions(
            o => o.Status.ShouldBe(OrderStatus.Filled),
            o => o.IsDone.ShouldBeTrue(),
            o => o.FilledQuantity.ShouldBe(new Quantity(1)),
            o => o.AverageFillPrice.ShouldBe(new Price(106)));
        _given.Anomalies.ShouldBeEmpty();
    }

    [Fact]
    public void NotSent_and_Rejected_end_the_order()
    {
        _given.Sent();
        _given.Answered(NotSent);
        _given.Order.ShouldSatisfyAllConditions(o => o.IsDone.ShouldBeTrue(), o => o.Knowledge.ShouldBe(OrderKnowledge.NotSent));
        var other = new Given().Sent();
        other.Answered(Rejected());
        other.Order.ShouldSatisfyAllConditions(o => o.IsDone.ShouldBeTrue(), o => o.Status.ShouldBe(OrderStatus.Rejected), o => o.Leaves.IsZero.ShouldBeTrue());
    }

    [Fact]
    public void E12_duplicate_id_refusal_means_unknown_and_is_looked_up()
    {
        _given.Sent();
        _given.Answered(Rejected(VenueErrorKind.DuplicateClientOrderId)).Effects.ShouldHaveSingleItem().ShouldBeOfType<LookUpOrder>();
        _given.Order.Knowledge.ShouldBe(OrderKnowledge.Unknown);
        _given.Order.IsDone.ShouldBeFalse();
    }

    [Fact]
    public void Unanswered_order_is_unknown_stays_reserved_and_is_looked_up()
    {
        _given.Sent();
        _given.Answered(Unknown).Effects.ShouldHaveSingleItem().ShouldBe(new LookUpOrder(Binance, new OrderReference(BtcAtBinance, _given.Id, null)));
        _given.Order.ShouldSatisfyAllConditions(
            o => o.Knowledge.ShouldBe(OrderKnowledge.Unknown),
            o => o.IsDone.ShouldBeFalse(),
            o => o.Leaves.ShouldBe(new Quantity(1)));
        _given.Core.Unsettled.ShouldBe([_given.Order]);
    }

    [Fact]
    public void Unknown_order_stays_unknown_however_often_it_is_not_found()
    {
        _given.Sent();
        _given.Answered(Unknown);
        for (var i = 0; i < 100; i++)
        {
            _given.Wait(60);
            _given.LookedUp(i % 2 == 0 ? Absent : ReadFailed).Effects.ShouldBeEmpty();
        }

        _given.Order.Knowledge.ShouldBe(OrderKnowledge.Unknown);
        _given.Order.Leaves.ShouldBe(new Quantity(1));
    }

    [Fact]
    public void E10_unknown_order_found_later_is_adopted_with_its_fills()
    {
        _given.Sent();
        _given.Answered(Unknown);
        _given.LookedUp(_given.Report(OrderStatus.PartiallyFilled, 0.3m));
        _given.Order.Knowledge.ShouldBe(OrderKnowledge.Known);
        _given.Core.Unsettled.ShouldBe([_given.Order], "the announced fill is missing");
        _given.Filled(0.3m);
        _given.Core.Unsettled.ShouldBeEmpty();
        _given.Order.Leaves.ShouldBe(new Quantity(0.7m));
    }

    [Fact]
    public void E14_answer_for_another_order_is_not_believed()
    {
        _given.Sent();
        var other = _given.Report(OrderStatus.Filled, 1) with { ClientOrderId = new ClientOrderId("somebody") };
        _given.Answered(new OrderOutcome.Accepted(other, [])).Effects.ShouldHaveSingleItem().ShouldBeOfType<LookUpOrder>();
        _given.Order.Knowledge.ShouldBe(OrderKnowledge.Unknown);
        _given.Order.VenueOrderId.ShouldBeNull();
        _given.Anomalies.ShouldHaveSingleItem().ShouldContain("somebody");
    }

    [Fact]
    public void E14_answer_that_names_the_venue_order_of_another_order_is_not_believed()
    {
        _given.Working();
        var second = ClientOrderIds.Create("abc", 1, 2, 0);
        _given.Sent(second);
        _given.Apply(new AttemptAnswered(_given.Now, second, new OrderOutcome.Accepted(_given.Report(OrderStatus.New) with { ClientOrderId = null }, [])));
        _given.Core.Find(second)!.Knowledge.ShouldBe(OrderKnowledge.Unknown);
        _given.Order.Status.ShouldBe(OrderStatus.New);
        _given.Anomalies.ShouldNotBeEmpty();
    }

    [Fact]
    public void E15_fill_before_the_answer_is_applied()
    {
        _given.Sent();
        _given.Filled(1);
        _given.Order.Status.ShouldBe(OrderStatus.Filled);
        _given.Answered(_given.Accepted(OrderStatus.New));
        _given.Order.ShouldSatisfyAllConditions(o => o.Status.ShouldBe(OrderStatus.Filled), o => o.IsDone.ShouldBeTrue());
        _given.Anomalies.ShouldBeEmpty();
    }

    [Fact]
    public void E15_fill_without_our_id_waits_for_the_answer_and_is_ours()
    {
        _given.Sent();
        var fill = _given.Fill(0.5m) with { ClientOrderId = null };
        _given.Apply(new FillReported(_given.Now, Binance, fill)).NewFills.ShouldBeEmpty();
        _given.Answered(_given.Accepted(OrderStatus.New)).NewFills.ShouldHaveSingleItem().OrderId.ShouldBe(_given.Id);
        _given.Order.Status.ShouldBe(OrderStatus.PartiallyFilled);
        _given.Anomalies.ShouldBeEmpty();
    }

    [Fact]
    public void Fill_that_waited_is_handed_out_as_foreign_when_no_order_can_own_it_any_more()
    {
        _given.Sent();
        _given.Apply(new FillReported(_given.Now, Binance, _given.Fill(0.5m) with { ClientOrderId = null, VenueOrderId = new VenueOrderId("99") })).NewFills.ShouldBeEmpty();
        var result = _given.Answered(_given.Accepted(OrderStatus.New));
        result.NewFills.ShouldHaveSingleItem().OrderId.ShouldBeNull();
        result.Anomalies.ShouldHaveSingleItem().ShouldContain("foreign order 99");
    }

    [Theory]
    [InlineData(OrderStatus.Cancelled)]
    [InlineData(OrderStatus.Expired)]
    public void E16_fill_after_the_end_is_applied_with_an_alarm(OrderStatus end)
    {
        _given.Working();
        _given.Reported(end, 0);
        _given.Order.IsDone.ShouldBeTrue();
        _given.Filled(0.2m).NewFills.Count.ShouldBe(1);
        _given.Order.ShouldSatisfyAllConditions(o => o.FilledQuantity.ShouldBe(new Quantity(0.2m)), o => o.Status.ShouldBe(end));
        _given.Anomalies.ShouldHaveSingleItem().ShouldContain("NewFill while Ended");
    }

    [Fact]
    public void E16_fill_after_a_refusal_opens_the_order_again()
    {
        _given.Sent();
        _given.Answered(Rejected());
        var result = _given.Filled(0.2m);
        result.NewFills.Count.ShouldBe(1);
        result.Effects.ShouldHaveSingleItem().ShouldBeOfType<LookUpOrder>();
        _given.Order.ShouldSatisfyAllConditions(
            o => o.IsDone.ShouldBeFalse(),
            o => o.Status.ShouldBe(OrderStatus.PartiallyFilled),
            o => o.Leaves.ShouldBe(new Quantity(0.8m)));
        _given.Core.Open.ShouldBe([_given.Order]);
        _given.Anomalies.Count.ShouldBe(1);
    }

    [Fact]
    public void Cancelled_order_is_not_done_before_its_announced_fills_have_arrived()
    {
        _given.Working();
        _given.Reported(OrderStatus.Cancelled, 0.3m);
        _given.Order.IsDone.ShouldBeFalse();
        _given.Core.Unsettled.Count.ShouldBe(1);
        _given.Filled(0.3m);
        _given.Order.IsDone.ShouldBeTrue();
        _given.Anomalies.ShouldBeEmpty();
    }

    [Fact]
    public void Filled_report_without_fills_is_not_done_until_they_are_read()
    {
        _given.Working();
        _given.Reported(OrderStatus.Filled);
        _given.Order.IsDone.ShouldBeFalse();
        _given.Filled(1);
        _given.Order.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void E19_overfill_is_applied_with_an_alarm()
    {
        _given.Working();
        _given.Filled(1);
        _given.Filled(0.5m).NewFills.Count.ShouldBe(1);
        _given.Order.FilledQuantity.ShouldBe(new Quantity(1.5m));
        _given.Order.Leaves.IsZero.ShouldBeTrue();
        _given.Anomalies.ShouldHaveSingleItem().ShouldContain("overfilled");
    }

    [Fact]
    public void Both_executions_of_a_self_trade_count_although_they_share_a_trade_id()
    {
        var sell = ClientOrderIds.Create("abc", 1, 2, 0);
        _given.Working();
        _given.Sent(sell, side: Side.Sell);
        _given.Filled(1, trade: "5");
        _given.Apply(new FillReported(_given.Now, Binance, _given.Fill(1, trade: "5") with { Side = Side.Sell, ClientOrderId = sell, VenueOrderId = new VenueOrderId("78") }));
        _given.Fills.Count.ShouldBe(2);
        _given.Core.Find(sell)!.Status.ShouldBe(OrderStatus.Filled);
    }

    [Fact]
    public void Repeated_trade_with_other_content_is_an_alarm_and_not_applied()
    {
        _given.Working();
        _given.Filled(0.2m, trade: "5");
        _given.Filled(0.3m, trade: "5").NewFills.ShouldBeEmpty();
        _given.Order.FilledQuantity.ShouldBe(new Quantity(0.2m));
        _given.Anomalies.ShouldHaveSingleItem().ShouldContain("other content");
    }

    [Fact]
    public void Late_word_does_not_turn_a_status_back()
    {
        _given.Working();
        _given.Filled(0.5m);
        _given.Reported(OrderStatus.New, later: -1);
        _given.Order.Status.ShouldBe(OrderStatus.PartiallyFilled);
        _given.Reported(OrderStatus.Cancelled, 0.5m, later: 1);
        _given.Reported(OrderStatus.PartiallyFilled, 0.5m, later: 0);
        _given.Order.Status.ShouldBe(OrderStatus.Cancelled);
        _given.Order.IsDone.ShouldBeTrue();
        _given.Anomalies.ShouldBeEmpty();
    }

    [Fact]
    public void Late_pending_does_not_hide_that_the_order_works()
    {
        _given.Working();
        _given.Reported(OrderStatus.Pending, later: -1);
        _given.Order.Status.ShouldBe(OrderStatus.New);
    }

    [Fact]
    public void Newer_working_word_after_the_end_opens_the_order_again()
    {
        _given.Working();
        _given.Reported(OrderStatus.Cancelled, later: 1);
        _given.Reported(OrderStatus.New, later: 2).Effects.ShouldHaveSingleItem().ShouldBeOfType<LookUpOrder>();
        _given.Order.IsDone.ShouldBeFalse();
        _given.Anomalies.Count.ShouldBe(1);
    }

    [Fact]
    public void Proven_dead_order_that_appears_after_all_is_open_again()
    {
        _given.Sent();
        _given.Answered(Unknown);
        _given.Apply(new DeadProven(_given.Now, _given.Id, "two reads"));
        _given.Order.IsDone.ShouldBeTrue();
        _given.Reported(OrderStatus.New);
        _given.Order.ShouldSatisfyAllConditions(o => o.IsDone.ShouldBeFalse(), o => o.Leaves.ShouldBe(new Quantity(1)));
        _given.Anomalies.Count.ShouldBe(1);
    }

    [Fact]
    public void Confirmed_order_cannot_be_proven_dead()
    {
        _given.Working();
        _given.Apply(new DeadProven(_given.Now, _given.Id, "two reads"));
        _given.Order.IsDone.ShouldBeFalse();
        _given.Anomalies.Count.ShouldBe(1);
    }

    [Fact]
    public void Refusal_of_a_send_that_the_stream_showed_working_is_looked_up_instead_of_believed()
    {
        _given.Sent();
        _given.Reported(OrderStatus.New);
        _given.Answered(Rejected()).Effects.ShouldHaveSingleItem().ShouldBeOfType<LookUpOrder>();
        _given.Order.IsDone.ShouldBeFalse();
    }

    [Fact]
    public void Restart_makes_everything_open_unknown_and_abandons_drafts()
    {
        var draft = ClientOrderIds.Create("abc", 1, 2, 0);
        _given.Apply(new EpochStarted(_given.Now, 1));
        _given.Working();
        _given.Created(draft);
        _given.Apply(new EpochStarted(_given.Now, 2));
        _given.Order.Knowledge.ShouldBe(OrderKnowledge.Unknown);
        _given.Order.Status.ShouldBe(OrderStatus.New);
        _given.Core.Find(draft)!.IsDone.ShouldBeTrue();
        _given.Core.Epoch.ShouldBe(2);
        _given.LookedUp(_given.Report(OrderStatus.New));
        _given.Order.Knowledge.ShouldBe(OrderKnowledge.Known);
    }

    [Fact]
    public void Fill_of_a_foreign_order_is_a_fact_without_our_id()
    {
        var fill = _given.Fill(1) with { ClientOrderId = new ClientOrderId("manual") };
        _given.Apply(new FillReported(_given.Now, Binance, fill)).NewFills.ShouldHaveSingleItem().OrderId.ShouldBeNull();
        _given.Apply(new FillReported(_given.Now, Binance, fill)).NewFills.ShouldBeEmpty();
    }

    [Fact]
    public void E37_foreign_orders_are_listed_with_their_last_word()
    {
        var report = _given.Report(OrderStatus.New) with { ClientOrderId = null };
        _given.Apply(new OrderReported(_given.Now, Binance, report)).Anomalies.Count.ShouldBe(1);
        _given.Apply(new OrderReported(_given.Now, Binance, report with { Status = OrderStatus.Cancelled })).Anomalies.ShouldBeEmpty();
        _given.Core.Foreign.ShouldHaveSingleItem().Report.Status.ShouldBe(OrderStatus.Cancelled);
    }

    [Fact]
    public void Report_without_our_id_that_came_first_is_taken_over_by_its_order()
    {
        _given.Sent();
        _given.Apply(new OrderReported(_given.Now, Binance, _given.Report(OrderStatus.Expired, later: 1) with { ClientOrderId = null }));
        _given.Core.Foreign.Count.ShouldBe(1);
        _given.Answered(_given.Accepted(OrderStatus.New));
        _given.Core.Foreign.ShouldBeEmpty();
        _given.Order.Status.ShouldBe(OrderStatus.Expired);
    }

    [Fact]
    public void Order_with_our_prefix_that_is_not_in_the_journal_is_an_orphan()
    {
        var orphan = ClientOrderIds.Create("abc", 9, 9, 0);
        _given.Apply(new OrderReported(_given.Now, Binance, _given.Report(OrderStatus.New) with { ClientOrderId = orphan }))
            .Anomalies.ShouldHaveSingleItem().ShouldContain("ORPHAN");
    }

    [Fact]
    public void Our_id_at_another_connection_is_not_our_order()
    {
        _given.Working();
        _given.Apply(new FillReported(_given.Now, Bybit, _given.Fill(1))).NewFills.ShouldHaveSingleItem().OrderId.ShouldBeNull();
        _given.Order.FilledQuantity.IsZero.ShouldBeTrue();
        _given.Anomalies.ShouldHaveSingleItem().ShouldContain("another market, side or connection");
    }

    [Fact]
    public void Second_venue_order_under_our_id_is_an_alarm_and_its_fill_still_counts()
    {
        _given.Working();
        _given.Apply(new FillReported(_given.Now, Binance, _given.Fill(1) with { VenueOrderId = new VenueOrderId("78") })).NewFills.ShouldHaveSingleItem().OrderId.ShouldBe(_given.Id);
        _given.Anomalies.ShouldHaveSingleItem().ShouldContain("two orders under our id");
    }

    [Fact]
    public void State_rebuilt_from_events_names_orders_at_the_venue_as_before()
    {
        _given.Working();
        var rebuilt = new ExecutionCore("abc");
        foreach (var e in _given.History)
        {
            rebuilt.Apply(e);
        }

        rebuilt.All.ShouldBe(_given.Core.All);
        rebuilt.Reference(_given.Id).ShouldBe(new OrderReference(BtcAtBinance, _given.Id, new VenueOrderId("77")));
    }
}
