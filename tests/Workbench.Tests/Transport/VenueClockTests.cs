using Microsoft.Extensions.Time.Testing;
using Workbench.Sdk;
using Workbench.Transport;

namespace Workbench.Tests.Transport;

public sealed class VenueClockTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly VenueClock _clock;

    public VenueClockTests() => _clock = new VenueClock(_time);

    [Fact]
    public void Clock_without_samples_is_the_hosts() => _clock.Now.ShouldBe(Timestamp.Now(_time));

    [Fact]
    public void Quickest_sample_wins()
    {
        Sample(outMs: 80, backMs: 20, offsetMs: 500);
        Sample(outMs: 4, backMs: 4, offsetMs: 500);
        Sample(outMs: 10, backMs: 190, offsetMs: 500);

        _clock.Offset.ShouldBe(TimeSpan.FromMilliseconds(496));
        _clock.RoundTrip.ShouldBe(TimeSpan.FromMilliseconds(8));
    }

    [Fact]
    public void Estimate_is_never_ahead_of_the_venue()
    {
        var random = new Random(20260102);
        for (var i = 0; i < 1000; i++)
        {
            Sample(random.Next(1, 300), random.Next(1, 300), offsetMs: -1234);
            _clock.Offset.ShouldBeLessThanOrEqualTo(TimeSpan.FromMilliseconds(-1234), "seed 20260102");
        }

        _clock.Offset.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(-1334));
    }

    [Fact]
    public void Step_of_a_clock_is_followed_at_once()
    {
        Sample(1, 1, offsetMs: 0);

        Sample(50, 50, offsetMs: 60_000);

        _clock.Offset.ShouldBe(TimeSpan.FromMilliseconds(59_950));
    }

    [Fact]
    public void Sample_over_a_step_back_of_our_own_clock_is_dropped()
    {
        Sample(1, 1, offsetMs: 0);
        var now = Timestamp.Now(_time);

        _clock.Observe(now, now + TimeSpan.FromSeconds(-5), now);

        _clock.Offset.ShouldBe(TimeSpan.FromMilliseconds(-1));
    }

    private void Sample(int outMs, int backMs, int offsetMs)
    {
        var sent = Timestamp.Now(_time);
        _time.Advance(TimeSpan.FromMilliseconds(outMs));
        var venue = Timestamp.Now(_time) + TimeSpan.FromMilliseconds(offsetMs);
        _time.Advance(TimeSpan.FromMilliseconds(backMs));
        _clock.Observe(sent, Timestamp.Now(_time), venue);
    }
}
