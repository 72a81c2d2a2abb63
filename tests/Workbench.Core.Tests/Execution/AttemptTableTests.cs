using Workbench.Core.Execution;
using Workbench.Sdk;
using static Workbench.Core.Tests.Execution.Given;

namespace Workbench.Core.Tests.Execution;

/// <summary>Drives a fresh core into every state and feeds it every kind of event: nothing throws and no rule breaks anywhere in the table.</summary>
public sealed class AttemptTableTests
{
    private static readonly Dictionary<string, Action<Given>> States = new()
    {
        ["Draft"] = g => g.Created(),
        ["InFlight"] = g => g.Sent(),
        ["Unknown"] = g => g.Sent().Answered(Given.Unknown),
        ["Pending"] = g => g.Sent().Answered(g.Accepted(OrderStatus.Pending)),
        ["Live"] = g => g.Working(),
        ["Partial"] = g => g.Working().Filled(0.4m),
        ["Filled"] = g => g.Working().Filled(1),
        ["Cancelled"] = g => g.Working().Reported(OrderStatus.Cancelled, 0),
        ["Expired short of fills"] = g => g.Working().Reported(OrderStatus.Expired, 0.4m),
        ["Rejected"] = g => g.Sent().Answered(Rejected()),
        ["Denied"] = g => g.Created().Apply(new IntentDenied(g.Now, g.Id, "no", "no")),
        ["NotSent"] = g => g.Sent().Answered(Given.NotSent),
        ["ProvenDead"] = g =>
        {
            g.Sent().Answered(Given.Unknown);
            g.Apply(new DeadProven(g.Now, g.Id, "proof"));
        },
        ["Restarted live"] = g => g.Working().Apply(new EpochStarted(g.Now, 2)),
    };

    private static readonly Dictionary<string, Action<Given>> Events = new()
    {
        ["IntentCreated"] = g => g.Created(),
        ["IntentDenied"] = g => g.Apply(new IntentDenied(g.Now, g.Id, "no", "no")),
        ["AttemptPrepared"] = g => g.Apply(new AttemptPrepared(g.Now, g.Id, Binance, false, false, Given.NewOrder(g.Id))),
        ["NotSent"] = g => g.Answered(Given.NotSent),
        ["Refused"] = g => g.Answered(Rejected()),
        ["RefusedAsDuplicate"] = g => g.Answered(Rejected(VenueErrorKind.DuplicateClientOrderId)),
        ["Ambiguous"] = g => g.Answered(Given.Unknown),
        ["MixedUp"] = g => g.Answered(new OrderOutcome.Accepted(g.Report(OrderStatus.New) with { Symbol = "ETH/USDT" }, [])),
        ["Accepted"] = g => g.Answered(g.Accepted(OrderStatus.New)),
        ["SaidPending"] = g => g.Reported(OrderStatus.Pending, later: 5),
        ["SaidNew"] = g => g.Reported(OrderStatus.New, later: 5),
        ["SaidPartial"] = g => g.Reported(OrderStatus.PartiallyFilled, 0.4m, later: 5),
        ["SaidFilled"] = g => g.Reported(OrderStatus.Filled, 1, later: 5),
        ["SaidCancelled"] = g => g.Reported(OrderStatus.Cancelled, 0, later: 5),
        ["SaidExpired"] = g => g.Reported(OrderStatus.Expired, 0, later: 5),
        ["SaidRejected"] = g => g.Reported(OrderStatus.Rejected, later: 5),
        ["Found"] = g => g.LookedUp(g.Report(OrderStatus.New, later: 5)),
        ["FoundFilled"] = g => g.LookedUp(g.Report(OrderStatus.Filled, 1, later: 5)),
        ["Absent"] = g => g.LookedUp(Absent),
        ["ReadFailed"] = g => g.LookedUp(ReadFailed),
        ["ProvenDead"] = g => g.Apply(new DeadProven(g.Now, g.Id, "proof")),
        ["Fill"] = g => g.Filled(0.3m),
        ["Fill without our id"] = g => g.Apply(new FillReported(g.Now, Binance, g.Fill(0.3m) with { ClientOrderId = null })),
        ["RepeatedFill"] = g =>
        {
            g.Filled(0.3m, trade: "same");
            g.Filled(0.3m, trade: "same");
        },
        ["CancelAsked"] = g => g.CancelAsked(),
        ["CancelAskedTwice"] = g =>
        {
            g.CancelAsked();
            g.CancelAsked();
        },
        ["CancelTaken"] = g => g.CancelAnswered(g.Accepted(OrderStatus.New)),
        ["CancelDone"] = g => g.CancelAnswered(g.Accepted(OrderStatus.Cancelled, 0)),
        ["CancelRefused"] = g => g.CancelAnswered(Rejected()),
        ["CancelNotFound"] = g => g.CancelAnswered(Rejected(VenueErrorKind.NotFound)),
        ["CancelUnknown"] = g => g.CancelAnswered(Given.Unknown),
        ["CancelNotSent"] = g => g.CancelAnswered(Given.NotSent),
        ["Restart"] = g => g.Apply(new EpochStarted(g.Now, 3)),
    };

