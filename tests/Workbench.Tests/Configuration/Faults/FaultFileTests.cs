using Workbench.Configuration;
using Workbench.Configuration.Faults;
using Workbench.Simulator.Faults;

namespace Workbench.Tests.Configuration.Faults;

public sealed class FaultFileTests
{
    private static FaultSchedule? Read(string text, out IReadOnlyList<string> errors)
    {
        var found = new ConfigurationErrors("faults.yaml");
        var schedule = FaultFile.ReadText(text, found);
        errors = [.. found.Sorted().Select(e => e.ToString())];
        return schedule;
    }

    [Fact]
    public void Reads_seed_times_and_options()
    {
        var schedule = Read(
            """
            seed: 42
            faults:
              - at: 10s
                venue: binance
                fault: error-5xx
                status: 504
                before: true
                requests: [orders, cancels]
                count: 2
              - { fault: drop-events, every: 1m, jitter: 5s, times: 3, channel: fills, for: 10s }
            """,
            out var errors)!;

        errors.ShouldBeEmpty();
        schedule.Seed.ShouldBe(42);
        var (first, second) = (schedule.Plans[0], schedule.Plans[1]);
        (first.Fault, first.Venue, first.At, first.Every).ShouldBe(("error-5xx", "binance", TimeSpan.FromSeconds(10), null));
        first.Options.ShouldBe([new("status", "504"), new("before", "true"), new("requests", "orders,cancels"), new("count", "2")]);
        (second.At, second.Every, second.Jitter, second.Times).ShouldBe((TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5), 3));
    }

    [Theory]
    [InlineData("faults:\n  - fault: latncy\n", "faults.yaml(2,12): faults[0].fault: There is no fault 'latncy'; did you mean 'latency'?")]
    [InlineData("faults:\n  - fault: latency\n    dealy: 1s\n", "faults.yaml(3,12): faults[0].dealy: Fault 'latency' has no option 'dealy'; did you mean 'delay'?")]
    [InlineData("faults:\n  - fault: latency\n    evry: 1s\n", "did you mean 'every'?")]
    [InlineData("faults:\n  - fault: latency\n    delay: 5\n", "faults.yaml(3,12): faults[0].delay: Fault 'latency': delay '5' is not a duration (0ms to 1h).")]
    [InlineData("faults:\n  - fault: latency\n    at: soon\n", "faults.yaml(3,9): faults[0].at: at 'soon' is not a duration")]
    [InlineData("faults:\n  - fault: latency\n    times: 0\n", "times '0' is not a whole number")]
    [InlineData("faults:\n  - at: 1s\n", "faults.yaml(2,5): faults[0]: needs a fault")]
    [InlineData("faults:\n  - latency\n", "faults.yaml(2,5): faults[0]: expected an entry")]
    [InlineData("fauls: []\n", "did you mean 'faults'?")]
    [InlineData("seed: often\nfaults: []\n", "faults.yaml(1,7): seed: expected a whole number")]
    [InlineData("seed: 1\n", "faults: is missing")]
    [InlineData("faults:\n  - fault: latency\n    fault: refuse\n", "faults.yaml(3,5)")]
    public void Errors_name_line_column_and_the_nearest_name(string text, string message)
    {
        Read(text, out var errors).ShouldBeNull();
        string.Join('\n', errors).ShouldContain(message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error()
    {
        var errors = new ConfigurationErrors("nowhere.yaml");
        FaultFile.Read("nowhere.yaml", errors).ShouldBeNull();
        errors.Sorted().ShouldHaveSingleItem().ToString().ShouldContain("no such file");
    }

    [Fact]
    public void The_configuration_names_a_file_beside_it_and_a_seed()
    {
        var config = Given.Config(Given.Smallest + "  faults: faults.yaml\n  fault_seed: 42\n");
        Path.GetFileName(config.Simulator.Faults).ShouldBe("faults.yaml");
        Path.IsPathFullyQualified(config.Simulator.Faults!).ShouldBeTrue();
        config.Simulator.FaultSeed.ShouldBe(42);
        FaultCatalogue.All.Count.ShouldBeGreaterThan(40);
    }
}
