using Workbench.Core.Execution;
using Workbench.Sdk;
using static Workbench.Core.Tests.Execution.Given;

namespace Workbench.Core.Tests.Execution;

public sealed class CancelTests
{
    private readonly Given _given = new();

    private int CancelsSent => _given.Effects.OfType<SendCancel>().Count();

    [Fact]
    public void Cancel_of_a_draft_ends_it_without_a_word_to_the_venue()
    {
        _given.Created();
        _given.CancelAsked();
        _given.Order.IsDone.ShouldBeTrue();
        _given.Effects.ShouldBeEmpty();
    }

    [Fact]
    public void Cancel_is_sent_once_while_it_is_pending()
    {
        _given.Working();
        _given.CancelAsked().Effects.ShouldHaveSingleItem().ShouldBe(new SendCancel(Binance, new OrderReference(BtcAtBinance, _given.Id, new VenueOrderId("77"))));
        _given.CancelAsked().ShouldBe(ExecutionResult.Nothing);
        _given.Order.CancelRequested.ShouldBeTrue();
        _given.Order.Leaves.ShouldBe(new Quantity(1), "a cancel on its way frees nothing");
    }

    [Fact]
    public void Cancel_of_an_order_in_flight_goes_by_our_id()
    {
        _given.Sent();
        _given.CancelAsked().Effects.ShouldHaveSingleItem().ShouldBe(new SendCancel(Binance, new OrderReference(BtcAtBinance, _given.Id, null)));
    }

    [Fact]
    public void Accepted_cancel_ends_the_order()
    {
        _given.Working();
        _given.CancelAsked();
        _given.CancelAnswered(_given.Accepted(OrderStatus.Cancelled, 0));
        _given.Order.ShouldSatisfyAllConditions(o => o.IsDone.ShouldBeTrue(), o => o.CancelRequested.ShouldBeFalse());
        _given.Core.Unsettled.ShouldBeEmpty();
    }

    [Fact]
    public void Cancel_that_was_only_taken_note_of_is_followed_up()
    {
        _given.Working();
        _given.CancelAsked();
        _given.CancelAnswered(_given.Accepted(OrderStatus.New));
        _given.Order.CancelRequested.ShouldBeTrue();
        _given.Core.Unsettled.Count.ShouldBe(1);
        _given.Reported(OrderStatus.Cancelled, 0, later: 1);
        _given.Order.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void E22_cancel_of_an_order_that_the_venue_does_not_find_is_looked_up_before_anything_is_believed()
    {
        _given.Working();
        _given.CancelAsked();
        _given.CancelAnswered(Rejected(VenueErrorKind.NotFound)).Effects.ShouldHaveSingleItem().ShouldBeOfType<LookUpOrder>();
        _given.Order.ShouldSatisfyAllConditions(o => o.IsDone.ShouldBeFalse(), o => o.Leaves.ShouldBe(new Quantity(1)), o => o.CancelRequested.ShouldBeFalse());
        _given.LookedUp(_given.Report(OrderStatus.Filled, 1, later: 1));
        _given.Order.Status.ShouldBe(OrderStatus.Filled);
        _given.Order.IsDone.ShouldBeFalse("its fill is still to come");
    }

    [Fact]
    public void E22_unanswered_cancel_is_looked_up_and_can_be_asked_again_when_the_order_still_works()
    {
        _given.Working();
        _given.CancelAsked();
        _given.CancelAnswered(Given.Unknown).Effects.ShouldHaveSingleItem().ShouldBeOfType<LookUpOrder>();
        _given.Order.CancelRequested.ShouldBeTrue();
        _given.LookedUp(_given.Report(OrderStatus.New, later: 1));
        _given.Order.CancelRequested.ShouldBeFalse();
        _given.CancelAsked();
        CancelsSent.ShouldBe(2);
    }

    [Fact]
    public void Cancel_that_overtook_its_order_is_sent_once_more_when_the_order_is_seen_working()
    {
        _given.Sent();
        _given.CancelAsked();
        _given.CancelAnswered(Rejected(VenueErrorKind.NotFound)).Effects.ShouldBeEmpty();
        _given.Answered(_given.Accepted(OrderStatus.New)).Effects.ShouldHaveSingleItem().ShouldBeOfType<SendCancel>();
        _given.CancelAnswered(Rejected(VenueErrorKind.NotFound));
        _given.LookedUp(_given.Report(OrderStatus.New, later: 1)).Effects.ShouldBeEmpty();
        CancelsSent.ShouldBe(2);
    }

    [Fact]
    public void Cancel_of_an_unknown_order_leaves_it_unknown()
    {
        _given.Sent();
        _given.Answered(Given.Unknown);
        _given.CancelAsked();
        CancelsSent.ShouldBe(1);
        _given.CancelAnswered(Rejected(VenueErrorKind.NotFound));
        _given.Order.ShouldSatisfyAllConditions(o => o.Knowledge.ShouldBe(OrderKnowledge.Unknown), o => o.Leaves.ShouldBe(new Quantity(1)));
    }

    [Fact]
    public void P14_cancel_that_was_pending_at_a_crash_is_sent_again_when_the_order_is_found_working()
    {
        _given.Working();
        _given.CancelAsked();
        _given.Apply(new EpochStarted(_given.Now, 2));
        _given.LookedUp(_given.Report(OrderStatus.New, later: 1)).Effects.ShouldHaveSingleItem().ShouldBeOfType<SendCancel>();
        _given.Order.CancelRequested.ShouldBeTrue();
    }

    [Fact]
    public void Cancel_that_never_left_can_be_asked_again()
    {
        _given.Working();
        _given.CancelAsked();
        _given.CancelAnswered(NotSent);
        _given.Order.CancelRequested.ShouldBeFalse();
        _given.CancelAsked();
        CancelsSent.ShouldBe(2);
    }

    [Fact]
    public void Cancel_of_a_filled_order_is_not_sent()
    {
        _given.Working();
        _given.Filled(1);
        _given.CancelAsked().ShouldBe(ExecutionResult.Nothing);
    }

    [Fact]
    public void Cancel_of_an_order_believed_dead_is_sent_and_of_one_that_never_left_is_not()
    {
        _given.Sent();
        _given.Answered(Rejected());
        _given.CancelAsked();
        CancelsSent.ShouldBe(1);
        _given.Order.IsDone.ShouldBeTrue();
        var unsent = new Given().Sent();
        unsent.Answered(NotSent);
        unsent.CancelAsked().ShouldBe(ExecutionResult.Nothing);
    }

    [Fact]
    public void Fill_that_races_a_cancel_is_kept()
    {
        _given.Working();
        _given.CancelAsked();
        _given.Filled(1);
        _given.Order.CancelRequested.ShouldBeFalse();
        _given.CancelAnswered(Rejected(VenueErrorKind.NotFound));
        _given.Order.ShouldSatisfyAllConditions(o => o.Status.ShouldBe(OrderStatus.Filled), o => o.IsDone.ShouldBeTrue());
    }

    [Fact]
    public void Cancel_of_an_order_that_nobody_knows_is_an_anomaly()
    {
        _given.CancelAsked().Anomalies.Count.ShouldBe(1);
    }
}