    public static TheoryData<string, string> Pairs => new(States.Keys.SelectMany(s => Events.Keys.Select(e => (s, e))));

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_event_in_every_state_keeps_the_rules(string state, string happening)
    {
        var given = new Given();
        States[state](given);
        var before = given.Order;
        var sent = given.Effects.OfType<SendOrder>().Count();
        given.Wait(1);
        Events[happening](given);
        var after = given.Order;
        after.FilledQuantity.ShouldBeGreaterThanOrEqualTo(before.FilledQuantity);
        after.Version.ShouldBeGreaterThanOrEqualTo(before.Version);
        after.FilledQuantity.Value.ShouldBe(given.Fills.Where(f => f.OrderId == given.Id).Sum(f => f.Quantity.Value));
        given.Effects.OfType<SendOrder>().Count().ShouldBe(state == "Draft" && happening == "AttemptPrepared" ? 1 : sent);
        given.Effects.OfType<SendCancel>().Count().ShouldBeLessThanOrEqualTo(1);
        (after.IsDone && after.Knowledge is OrderKnowledge.InFlight or OrderKnowledge.Unknown).ShouldBeFalse();
        given.Core.Open.Contains(after).ShouldBe(!after.IsDone);
        if (before.Knowledge == OrderKnowledge.Unknown && after.IsDone)
        {
            happening.ShouldBeOneOf("Refused", "ProvenDead", "SaidCancelled", "SaidExpired", "SaidRejected", "CancelDone", "FoundFilled", "SaidFilled");
        }
    }

    [Fact]
    public void Every_pair_of_state_and_trigger_is_decided()
    {
        foreach (var trigger in Enum.GetValues<AttemptTrigger>())
        {
            foreach (var state in Enum.GetValues<AttemptState>())
            {
                Enum.IsDefined(AttemptTable.Decide(state, trigger)).ShouldBeTrue($"{trigger} in {state}");
            }
        }
    }

    [Theory]
    [InlineData("Pending")]
    [InlineData("Live")]
    [InlineData("Partial")]
    [InlineData("Restarted live")]
    public void Order_that_the_venue_confirmed_once_is_never_dead_by_proof(string state)
    {
        var given = new Given();
        States[state](given);
        given.Apply(new DeadProven(given.Now, given.Id, "proof")).Anomalies.Count.ShouldBe(1);
        given.Order.IsDone.ShouldBeFalse();
        given.Core.Unsettled.Count.ShouldBe(1);
    }

    [Fact]
    public void Time_and_absence_never_end_an_order_in_the_table()
    {
        AttemptTrigger[] powerless = [AttemptTrigger.Ambiguous, AttemptTrigger.MixedUp, AttemptTrigger.ReadAbsent, AttemptTrigger.ReadFailed, AttemptTrigger.CancelNotFound, AttemptTrigger.CancelAmbiguous, AttemptTrigger.CancelTaken, AttemptTrigger.RefusedAsDuplicate];
        AttemptAction[] ending = [AttemptAction.Abandon, AttemptAction.DieUnsent, AttemptAction.DieProven, AttemptAction.Reject];
        foreach (var trigger in powerless)
        {
            foreach (var state in Enum.GetValues<AttemptState>())
            {
                AttemptTable.Decide(state, trigger).ShouldNotBeOneOf(ending);
            }
        }
    }
}
