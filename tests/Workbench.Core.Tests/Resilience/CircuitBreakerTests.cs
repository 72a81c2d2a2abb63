using Microsoft.Extensions.Time.Testing;
using Workbench.Core.Resilience;

namespace Workbench.Core.Tests.Resilience;

public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(5, TimeSpan.FromSeconds(30), _time);

    [Fact]
    public void Breaker_opens_on_the_fifth_consecutive_failure_and_not_before()
    {
        Fail(4);
        _breaker.IsOpen.ShouldBeFalse();
        Fail(1);
        _breaker.IsOpen.ShouldBeTrue();
        _breaker.TryEnter(out _, out var retryAfter).ShouldBeFalse();
        retryAfter.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Breaker_after_a_success_counts_from_zero()
    {
        Fail(4);
        Succeed();
        Fail(4);
        _breaker.IsOpen.ShouldBeFalse();
    }

    [Theory]
    [InlineData(8)]
    [InlineData(600)]
    public void Breaker_counts_failures_however_far_apart(int seconds)
    {
        for (var i = 0; i < 5; i++)
        {
            Fail(1);
            _time.Advance(TimeSpan.FromSeconds(i < 4 ? seconds : 0));
        }

        _breaker.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Breaker_when_open_lets_exactly_one_probe_through_after_thirty_seconds()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(29.9));
        _breaker.TryEnter(out _, out _).ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.1));
        _breaker.TryEnter(out var probe, out _).ShouldBeTrue();
        probe.IsProbe.ShouldBeTrue();
        _breaker.TryEnter(out _, out var retryAfter).ShouldBeFalse();
        retryAfter.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Breaker_closes_when_its_probe_succeeds()
    {
        _breaker.Succeed(Probe());
        _breaker.IsOpen.ShouldBeFalse();
        _breaker.TryEnter(out _, out _).ShouldBeTrue();
    }

    [Fact]
    public void Breaker_opens_again_and_longer_when_its_probe_fails()
    {
        foreach (var expected in new[] { 60, 120, 240, 300, 300 })
        {
            _breaker.Fail(Probe());
            _breaker.TryEnter(out _, out var retryAfter).ShouldBeFalse();
            retryAfter.ShouldBe(TimeSpan.FromSeconds(expected));
        }
    }

    [Fact]
    public void Breaker_gets_its_slot_back_from_a_cancelled_probe_and_stays_open()
    {
        _breaker.Release(Probe());
        _breaker.IsOpen.ShouldBeTrue();
        _breaker.TryEnter(out var next, out _).ShouldBeTrue();
        next.IsProbe.ShouldBeTrue();
    }

    [Fact]
    public void Breaker_takes_a_hung_probe_for_lost_after_ten_seconds()
    {
        var hung = Probe();
        _time.Advance(TimeSpan.FromSeconds(10));
        _breaker.TryEnter(out var next, out _).ShouldBeTrue();
        _breaker.Succeed(hung);
        _breaker.IsOpen.ShouldBeTrue();
        _breaker.Succeed(next);
        _breaker.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void Breaker_ignores_results_of_an_older_generation()
    {
        _breaker.TryEnter(out var early, out _).ShouldBeTrue();
        Fail(5);
        _breaker.Succeed(early);
        _breaker.IsOpen.ShouldBeTrue();
        _breaker.Fail(early);
        _breaker.TryEnter(out _, out var retryAfter).ShouldBeFalse();
        retryAfter.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Breaker_takes_no_notice_of_the_wall_clock()
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
            _breaker.Fail(permit);
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
