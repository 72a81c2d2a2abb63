using Workbench.Core.Resilience;

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
        schedule.Next(asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null).TotalSeconds.ShouldBe(waits);
        schedule.Next(null).TotalSeconds.ShouldBe(2, "a wait that the venue chose counts as one of ours");
    }

    [Theory]
    [InlineData(11, "0.1")]
    [InlineData(12, "0.5")]
    [InlineData(13, "0.01")]
    public void Schedule_with_jitter_stays_within_its_band_and_uses_it(int seed, string band)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var jitter = decimal.Parse(band, System.Globalization.CultureInfo.InvariantCulture);
        var random = new Random(seed);
        var waits = Enumerable.Range(0, 10_000).Select(_ => ReconnectSchedule.Jittered(TimeSpan.FromSeconds(100), jitter, random).TotalSeconds).ToList();
        var width = (double)jitter * 100;
        waits.Min().ShouldBeInRange(100 - width, 100 - (width * 0.98), $"seed {seed}");
        waits.Max().ShouldBeInRange(100 + (width * 0.98), 100 + width, $"seed {seed}");
        waits.Average().ShouldBeInRange(100 - (width * 0.05), 100 + (width * 0.05), $"seed {seed}");
    }
}
