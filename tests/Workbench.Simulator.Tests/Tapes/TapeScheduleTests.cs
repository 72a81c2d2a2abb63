using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Workbench.Simulator.Tapes;

namespace Workbench.Simulator.Tests.Tapes;

/// <summary>Records happen again at their recorded distance, divided by the speed, to the tick of 100 ns.</summary>
public sealed class TapeScheduleTests
{
    private static readonly long[] Nanos = [1_700_000_000_000_000_000, 1_700_000_000_000_000_100, 1_700_000_000_123_456_700, 1_700_000_000_123_456_700, 1_700_000_061_000_000_300, 1_700_090_000_000_000_000];

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("7")]
    [InlineData("0.5")]
    public async Task Emission_times_are_the_recorded_ones_divided_by_the_speed(string speed)
    {
        var factor = decimal.Parse(speed, CultureInfo.InvariantCulture);
        var time = new JumpingTime();
        var pace = new TapePace(new TapeSchedule(factor, null), time);
        var began = time.GetTimestamp();
        foreach (var nanos in Nanos)
        {
            await pace.WaitAsync(nanos, CancellationToken.None);
            time.GetElapsedTime(began).Ticks.ShouldBe((long)((nanos - Nanos[0]) / 100 / factor));
        }
    }

    [Fact]
    public async Task Long_gaps_are_cut_only_when_asked()
    {
        var time = new JumpingTime();
        var pace = new TapePace(new TapeSchedule(2, TimeSpan.FromSeconds(10)), time);
        var began = time.GetTimestamp();
        foreach (var nanos in Nanos)
        {
            await pace.WaitAsync(nanos, CancellationToken.None);
        }

        time.GetElapsedTime(began).Ticks.ShouldBe((1_234_567 + (2 * 100_000_000L)) / 2);
    }

    [Fact]
    public async Task Without_a_speed_nothing_waits()
    {
        var time = new JumpingTime();
        var pace = new TapePace(new TapeSchedule(0, null), time);
        foreach (var nanos in Nanos)
        {
            await pace.WaitAsync(nanos, CancellationToken.None);
        }

        time.Jumps.ShouldBe(0);
    }

    // Whoever waits makes the time pass.
    private sealed class JumpingTime : FakeTimeProvider
    {
        public int Jumps { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Jumps++;
            var timer = base.CreateTimer(callback, state, dueTime, period);
            Advance(dueTime);
            return timer;
        }
    }
}
