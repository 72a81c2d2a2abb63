using Workbench.Core.Health;

namespace Workbench.Core.Tests.Health;

public sealed class LatencyHistogramTests
{
    private readonly LatencyHistogram _histogram = new();

    [Fact]
    public void Empty_histogram_has_no_percentile() => _histogram.Percentile(0.5).ShouldBeNull();

    [Fact]
    public void Percentiles_are_ranks_of_what_was_added()
    {
        for (var ms = 1; ms <= 100; ms++)
        {
            _histogram.Add(TimeSpan.FromMilliseconds(ms));
        }

        _histogram.Count.ShouldBe(100);
        ShouldBeNear(_histogram.Percentile(0.5), 50_000);
        ShouldBeNear(_histogram.Percentile(0.95), 95_000);
        ShouldBeNear(_histogram.Percentile(0.99), 99_000);
        ShouldBeNear(_histogram.Percentile(1), 100_000);
    }

    [Fact]
    public void Every_duration_comes_back_within_the_stated_error()
    {
        for (var microseconds = 0L; microseconds <= LatencyHistogram.Longest.Ticks / TimeSpan.TicksPerMicrosecond; microseconds += 1 + (microseconds / 97))
        {
            var histogram = new LatencyHistogram();
            histogram.Add(TimeSpan.FromMicroseconds(microseconds));
            ShouldBeNear(histogram.Percentile(0.5), microseconds);
        }
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    public void Durations_of_nothing_count_as_nothing(int ticks)
    {
        _histogram.Add(TimeSpan.FromTicks(ticks));
        _histogram.Percentile(1).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Longer_than_the_longest_counts_as_the_longest()
    {
        _histogram.Add(TimeSpan.FromDays(1));
        ShouldBeNear(_histogram.Percentile(1), LatencyHistogram.Longest.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    [Fact]
    public void Sums_hold_what_both_held_and_a_cleared_one_holds_nothing()
    {
        var other = new LatencyHistogram();
        other.Add(TimeSpan.FromMilliseconds(8));
        _histogram.Add(TimeSpan.FromMilliseconds(2));
        _histogram.Add(other);
        _histogram.Count.ShouldBe(2);
        ShouldBeNear(_histogram.Percentile(1), 8_000);
        _histogram.Clear();
        (_histogram.Count, _histogram.Percentile(1)).ShouldBe((0, null));
    }

    private static void ShouldBeNear(TimeSpan? actual, long microseconds) =>
        Math.Abs(actual!.Value.TotalMicroseconds - microseconds).ShouldBeLessThanOrEqualTo(Math.Max(0.5, microseconds * 0.032), $"{microseconds} µs came back as {actual}");
}
