using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Resilience;

public sealed class ReconnectScheduleTests
{
    private static readonly ResilienceSettings Exact = new() { Jitter = 0 };

    [Fact]
    public void Schedule_waits_1_2_4_8_16_seconds_and_then_probes_for_ever()
    {
        var schedule = new ReconnectSchedule(Exact, new Random(1));
        Enumerable.Range(0, 1_000).Select(_ => schedule.Next(null).TotalSeconds).ShouldBe([1, 2, 4, 8, 16, .. Enumerable.Repeat(60d, 995)]);
    }

    [Fact]
    public void Schedule_after_success_begins_at_the_first_delay()
    {
        var schedule = new ReconnectSchedule(Exact, new Random(1));
        schedule.Next(null);
        schedule.Next(null);
        schedule.Reset();
        schedule.Next(null).ShouldBe(TimeSpan.FromSeconds(1));
        schedule.Next(null).ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(-5d, 1)]
    [InlineData(0d, 1)]
    [InlineData(0.5, 1)]
    [InlineData(7d, 7)]
    [InlineData(259_200d, 259_200)]
    [InlineData(2_147_483_647d, 259_200)]
    public void Schedule_waits_at_least_as_long_as_the_venue_asks_but_not_for_ever(double? asked, double waits)
    {
        var schedule = new ReconnectSchedule(Exact, new Random(1));
        var error = new VenueError(VenueErrorKind.Unavailable, "x", RetryAfter: asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        schedule.Next(error).TotalSeconds.ShouldBe(waits);
        schedule.Next(null).TotalSeconds.ShouldBe(2, "a wait that the venue chose counts as one of ours");
    }

    [Theory]
    [InlineData(VenueErrorKind.Network, null, 1)]
    [InlineData(VenueErrorKind.Local, "dns", 1)]
    [InlineData(VenueErrorKind.RateLimited, null, 1)]
    [InlineData(VenueErrorKind.Network, "tls", 60)]
    [InlineData(VenueErrorKind.Authentication, null, 60)]
    [InlineData(VenueErrorKind.InvalidRequest, null, 60)]
    [InlineData(VenueErrorKind.Banned, null, 60)]
    public void N12_schedule_only_probes_slowly_what_does_not_pass_by_itself(VenueErrorKind kind, string? code, double waits)
    {
        var schedule = new ReconnectSchedule(Exact, new Random(1));
        schedule.Next(new VenueError(kind, "x", code)).TotalSeconds.ShouldBe(waits);
    }
}
