using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Tests.Transport.Budgets;

public sealed class RateWindowTests : BudgetRig
{
    [Fact]
    public void Budget_without_limits_grants_everything() => Take(Budget(), 1_000_000, RequestLane.Read).ShouldBeNull();

    [Theory]
    [InlineData(RequestLane.Read, 70)]
    [InlineData(RequestLane.Order, 85)]
    [InlineData(RequestLane.LookUp, 95)]
    [InlineData(RequestLane.Cancel, 100)]
    public void E03_Each_lane_may_fill_a_window_up_to_its_share(RequestLane lane, int share)
    {
        var budget = Budget();
        budget.Declare(Aligned(Weight, 100, Minute));

        var taken = Enumerable.Range(0, 200).Count(_ => Take(budget, 1, lane) is null);

        taken.ShouldBe(share);
        var refusal = Take(budget, 1, lane)!;
        (refusal.Kind, refusal.RetryAfter).ShouldBe((VenueErrorKind.RateLimited, TimeSpan.FromSeconds(55)));
        refusal.Message.ShouldContain("weight");
    }

    [Fact]
    public void Limit_that_only_one_lane_uses_is_its_own_to_the_end()
    {
        var budget = Budget();
        budget.Declare(Sliding(Orders, 20, TimeSpan.FromSeconds(1), keepsReserve: false));
        Enumerable.Range(0, 30).Count(_ => Take(budget, 1, RequestLane.Order, Orders) is null).ShouldBe(20);
    }

    [Fact]
    public void Limit_of_one_shuts_no_lane_and_a_cost_above_its_share_goes_alone()
    {
        var budget = Budget();
        budget.Declare(Aligned(Weight, 1, Minute));
        Take(budget, 1, RequestLane.Read).ShouldBeNull();

        budget.Declare(Aligned(Orders, 100, Minute));
        Take(budget, 90, RequestLane.Read, Orders).ShouldBeNull();
        Take(budget, 1, RequestLane.Read, Orders).ShouldNotBeNull();
        Time.Advance(Minute);
        Take(budget, 101, RequestLane.Read, Orders).ShouldNotBeNull();
    }

    [Fact]
    public void Aligned_window_begins_with_the_venues_minute()
    {
        var budget = Budget();
        budget.Follow(TimeSpan.FromSeconds(-2)); // The venue is at second three.
        budget.Declare(Aligned(Weight, 10, Minute));
        Take(budget, 7, RequestLane.Read).ShouldBeNull();

        Time.Advance(TimeSpan.FromSeconds(56));
        Take(budget, 1, RequestLane.Read)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        Time.Advance(TimeSpan.FromSeconds(1));
        Take(budget, 7, RequestLane.Read).ShouldBeNull();
    }

    [Fact]
    public void Aligned_window_carries_over_what_may_arrive_in_the_next_one()
    {
        var budget = Budget();
        budget.Declare(Aligned(Weight, 10, Minute));
        Time.Advance(TimeSpan.FromSeconds(53)); // Two seconds before the end.
        Take(budget, 6, RequestLane.Cancel).ShouldBeNull();

        Time.Advance(TimeSpan.FromSeconds(2));
        Take(budget, 5, RequestLane.Cancel).ShouldNotBeNull();
        Take(budget, 4, RequestLane.Cancel).ShouldBeNull();
        Time.Advance(Minute);
        Take(budget, 10, RequestLane.Cancel).ShouldBeNull();
    }

