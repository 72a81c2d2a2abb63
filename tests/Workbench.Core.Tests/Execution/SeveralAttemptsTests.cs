using Workbench.Core.Execution;
using Workbench.Sdk;
using static Workbench.Core.Tests.Execution.Given;

namespace Workbench.Core.Tests.Execution;

/// <summary>An order and its sends apart: another send only after proof that the last one came to nothing, one at a time.</summary>
public sealed class SeveralAttemptsTests
{
    private static readonly ClientOrderId Second = ClientOrderIds.Create("abc", 1, 1, 1);
    private static readonly ClientOrderId Third = ClientOrderIds.Create("abc", 1, 1, 2);
    private readonly Given _given = new();

    [Fact]
    public void Unsent_attempt_is_followed_by_another_under_the_next_id()
    {
        var next = First().Wanted.ShouldHaveSingleItem();
        (next.Id, next.AttemptId, next.Request.Quantity).ShouldBe((_given.Id, Second, new Quantity(1)));
        next.Tried.ShouldBe([Binance]);
        _given.Order.IsDone.ShouldBeFalse();
        _given.Order.Leaves.ShouldBe(new Quantity(1));
        Prepare(Second).Effects.ShouldHaveSingleItem().ShouldBeOfType<SendOrder>().Order.ClientOrderId.ShouldBe(Second);
        (_given.Order.Id, _given.Order.Attempt, _given.Order.SentAs, _given.Order.Connection).ShouldBe((_given.Id, 2, Second, Bybit));
        _given.Core.Find(Second).ShouldBe(_given.Order);
        _given.Core.Open.ShouldBe([_given.Order]);
        _given.Core.All.ShouldBe([_given.Order]);
    }

    [Fact]
    public void Fills_of_the_second_attempt_are_fills_of_the_order()
    {
        First();
        Prepare(Second);
        _given.Apply(new FillReported(_given.Now, Bybit, _given.Fill(1) with { ClientOrderId = Second }));
        (_given.Order.IsDone, _given.Order.Status, _given.Order.FilledQuantity, _given.Order.AverageFillPrice).ShouldBe((true, OrderStatus.Filled, new Quantity(1), new Price(100)));
        _given.Fills.ShouldHaveSingleItem().OrderId.ShouldBe(_given.Id);
    }

