using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;
using Workbench.Transport;

namespace Workbench.Tests.Transport;

public sealed class RateBudgetTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 20, TimeSpan.Zero));
    private readonly RateBudget _budget;

    public RateBudgetTests() => _budget = new RateBudget(_time);

    [Fact]
    public void Budget_without_limits_grants_everything() => _budget.Take(1_000_000, RequestLane.Read).ShouldBeNull();

    [Fact]
    public void Reads_and_orders_stop_at_the_reserve_and_cancels_go_on()
    {
        _budget.Declare(100, Minute);

        _budget.Take(90, RequestLane.Read).ShouldBeNull();
        _budget.Take(1, RequestLane.Order)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(40));
        _budget.Take(10, RequestLane.Cancel).ShouldBeNull();
        _budget.Take(1, RequestLane.Cancel)!.Kind.ShouldBe(VenueErrorKind.RateLimited);
    }

    [Fact]
    public void Window_begins_afresh_on_the_clocks_minute()
    {
        _budget.Declare(10, Minute);
        _budget.Take(9, RequestLane.Read).ShouldBeNull();

        _time.Advance(TimeSpan.FromSeconds(39.999));
        _budget.Take(1, RequestLane.Read).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        _budget.Take(9, RequestLane.Read).ShouldBeNull();
    }

    [Fact]
    public void Refused_request_takes_from_no_window()
    {
        _budget.Declare(100, TimeSpan.FromSeconds(10));
        _budget.Declare(50, Minute);
        _budget.Take(40, RequestLane.Read).ShouldBeNull();

        _budget.Take(40, RequestLane.Read)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(40));

        _budget.Snapshot().ShouldBe([new RateUsage(TimeSpan.FromSeconds(10), 100, 40), new RateUsage(Minute, 50, 40)]);
    }

    [Fact]
    public void Word_of_the_venue_raises_what_is_used_and_never_lowers_it()
    {
        _budget.Declare(100, Minute);
        _budget.Take(30, RequestLane.Read).ShouldBeNull();

        _budget.Observe(80, Minute);
        _budget.Observe(20, Minute);

        _budget.Snapshot().Single().Used.ShouldBe(80);
    }

    [Fact]
    public void Pause_stops_every_lane_and_only_gets_longer()
    {
        _budget.PauseFor(TimeSpan.FromSeconds(30));
        _budget.PauseFor(TimeSpan.FromSeconds(5));

        _budget.Take(1, RequestLane.Cancel)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromSeconds(30));
        _budget.Take(1, RequestLane.Cancel).ShouldBeNull();
    }

    [Fact]
    public void New_limit_replaces_the_one_of_the_same_window_and_keeps_what_is_used()
    {
        _budget.Declare(100, Minute);
        _budget.Take(50, RequestLane.Read).ShouldBeNull();

        _budget.Declare(60, Minute);

        _budget.Snapshot().ShouldBe([new RateUsage(Minute, 60, 50)]);
        _budget.Take(5, RequestLane.Read).ShouldNotBeNull();
    }

    [Fact]
    public void Threads_together_never_take_more_than_the_limit()
    {
        _budget.Declare(1000, Minute);
        var granted = 0;

        Parallel.For(0, 5000, _ =>
        {
            if (_budget.Take(1, RequestLane.Cancel) is null)
            {
                Interlocked.Increment(ref granted);
            }
        });

        granted.ShouldBe(1000);
    }
}
