using System.Globalization;
using Workbench.Core.Resilience;

namespace Workbench.Core.Tests.Resilience;

public sealed class BackoffTests
{
    [Fact]
    public void Case_14_delays_without_jitter_are_exactly_1_2_4_8_16_seconds()
    {
        var backoff = new Backoff(new ResilienceSettings { Jitter = 0 }, new Random(1));
        Enumerable.Range(0, 8).Select(i => backoff.Delay(i).TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 60, 60, 60]);
    }

    [Theory]
    [InlineData(11, "0.01")]
    [InlineData(12, "0.1")]
    [InlineData(13, "0.3")]
    [InlineData(14, "0.5")]
    public void Case_14_jitter_stays_within_its_band_and_never_reorders(int seed, string band)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var jitter = decimal.Parse(band, CultureInfo.InvariantCulture);
        var settings = new ResilienceSettings { Jitter = jitter };
        var backoff = new Backoff(settings, new Random(seed));
        TimeSpan[] plain = [.. settings.RetryDelays, settings.ProbeInterval];
        for (var round = 0; round < 2_000; round++)
        {
            var waits = plain.Select((_, i) => backoff.Delay(i)).ToList();
            waits.Order().SequenceEqual(waits).ShouldBeTrue($"seed {seed}");
            for (var i = 0; i < plain.Length; i++)
            {
                waits[i].ShouldBeInRange(plain[i] * (double)(1 - jitter), plain[i] * (double)(1 + jitter), $"seed {seed}");
            }
        }
    }

    [Theory]
    [InlineData(21, "0.1")]
    [InlineData(22, "0.5")]
    public void Slow_probe_uses_its_whole_band_evenly(int seed, string band)
    {
        var jitter = decimal.Parse(band, CultureInfo.InvariantCulture);
        var backoff = new Backoff(new ResilienceSettings { Jitter = jitter, ProbeInterval = TimeSpan.FromSeconds(100) }, new Random(seed));
        var waits = Enumerable.Range(0, 10_000).Select(_ => backoff.Delay(20).TotalSeconds).ToList();
        var width = (double)jitter * 100;
        waits.Min().ShouldBeInRange(100 - width, 100 - (width * 0.98), $"seed {seed}");
        waits.Max().ShouldBeInRange(100 + (width * 0.98), 100 + width, $"seed {seed}");
        waits.Average().ShouldBeInRange(100 - (width * 0.05), 100 + (width * 0.05), $"seed {seed}");
    }
}
