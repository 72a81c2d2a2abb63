using System.Globalization;
using Workbench.Core.Execution;

namespace Workbench.Core.Tests.Execution;

public sealed class RandomScheduleTests
{
    private const int Seeds = 1500;
    private const int FewSeeds = 300;

    [Fact]
    public void Orders_survive_any_network_and_any_crash()
    {
        var from = Environment.GetEnvironmentVariable("WORKBENCH_SEED") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : Environment.ProcessId * 1000;
        var (violations, proofs) = Run(from, Seeds, Schedule.True);
        TestContext.Current.TestOutputHelper?.WriteLine($"seeds {from} to {from + Seeds - 1}, {proofs} orders proven absent; WORKBENCH_SEED={from} repeats it");
        violations.ShouldBeEmpty($"WORKBENCH_SEED={from}");
        proofs.ShouldBeGreaterThan(100, "the schedules must reach the proof");
    }

    [Theory]
    [InlineData(2, 0, 0)]
    [InlineData(0, 0, 0)]
    public void Schedules_have_teeth_a_resolver_that_believes_too_short_bounds_is_caught(int window, int engine, int lag)
    {
        var wrong = new ResolverBounds(TimeSpan.FromSeconds(window), TimeSpan.FromSeconds(engine), TimeSpan.FromSeconds(lag));
        Run(1, FewSeeds, wrong).Violations.ShouldContain(v => v.Contains("I5"));
    }

    [Fact]
    public void Same_seed_plays_the_same_schedule()
    {
        var wrong = new ResolverBounds(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        var (first, second) = (Run(42, FewSeeds, wrong), Run(42, FewSeeds, wrong));
        second.Violations.ShouldBe(first.Violations);
        second.Proofs.ShouldBe(first.Proofs);
    }

    private static (string[] Violations, int Proofs) Run(int from, int count, ResolverBounds bounds)
    {
        var (violations, proofs) = (new List<string>(), 0);
        for (var seed = from; seed < from + count; seed++)
        {
            var schedule = new Schedule(seed, bounds);
            schedule.Run();
            violations.AddRange(schedule.Violations);
            proofs += schedule.Proofs;
        }

        return ([.. violations.Take(20)], proofs);
    }
}
