using Microsoft.Extensions.Time.Testing;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Resilience;

/// <summary>The fourteen cases that any breaker of ours must pass (the last, of the delays, is in <see cref="BackoffTests"/>), and what else it can do.</summary>
public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    private readonly List<BreakerChange> _changes = [];

    public CircuitBreakerTests()
    {
        _breaker = new CircuitBreaker(5, TimeSpan.FromSeconds(30), _time);
        _breaker.Changed += _changes.Add;
    }

    [Fact]
    public void Case_01_breaker_opens_on_the_fifth_consecutive_failure_and_not_before()
    {
        Fail(4);
        _breaker.IsOpen.ShouldBeFalse();
        Fail(1);
        _breaker.IsOpen.ShouldBeTrue();
        _breaker.TryEnter(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Case_02_breaker_after_a_success_counts_from_zero()
    {
        Fail(4);
        Succeed();
        Fail(4);
        _breaker.IsOpen.ShouldBeFalse();
        Fail(1);
        _breaker.IsOpen.ShouldBeTrue();
    }

    [Theory]
    [InlineData(8)]
    [InlineData(600)]
    public void Case_03_breaker_counts_failures_however_far_apart(int seconds)
    {
        for (var i = 0; i < 5; i++)
        {
            Fail(1);
            _time.Advance(TimeSpan.FromSeconds(i < 4 ? seconds : 0));
        }

        _breaker.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Case_04_breaker_stays_open_for_thirty_seconds_to_the_millisecond()
    {
        Fail(5);
        _breaker.TryEnter(out _, out var retryAfter).ShouldBeFalse();
        retryAfter.ShouldBe(TimeSpan.FromSeconds(30));
        _time.Advance(TimeSpan.FromMilliseconds(29_999));
        (_breaker.IsProbeDue, _breaker.RetryIn).ShouldBe((false, TimeSpan.FromMilliseconds(1)));
        _breaker.TryEnter(out _, out _).ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (_breaker.IsProbeDue, _breaker.RetryIn).ShouldBe((true, TimeSpan.Zero));
        _breaker.TryEnter(out _, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Case_05_breaker_lets_exactly_one_probe_through()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(30));
        var entered = 0;
        await Parallel.ForAsync(0, 64, (_, _) =>
        {
            Interlocked.Add(ref entered, _breaker.TryEnter(out var permit, out var _) && permit.IsProbe ? 1 : 0);
            return ValueTask.CompletedTask;
        });

        entered.ShouldBe(1);
        _breaker.TryEnter(out _, out var retryAfter).ShouldBeFalse();
        (retryAfter, _breaker.Status.State).ShouldBe((TimeSpan.FromSeconds(10), BreakerState.HalfOpen));
    }

    [Fact]
    public void Case_06_breaker_closes_when_its_probe_succeeds()
    {
        _breaker.Succeed(Probe());
        _breaker.IsOpen.ShouldBeFalse();
        Fail(4);
        _breaker.IsOpen.ShouldBeFalse("failures from before the break are forgotten");
    }

    [Fact]
    public void Case_07_breaker_opens_again_when_its_probe_fails()
    {
        _breaker.Fail(Probe());
        _breaker.Status.State.ShouldBe(BreakerState.Open);
        _breaker.TryEnter(out _, out var retryAfter).ShouldBeFalse();
        retryAfter.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Case_08_breaker_gets_its_slot_back_from_a_cancelled_probe_and_stays_open()
    {
        _breaker.Release(Probe());
        (_breaker.Status.State, _breaker.IsProbeDue).ShouldBe((BreakerState.Open, true));
        _breaker.TryEnter(out var next, out _).ShouldBeTrue();
        next.IsProbe.ShouldBeTrue();
        _breaker.Fail(next);
        _breaker.RetryIn.ShouldBe(TimeSpan.FromSeconds(60), "a cancelled probe is no trip");
    }

    [Fact]
    public void Case_09_breaker_takes_a_hung_probe_for_failed_after_ten_seconds_and_opens_again()
    {
        var hung = Probe();
        _time.Advance(TimeSpan.FromMilliseconds(9_999));
        _breaker.Status.State.ShouldBe(BreakerState.HalfOpen);
        _time.Advance(TimeSpan.FromMilliseconds(5_001));
        (_breaker.Status.State, _breaker.RetryIn).ShouldBe((BreakerState.Open, TimeSpan.FromSeconds(55)), "the break counts from when the probe was lost, not from when somebody looked");
        _breaker.Succeed(hung);
        _breaker.IsOpen.ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(55));
        _breaker.TryEnter(out var next, out _).ShouldBeTrue();
        _breaker.Succeed(next);
        _breaker.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void Case_10_breaker_ignores_results_of_an_older_generation()
    {
        _breaker.TryEnter(out var early, out _).ShouldBeTrue();
        Fail(5);
        _breaker.Succeed(early);
        _breaker.IsOpen.ShouldBeTrue();
        _breaker.Fail(early);
        _breaker.RetryIn.ShouldBe(TimeSpan.FromSeconds(30));
        var probe = Probe();
        _breaker.Succeed(early);
        _breaker.Release(early);
        _breaker.Status.State.ShouldBe(BreakerState.HalfOpen);
        _breaker.Succeed(probe);
        Fail(4);
        _breaker.Fail(early);
        _breaker.IsOpen.ShouldBeFalse("a failure from before the break is no fifth one");
    }

    [Fact]
    public void Case_11_breaker_takes_no_notice_of_the_wall_clock()
    {
        var wall = new WallClock();
        var breaker = new CircuitBreaker(1, TimeSpan.FromSeconds(30), wall);
        breaker.TryEnter(out var permit, out _);
        breaker.Fail(permit);
        wall.Wall += TimeSpan.FromHours(1);
        breaker.TryEnter(out _, out var ahead).ShouldBeFalse();
        wall.Wall -= TimeSpan.FromHours(2);
        breaker.TryEnter(out _, out var behind).ShouldBeFalse();
        (ahead, behind).ShouldBe((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Case_12_breaker_counts_failures_of_our_own_side_apart()
    {
        for (var i = 0; i < 100; i++)
        {
            _breaker.TryEnter(out var permit, out _).ShouldBeTrue();
            _breaker.FailLocally(permit);
        }

        (_breaker.IsOpen, _breaker.Status.LocalFailures, _breaker.Status.Failures).ShouldBe((false, 100L, 0));
        Fail(4);
        _breaker.TryEnter(out var local, out _);
        _breaker.FailLocally(local);
        Fail(1);
        _breaker.IsOpen.ShouldBeTrue("they do not reset the count either");
        _breaker.FailLocally(Probe());
        (_breaker.Status.State, _breaker.IsProbeDue).ShouldBe((BreakerState.Open, true), "a probe that did not leave says nothing");
    }

    [Fact]
    public void Case_13_breaks_grow_on_repeated_trips_to_three_hundred_seconds()
    {
        foreach (var expected in new[] { 60, 120, 240, 300, 300 })
        {
            _breaker.Fail(Probe());
            _breaker.RetryIn.ShouldBe(TimeSpan.FromSeconds(expected));
        }

        _breaker.Succeed(Probe());
        Succeed();
        Fail(5);
        _breaker.RetryIn.ShouldBe(TimeSpan.FromSeconds(300), "a moment of health is no new beginning");
        _breaker.Succeed(Probe());
        _time.Advance(TimeSpan.FromSeconds(300.001));
        Fail(5);
        _breaker.RetryIn.ShouldBe(TimeSpan.FromSeconds(30), "closed for longer than its last break it begins again");
    }

    [Fact]
    public void Isolated_breaker_refuses_everything_until_it_is_closed_by_hand()
    {
        _breaker.TryEnter(out var early, out _);
        _breaker.Isolate("maintenance until noon");
        _time.Advance(TimeSpan.FromDays(1));
        _breaker.Succeed(early);
        _breaker.TryEnter(out _, out var retryAfter).ShouldBeFalse();
        (retryAfter, _breaker.RetryIn, _breaker.IsProbeDue).ShouldBe((TimeSpan.MaxValue, TimeSpan.MaxValue, false));
        (_breaker.Status.State, _breaker.Status.Reason, _breaker.Status.Until).ShouldBe((BreakerState.Isolated, "maintenance until noon", null));
        _breaker.Close("done");
        _breaker.TryEnter(out var permit, out _).ShouldBeTrue();
        permit.IsProbe.ShouldBeFalse();
    }

    [Fact]
    public void Closing_by_hand_forgets_trips_and_ignores_what_is_on_its_way()
    {
        _breaker.Fail(Probe());
        var late = Probe();
        _breaker.Close("the venue says it is back");
        _breaker.Fail(late);
        _breaker.IsOpen.ShouldBeFalse();
        Fail(5);
        _breaker.RetryIn.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Every_change_is_told_once_in_order_with_its_time_and_reason()
    {
        var start = Timestamp.Now(_time);
        var hung = Probe();
        _time.Advance(TimeSpan.FromSeconds(11));
        _breaker.Succeed(hung);
        _breaker.Succeed(Probe());

        _changes.Select(c => (c.From, c.To, (c.At - start).TotalSeconds, c.Break?.TotalSeconds, c.Reason)).ShouldBe(
        [
            (BreakerState.Closed, BreakerState.Open, 0, 30, "5 failures in a row: connection refused"),
            (BreakerState.Open, BreakerState.HalfOpen, 30, null, "the break is over: one call is let through"),
            (BreakerState.HalfOpen, BreakerState.Open, 40, 60, "the probe did not come back"),
            (BreakerState.Open, BreakerState.HalfOpen, 100, null, "the break is over: one call is let through"),
            (BreakerState.HalfOpen, BreakerState.Closed, 100, null, "the probe succeeded"),
        ]);
    }

    [Fact]
    public void Status_says_since_when_and_until_when()
    {
        var start = Timestamp.Now(_time);
        _breaker.Status.ShouldBe(new BreakerStatus(BreakerState.Closed, start, null, 0, 0, 0, ""));
        Fail(2);
        _breaker.Status.Failures.ShouldBe(2);
        Fail(3);
        _time.Advance(TimeSpan.FromSeconds(7));
        var open = _breaker.Status;
        (open.State, open.Since, open.Until, open.Trips).ShouldBe((BreakerState.Open, start, start + TimeSpan.FromSeconds(30), 1));
        Probe();
        var probing = _breaker.Status;
        (probing.State, probing.Since, probing.Until).ShouldBe((BreakerState.HalfOpen, start + TimeSpan.FromSeconds(30), start + TimeSpan.FromSeconds(40)));
    }

    [Fact]
    public void Handler_may_ask_and_change_the_breaker_and_the_order_holds()
    {
        var seen = new List<BreakerState>();
        _breaker.Changed += change =>
        {
            seen.Add(change.To);
            if (change.To == BreakerState.Open)
            {
                _breaker.Status.State.ShouldBe(BreakerState.Open);
                _breaker.Isolate("by a handler");
            }
        };
        Fail(5);
        seen.ShouldBe([BreakerState.Open, BreakerState.Isolated]);
        _changes.Select(c => c.To).ShouldBe([BreakerState.Open, BreakerState.Isolated]);
    }

    private CircuitBreaker.Permit Probe()
    {
        if (!_breaker.IsOpen)
        {
            Fail(5);
        }

        _breaker.TryEnter(out _, out var wait);
        _time.Advance(wait);
        _breaker.TryEnter(out var probe, out _).ShouldBeTrue();
        return probe;
    }

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _breaker.TryEnter(out var permit, out _).ShouldBeTrue();
            _breaker.Fail(permit, "connection refused");
        }
    }

    private void Succeed()
    {
        _breaker.TryEnter(out var permit, out _).ShouldBeTrue();
        _breaker.Succeed(permit);
    }

    private sealed class WallClock : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => 0;
    }
}