    [Fact]
    public void Sliding_window_frees_what_left_it_and_says_when()
    {
        var budget = Budget();
        budget.Declare(Sliding(Weight, 10, TimeSpan.FromSeconds(5), keepsReserve: false));
        Take(budget, 6, RequestLane.Read).ShouldBeNull();
        Time.Advance(TimeSpan.FromSeconds(2));
        Take(budget, 4, RequestLane.Read).ShouldBeNull();

        var wait = Take(budget, 1, RequestLane.Read)!.RetryAfter!.Value;
        wait.ShouldBeGreaterThan(TimeSpan.FromSeconds(3));
        wait.ShouldBeLessThan(TimeSpan.FromSeconds(3.5));
        Time.Advance(wait);
        Take(budget, 6, RequestLane.Read).ShouldBeNull();
        Take(budget, 1, RequestLane.Read).ShouldNotBeNull();
        Time.Advance(TimeSpan.FromHours(1));
        Take(budget, 10, RequestLane.Read).ShouldBeNull();
    }

    [Theory]
    [InlineData(RateWindowKind.Aligned)]
    [InlineData(RateWindowKind.Sliding)]
    public void E03_Number_of_the_venue_throttles_reads_first_and_cancels_last(RateWindowKind kind)
    {
        var budget = Budget();
        budget.Declare(Aligned(Weight, 6000, Minute) with { Kind = kind });
        Take(budget, 1, RequestLane.Read).ShouldBeNull();

        budget.Observe(Weight, Minute, 5500, Timestamp.Now(Time));
        budget.Observe(Weight, Minute, 20, Timestamp.Now(Time)); // An answer that was overtaken.

        Take(budget, 1, RequestLane.Read).ShouldNotBeNull();
        Take(budget, 1, RequestLane.Order).ShouldNotBeNull();
        Take(budget, 1, RequestLane.LookUp).ShouldBeNull();
        Take(budget, 400, RequestLane.Cancel).ShouldBeNull();
        budget.Snapshot().Single(u => u.Class == Weight).Used.ShouldBe(5901);
    }

    [Fact]
    public void Number_of_a_window_that_is_over_is_ignored()
    {
        var budget = Budget();
        budget.Declare(Aligned(Weight, 6000, Minute));
        budget.Declare(Sliding(Orders, 10, TimeSpan.FromSeconds(1)));
        var sent = Timestamp.Now(Time);
        Time.Advance(Minute);

        budget.Observe(Weight, Minute, 5999, sent);
        budget.Observe(Orders, TimeSpan.FromSeconds(1), 10, sent);
        budget.Observe(Weight, TimeSpan.FromSeconds(1), 5999, Timestamp.Now(Time)); // No such window.

        budget.Snapshot().Select(u => u.Used).ShouldAllBe(used => used == 0);
    }

    [Fact]
    public void All_windows_of_all_classes_must_have_room_or_nothing_is_taken()
    {
        var budget = Budget();
        budget.Declare(Aligned(Weight, 100, TimeSpan.FromSeconds(10)));
        budget.Declare(Aligned(Weight, 50, Minute));
        budget.Declare(Aligned(Orders, 1, Minute, keepsReserve: false));
        RateCost[] order = [new(Weight, 1), new(Orders, 1)];
        budget.Take(order, RequestLane.Order).ShouldBeNull();

        budget.Take(order, RequestLane.Order)!.Message.ShouldContain("orders");

        budget.Snapshot().Select(u => (u.Class.Name, u.Window.TotalSeconds, u.Most, u.Used)).ShouldBe([("weight", 10, 100, 1), ("weight", 60, 50, 1), ("orders", 60, 1, 1)]);
    }

