using Workbench.Sdk;
using Workbench.Transport.Budgets;

namespace Workbench.Tests.Transport.Budgets;

public sealed class PauseTests : BudgetRig
{
    [Fact]
    public void E01_Pause_stops_everything_of_the_address_and_leaves_cancels_a_handful()
    {
        var (one, other, elsewhere) = (Budget(), Budget(key: "other"), Budget("venue 2"));
        one.PauseFor(RateScope.Address, TimeSpan.FromSeconds(30));

        foreach (var budget in (ConnectionBudget[])[one, other])
        {
            foreach (var lane in (RequestLane[])[RequestLane.Read, RequestLane.Order, RequestLane.LookUp])
            {
                var refusal = Take(budget, 1, lane)!;
                (refusal.Kind, refusal.RetryAfter).ShouldBe((VenueErrorKind.RateLimited, TimeSpan.FromSeconds(30)));
                refusal.Message.ShouldContain("RATE LIMITED until 03:04:35 UTC");
            }
        }

        Take(elsewhere, 1, RequestLane.Read).ShouldBeNull();
        Enumerable.Range(0, 20).Count(i => Take(i % 2 == 0 ? one : other, 1, RequestLane.Cancel) is null).ShouldBe(LaneShares.CancelsPerPause);
        Time.Advance(TimeSpan.FromSeconds(30));
        Take(other, 1, RequestLane.Read).ShouldBeNull();
    }

    [Fact]
    public void E01_Shorter_pause_ends_no_longer_one_and_a_longer_one_brings_no_further_cancels()
    {
        var budget = Budget();
        budget.PauseFor(RateScope.Address, TimeSpan.FromSeconds(30));
        budget.PauseFor(RateScope.Address, TimeSpan.FromSeconds(5));
        Take(budget, 1, RequestLane.Read)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
        Enumerable.Range(0, LaneShares.CancelsPerPause).ShouldAllBe(_ => Take(budget, 1, RequestLane.Cancel) == null);

        budget.PauseFor(RateScope.Address, TimeSpan.FromSeconds(60));

        Take(budget, 1, RequestLane.Cancel)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
        Time.Advance(TimeSpan.FromSeconds(60));
        budget.PauseFor(RateScope.Address, TimeSpan.FromSeconds(10));
        Take(budget, 1, RequestLane.Cancel).ShouldBeNull();
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(90, 90)]
    [InlineData(99_999_999, 3600)]
    public void E01_Pause_of_any_length_is_bounded(int seconds, int expected)
    {
        var budget = Budget();
        budget.PauseFor(RateScope.Address, TimeSpan.FromSeconds(seconds));
        (Take(budget, 1, RequestLane.Read)?.RetryAfter ?? TimeSpan.Zero).ShouldBe(TimeSpan.FromSeconds(expected));
    }

    [Fact]
    public void E01_Pause_of_one_class_stops_that_and_nothing_else()
    {
        var budget = Budget();
        budget.PauseFor(Orders, TimeSpan.FromDays(9));

        var refusal = budget.Take([new RateCost(Weight, 1), new RateCost(Orders, 1)], RequestLane.Order)!;
        (refusal.Kind, refusal.RetryAfter).ShouldBe((VenueErrorKind.RateLimited, TimeSpan.FromDays(1)));
        refusal.Message.ShouldContain("orders RATE LIMITED until 2026-01-03 03:04:05 UTC");
        Take(budget, 1, RequestLane.Order).ShouldBeNull();
        Take(budget, 1, RequestLane.Read).ShouldBeNull();
        Take(Budget(key: "other"), 1, RequestLane.Order, Orders).ShouldBeNull();
        budget.Stop.ShouldBeNull();
    }

    [Fact]
    public void E01_Pause_lasts_as_long_whatever_the_venues_clock_does()
    {
        var budget = Budget();
        budget.PauseFor(RateScope.Address, TimeSpan.FromSeconds(30));
        budget.Follow(TimeSpan.FromHours(1));
        Take(budget, 1, RequestLane.Read)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
        budget.Follow(TimeSpan.FromHours(-1));
        Time.Advance(TimeSpan.FromSeconds(30));
        Take(budget, 1, RequestLane.Read).ShouldBeNull();
    }

    [Fact]
    public void Refused_sockets_pause_sockets_alone()
    {
        var budget = Budget();
        budget.PauseSockets(TimeSpan.FromSeconds(9));
        budget.TakeSocket()!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(9));
        Take(budget, 1, RequestLane.Read).ShouldBeNull();
        budget.Take([new RateCost(RateClass.Connects, 1)], RequestLane.Cancel).ShouldBeNull();
    }
}
