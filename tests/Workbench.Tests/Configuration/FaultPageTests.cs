using Workbench.Configuration;
using Workbench.Configuration.Faults;

namespace Workbench.Tests.Configuration;

public sealed class FaultPageTests
{
    [Fact]
    public void Fault_file_of_the_documentation_can_be_read()
    {
        var page = File.ReadAllText(Given.ProjectFile("docs/simulator.md"));
        var from = page.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        var errors = new ConfigurationErrors("simulator.md");

        var schedule = FaultFile.ReadText(page[from..page.IndexOf("```", from, StringComparison.Ordinal)], errors);

        schedule.ShouldNotBeNull(string.Join('\n', errors.Sorted()));
        (schedule.Seed, schedule.Plans.Count).ShouldBe((42L, 3));
    }
}
