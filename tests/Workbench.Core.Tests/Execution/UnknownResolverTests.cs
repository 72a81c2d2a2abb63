using Workbench.Core.Execution;
using Workbench.Sdk;
using static Workbench.Core.Tests.Execution.Given;

namespace Workbench.Core.Tests.Execution;

public sealed class UnknownResolverTests
{
    // 2 + 10 + 5 + 1 s of skew: conclusive after 18 s.
    private static readonly ResolverBounds Bounds = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));
    private readonly Given _given = new();
    private readonly UnknownResolver _resolver;

    public UnknownResolverTests() => _resolver = new UnknownResolver(_given.Core, _ => Bounds);

    [Fact]
    public void Unknown_order_is_looked_up_after_growing_delays()
    {
        Unanswered();
        var times = new List<double>();
        for (var i = 0; i < 700; i++)
        {
            if (_resolver.Due(_given.Now) is [LookUpOrder lookUp])
            {
                lookUp.Order.ClientOrderId.ShouldBe(_given.Id);
                times.Add((_given.Now - Start).TotalSeconds);
                _given.LookedUp(ReadFailed);
            }

            _given.Wait(0.1);
        }

        times.Select(t => Math.Round(t, 1)).ShouldBe([0.5, 1.5, 3.5, 7.5, 15.5, 30.5, 45.5, 60.5]);
    }

    [Fact]
    public void Look_up_that_is_not_answered_is_not_repeated_before_15_seconds()
    {
        Unanswered();
        _resolver.Due(_given.Now).ShouldBeEmpty();
        _given.Wait(0.5);
        _resolver.Due(_given.Now).Count.ShouldBe(1);
        _given.Wait(14);
        _resolver.Due(_given.Now).ShouldBeEmpty();
        _given.Wait(1);
        _resolver.Due(_given.Now).Count.ShouldBe(1);
    }

    [Fact]
    public void Absence_is_proven_by_two_reads_asked_after_every_bound_has_passed()
    {
        Unanswered();
        _given.Wait(18);
        _given.LookedUp(Absent);
        _resolver.Proven(_given.Now).ShouldBeEmpty();
        _given.Wait(1);
        _given.LookedUp(Absent);
        var proof = _resolver.Proven(_given.Now).ShouldHaveSingleItem();
        _given.Apply(proof);
        _given.Order.ShouldSatisfyAllConditions(o => o.IsDone.ShouldBeTrue(), o => o.Leaves.IsZero.ShouldBeTrue(), o => o.Reason!.ShouldContain("not found at binance"));
        _resolver.Proven(_given.Now).ShouldBeEmpty();
        _resolver.Due(_given.Now).ShouldBeEmpty();
    }

    [Fact]
    public void E11_absence_before_the_bound_proves_nothing_however_often_it_is_read()
    {
        Unanswered();
        for (var i = 0; i < 179; i++)
        {
            _given.Wait(0.1);
            _given.LookedUp(Absent);
            _resolver.Proven(_given.Now).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Read_asked_before_the_bound_and_answered_after_it_proves_nothing()
    {
        Unanswered();
        _given.Wait(17.9);
        var asked = _given.Now;
        _given.Wait(5);
        _given.LookedUp(Absent, asked);
        _given.LookedUp(Absent);
        _resolver.Proven(_given.Now).ShouldBeEmpty();
    }

    [Fact]
    public void Failed_read_is_no_evidence_and_the_same_read_counts_once()
    {
        Unanswered();
        _given.Wait(60);
        _given.LookedUp(ReadFailed);
        _given.LookedUp(ReadFailed);
        _given.LookedUp(Absent);
        _given.LookedUp(Absent);
        _resolver.Proven(_given.Now).ShouldBeEmpty("both answers belong to one moment");
        _given.Wait(1);
        _given.LookedUp(ReadFailed);
        _resolver.Proven(_given.Now).ShouldBeEmpty();
        _given.LookedUp(Absent);
        _resolver.Proven(_given.Now).Count.ShouldBe(1);
    }

    [Fact]
    public void Restart_starts_the_bound_anew()
    {
        Unanswered();
        _given.Wait(30);
        _given.LookedUp(Absent);
        _given.Apply(new EpochStarted(_given.Now, 2));
        _given.Wait(1);
        _given.LookedUp(Absent);
        _resolver.Proven(_given.Now).ShouldBeEmpty();
        _resolver.ConclusiveFrom(_given.Id).ShouldBe(Start + TimeSpan.FromSeconds(48));
    }

    [Fact]
    public void Venue_without_bounds_is_never_decided_automatically()
    {
        var resolver = new UnknownResolver(_given.Core, _ => null);
        Unanswered();
        _given.Wait(3600);
        _given.LookedUp(Absent);
        _given.Wait(3600);
        _given.LookedUp(Absent);
        resolver.Proven(_given.Now).ShouldBeEmpty();
    }

    [Fact]
    public void Confirmed_order_that_the_venue_does_not_find_is_looked_up_again_and_never_proven_dead()
    {
        _given.Working();
        _given.LookedUp(Absent);
        for (var i = 0; i < 100; i++)
        {
            foreach (var _ in _resolver.Due(_given.Now))
            {
                _given.LookedUp(Absent);
            }

            _resolver.Proven(_given.Now).ShouldBeEmpty();
            _given.Wait(1);
        }

        _given.Order.IsDone.ShouldBeFalse();
        _given.Core.Unsettled.Count.ShouldBe(1);
    }

    [Fact]
    public void Announced_fills_that_do_not_arrive_are_looked_up()
    {
        _given.Working();
        _given.Reported(OrderStatus.Filled, 1, later: 1);
        _resolver.Due(_given.Now).ShouldBeEmpty("the stream usually brings them at once");
        _given.Wait(0.5);
        _resolver.Due(_given.Now).Count.ShouldBe(1);
        _given.Filled(1);
        _given.LookedUp(_given.Report(OrderStatus.Filled, 1));
        _given.Wait(60);
        _resolver.Due(_given.Now).ShouldBeEmpty();
    }

    [Fact]
    public void After_a_gap_in_the_stream_every_open_order_of_the_connection_is_looked_up()
    {
        _given.Working();
        _given.Sent(ClientOrderIds.Create("abc", 1, 2, 0));
        _given.Created(ClientOrderIds.Create("abc", 1, 3, 0));
        _resolver.AllUnsettled(Binance).ShouldBe([new LookUpOrder(Binance, _given.Core.Reference(_given.Id)!)]);
        _resolver.AllUnsettled(Bybit).ShouldBeEmpty();
    }

    private void Unanswered()
    {
        _given.Sent();
        _given.Answered(Given.Unknown);
        _resolver.Due(_given.Now).ShouldBeEmpty();
    }
}
