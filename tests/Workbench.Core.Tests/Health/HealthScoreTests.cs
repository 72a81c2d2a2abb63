using Workbench.Core.Health;

namespace Workbench.Core.Tests.Health;

public sealed class HealthScoreTests
{
    private static readonly HealthSample Well = new(true, Ms(20), Ms(20), 0, TimeSpan.Zero, TimeSpan.FromSeconds(2));

    [Fact]
    public void Connection_that_is_as_it_always_was_scores_100() => HealthScore.Of(Well).ShouldBe(100);

    [Fact]
    public void Connection_that_is_down_scores_0_whatever_it_was_like() => HealthScore.Of(Well with { IsUp = false }).ShouldBe(0);

    [Theory]
    [InlineData(40, 100)] // Twice the baseline is still usual.
    [InlineData(60, 90)]
    [InlineData(100, 77)]
    [InlineData(200, 60)]
    [InlineData(20_000, 60)]
    public void Latency_costs_up_to_40_between_twice_and_ten_times_the_baseline(int latency, int score) =>
        HealthScore.Of(Well with { Latency = Ms(latency) }).ShouldBe(score);

    [Theory]
    [InlineData(0.3, 10, 100)]
    [InlineData(0.3, 50, 60)]
    public void Baseline_is_taken_for_5_ms_at_least(double baseline, int latency, int score) =>
        HealthScore.Of(Well with { Baseline = TimeSpan.FromMilliseconds(baseline), Latency = Ms(latency) }).ShouldBe(score);

    [Theory]
    [InlineData(0.01, 98)]
    [InlineData(0.125, 80)]
    [InlineData(0.25, 60)]
    [InlineData(1, 60)]
    public void Errors_cost_up_to_40_at_a_quarter_of_all_calls(double rate, int score) => HealthScore.Of(Well with { ErrorRate = rate }).ShouldBe(score);

    [Theory]
    [InlineData(1000, 100)]
    [InlineData(1500, 90)]
    [InlineData(2000, 80)]
    [InlineData(9000, 80)]
    public void Age_costs_up_to_20_from_half_of_the_limit_on(int age, int score) => HealthScore.Of(Well with { Age = Ms(age) }).ShouldBe(score);

    [Fact]
    public void Costs_add_up_and_a_connection_that_is_up_never_scores_0()
    {
        HealthScore.Of(Well with { ErrorRate = 0.25, Latency = Ms(200) }).ShouldBe(20);
        HealthScore.Of(Well with { ErrorRate = 0.25, Latency = Ms(200), Age = Ms(2000) }).ShouldBe(1);
    }

    [Fact]
    public void What_was_not_measured_costs_nothing() => HealthScore.Of(new HealthSample(true, null, null, 0, null, TimeSpan.Zero)).ShouldBe(100);

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