    [Fact]
    public void Proof_of_absence_allows_another_attempt()
    {
        Created(2);
        Prepare(_given.Id, Binance);
        _given.Answered(Given.Unknown).Wanted.ShouldBeEmpty();
        _given.LookedUp(Absent).Wanted.ShouldBeEmpty();
        _given.LookedUp(ReadFailed).Wanted.ShouldBeEmpty();
        _given.Apply(new DeadProven(_given.Now, _given.Id, "proof")).Wanted.ShouldHaveSingleItem().AttemptId.ShouldBe(Second);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Refused_attempt_is_never_followed_by_another(bool asDuplicate)
    {
        Created(8);
        Prepare(_given.Id, Binance);
        _given.Answered(Rejected(asDuplicate ? VenueErrorKind.DuplicateClientOrderId : VenueErrorKind.Restricted)).Wanted.ShouldBeEmpty();
        _given.Order.Attempt.ShouldBe(1);
    }

    [Fact]
    public void No_more_attempts_than_allowed()
    {
        First(attempts: 3);
        Prepare(Second);
        Answer(Second, Given.NotSent).Wanted.ShouldHaveSingleItem().AttemptId.ShouldBe(Third);
        Prepare(Third, Binance);
        Answer(Third, Given.NotSent).Wanted.ShouldBeEmpty();
        (_given.Order.IsDone, _given.Order.Attempt, _given.Order.Knowledge).ShouldBe((true, 3, OrderKnowledge.NotSent));
    }

    [Fact]
    public void Denial_of_the_second_attempt_ends_the_order_with_both_reasons()
    {
        First();
        _given.Apply(new IntentDenied(_given.Now, _given.Id, "no_venue", "nobody there"));
        _given.Order.IsDone.ShouldBeTrue();
        _given.Order.Reason!.ShouldContain("no_venue: nobody there");
        _given.Order.Reason!.ShouldContain("not sent:");
        Prepare(Second).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void Cancel_wish_stops_further_attempts()
    {
        Created(2);
        Prepare(_given.Id, Binance);
        _given.CancelAsked();
        _given.Answered(Given.NotSent).Wanted.ShouldBeEmpty();
        _given.Order.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Cancel_between_two_attempts_ends_the_order()
    {
        First();
        _given.CancelAsked();
        _given.Order.IsDone.ShouldBeTrue();
        Prepare(Second).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void Expired_order_is_not_tried_again()
    {
        var request = OrderRequest.Limit(Btc, Side.Buy, new Quantity(1), new Price(100)) with { TimeInForce = TimeInForce.GoodTillDate, ExpiresAt = Start + TimeSpan.FromSeconds(5) };
        _given.Apply(new IntentCreated(_given.Now, _given.Id, request, "test") { MaxAttempts = 2 });
        _given.Apply(new AttemptPrepared(_given.Now, _given.Id, Binance, false, true, NewOrder(_given.Id) with { TimeInForce = request.TimeInForce, ExpiresAt = request.ExpiresAt }));
        _given.Wait(5);
        _given.Answered(Given.NotSent).Wanted.ShouldBeEmpty();
    }

    [Fact]
    public void Restart_between_two_attempts_ends_the_order()
    {
        First();
        _given.Apply(new EpochStarted(_given.Now, 2)).Wanted.ShouldBeEmpty();
        _given.Order.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Attempt_of_an_earlier_epoch_is_not_followed_by_another()
    {
        Created(2);
        Prepare(_given.Id, Binance);
        _given.Apply(new EpochStarted(_given.Now, 2));
        _given.Apply(new DeadProven(_given.Now, _given.Id, "proof")).Wanted.ShouldBeEmpty();
        _given.Order.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void E13_Second_attempt_under_a_used_id_is_not_sent()
    {
        First();
        Prepare(_given.Id).Effects.ShouldBeEmpty();
        _given.Order.IsDone.ShouldBeTrue();
        _given.Anomalies.ShouldNotBeEmpty();
    }

    [Fact]
    public void Attempt_that_nobody_wanted_is_not_sent()
    {
        Created(2);
        Prepare(_given.Id, Binance);
        Prepare(Second).Effects.ShouldBeEmpty();
        _given.Anomalies.ShouldHaveSingleItem();
        _given.Order.Attempt.ShouldBe(1);
    }

    [Fact]
    public void Order_that_may_have_two_attempts_but_one_is_back_from_the_dead_is_over_committed()
    {
        First();
        Prepare(Second);
        var result = _given.Reported(OrderStatus.New);
        result.Anomalies.ShouldContain(a => a.Contains("OVER-COMMITTED", StringComparison.Ordinal));
        (_given.Order.IsOverCommitted, _given.Order.Leaves).ShouldBe((true, new Quantity(2)));
        _given.Filled(0.4m);
        (_given.Order.FilledQuantity, _given.Order.Leaves, _given.Order.IsDone).ShouldBe((new Quantity(0.4m), new Quantity(1.6m), false));
        Answer(Second, Given.NotSent).Wanted.ShouldBeEmpty();
        (_given.Order.IsDone, _given.Order.Leaves).ShouldBe((false, new Quantity(0.6m)));
    }

    [Fact]
    public void Cancel_of_an_over_committed_order_goes_to_both_attempts()
    {
        First();
        Prepare(Second);
        _given.Reported(OrderStatus.New);
        _given.CancelAsked().Effects.OfType<SendCancel>().Select(c => (c.Connection, c.Order.ClientOrderId)).ShouldBe([(Binance, _given.Id), (Bybit, Second)]);
    }

    [Fact]
    public void Attempt_that_is_back_before_the_next_was_prepared_is_the_only_one()
    {
        First();
        _given.Filled(0.4m);
        (_given.Order.IsOverCommitted, _given.Order.IsDone, _given.Order.Leaves).ShouldBe((false, false, new Quantity(0.6m)));
        Prepare(Second).Effects.ShouldBeEmpty();
    }

    [Fact]
    public void Versions_rise_with_every_change_through_all_attempts()
    {
        var versions = new List<int>();
        foreach (var step in new Action[] { () => First(), () => Prepare(Second), () => Answer(Second, Given.Unknown), () => _given.Reported(OrderStatus.New) })
        {
            step();
            versions.Add(_given.Order.Version);
        }

        versions.ShouldBe(versions.Distinct().Order());
    }

    [Fact]
    public void Replay_of_several_attempts_is_the_same_state()
    {
        First(attempts: 3);
        Prepare(Second);
        Answer(Second, Given.NotSent);
        _given.Reported(OrderStatus.New);
        Prepare(Third);
        var again = new ExecutionCore("abc");
        foreach (var e in _given.History)
        {
            again.Apply(e);
        }

        again.All.ShouldBe(_given.Core.All);
        again.Open.ShouldBe(_given.Core.Open);
    }

    private ExecutionResult First(int attempts = 2)
    {
        Created(attempts);
        Prepare(_given.Id, Binance);
        return _given.Answered(Given.NotSent);
    }

    private void Created(int attempts) =>
        _given.Apply(new IntentCreated(_given.Now, _given.Id, OrderRequest.Limit(Btc, Side.Buy, new Quantity(1), new Price(100)), "test") { MaxAttempts = attempts });

    private ExecutionResult Prepare(ClientOrderId id, ConnectionId? at = null) =>
        _given.Apply(new AttemptPrepared(_given.Now, _given.Id, at ?? Bybit, true, true, NewOrder(id)));

    private ExecutionResult Answer(ClientOrderId id, OrderOutcome outcome) => _given.Apply(new AttemptAnswered(_given.Now, id, outcome));
}