    [Fact]
    public void Declared_again_keeps_what_was_used_and_takes_the_new_limit()
    {
        var budget = Budget();
        budget.Declare(Aligned(Weight, 100, Minute));
        Take(budget, 50, RequestLane.Read).ShouldBeNull();
        budget.Declare(Aligned(Weight, 60, Minute));
        budget.Snapshot().Select(u => (u.Most, u.Used)).ShouldBe([(60, 50)]);
        Take(budget, 1, RequestLane.Read).ShouldNotBeNull();
        Take(budget, 10, RequestLane.Cancel).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 60_000)]
    [InlineData(-1, 60_000)]
    [InlineData(1, 99)]
    [InlineData(1, 0)]
    [InlineData(1, 2_764_800_000)]
    public void Nonsense_limit_is_refused(int most, long milliseconds) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Budget().Declare(Aligned(Weight, most, TimeSpan.FromMilliseconds(milliseconds))));

    [Fact]
    public void Clock_that_steps_back_gives_nothing_twice()
    {
        var budget = Budget();
        budget.Declare(Aligned(Weight, 10, Minute));
        Time.Advance(Minute);
        Take(budget, 7, RequestLane.Read).ShouldBeNull();

        budget.Follow(-Minute);

        Take(budget, 1, RequestLane.Read)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(115));
    }

    [Fact]
    public void Connections_to_one_address_share_it_and_those_with_one_key_share_that()
    {
        var (one, same, otherKey, elsewhere, open) = (Budget(), Budget(), Budget(key: "other"), Budget("venue 2"), Budget(key: null));
        foreach (var budget in (ConnectionBudget[])[one, otherKey, elsewhere])
        {
            budget.Declare(Aligned(Weight, 10, Minute, keepsReserve: false));
            budget.Declare(Aligned(Orders, 3, Minute, keepsReserve: false));
        }

        Take(one, 10, RequestLane.Order).ShouldBeNull();
        Take(one, 3, RequestLane.Order, Orders).ShouldBeNull();

        Take(same, 1, RequestLane.Order).ShouldNotBeNull();
        Take(otherKey, 1, RequestLane.Order).ShouldNotBeNull();
        Take(open, 1, RequestLane.Order).ShouldNotBeNull();
        Take(same, 1, RequestLane.Order, Orders).ShouldNotBeNull();
        Take(otherKey, 3, RequestLane.Order, Orders).ShouldBeNull();
        Take(elsewhere, 10, RequestLane.Order).ShouldBeNull();
    }

    [Fact]
    public void Headroom_tells_of_the_tightest_limit_and_of_what_stops_everything()
    {
        var budget = Budget();
        budget.Headroom.ShouldBeNull();
        budget.Declare(Aligned(Weight, 1000, Minute));
        budget.Declare(Aligned(Orders, 100, TimeSpan.FromSeconds(10), keepsReserve: false));
        Take(budget, 350, RequestLane.Read).ShouldBeNull();
        (budget.Headroom! with { Limits = [] }).ShouldBe(new RateHeadroom(0.5m, null, "350 of 1000 weight used within 60 s") { Limits = [] });
        budget.Headroom!.Limits.Select(l => (l.Class, l.Window, l.Most, l.Used, l.Left, l.PausedUntil)).ShouldBe(
            [(Weight, Minute, 1000, 350, 650, null), (Orders, TimeSpan.FromSeconds(10), 100, 0, 100, null)]);
        Take(budget, 90, RequestLane.Order, Orders).ShouldBeNull();
        budget.Headroom!.Reason.ShouldBe("90 of 100 orders used within 10 s");

        budget.PauseFor(Orders, TimeSpan.FromSeconds(3));
        budget.Headroom!.Limits[1].PausedUntil.ShouldBe(Timestamp.From(Time.GetUtcNow().AddSeconds(3)));
        budget.PauseFor(RateScope.Address, TimeSpan.FromSeconds(7));
        (budget.Headroom! with { Limits = [] }).ShouldBe(new RateHeadroom(0, Timestamp.From(Time.GetUtcNow().AddSeconds(7)), "RATE LIMITED until 03:04:12 UTC: the venue has asked for a pause") { Limits = [] });
    }

    [Fact]
    public void Taking_allocates_nothing()
    {
        var budget = Budget();
        budget.Declare(Aligned(Weight, 1_000_000_000, Minute));
        budget.Declare(Sliding(Orders, 1_000_000_000, TimeSpan.FromSeconds(1)));
        RateCost[] costs = [new(Weight, 1), new(Orders, 1)];
        for (var i = 0; i < 1000; i++)
        {
            budget.Take(costs, RequestLane.Order);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
        {
            budget.Take(costs, RequestLane.Order);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }
}
