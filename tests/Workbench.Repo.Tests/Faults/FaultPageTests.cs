namespace Workbench.Repo.Tests.Faults;

/// <summary>docs/faults.md says what is proven, and it says it of today's tests.</summary>
public sealed class FaultPageTests
{
    public static TheoryData<string> Promised { get; } = [.. FaultRows.Promised];

    [Fact]
    public void Page_is_what_the_tests_say()
    {
        var file = Path.Combine(Repository.Root, FaultPage.Path);
        if (Environment.GetEnvironmentVariable("WORKBENCH_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, FaultPage.Text());
        }

        var written = File.Exists(file) ? File.ReadAllText(file).Replace("\r", "", StringComparison.Ordinal) : "";
        (written == FaultPage.Text()).ShouldBeTrue($"{FaultPage.Path} is out of date. Write it anew: WORKBENCH_UPDATE_DOCS=1 dotnet test tests/Workbench.Repo.Tests -c Release");
    }

    [Theory]
    [MemberData(nameof(Promised))]
    public void Promised_row_has_a_test_of_the_host(string id) =>
        FaultTest.All.ShouldContain(t => t.Ids.Contains(id) && t.IsOfHost, $"No test of the host has a name that begins with {id}_.");

    [Fact]
    public void Tests_carry_only_ids_of_the_catalogue()
    {
        var known = FaultRows.All.Select(r => r.Id).ToHashSet();
        FaultTest.All.SelectMany(t => t.Ids.Where(id => id[0] is 'N' or 'E' && !known.Contains(id)).Select(id => $"{id} in {t.Name} ({t.File})")).ShouldBeEmpty();
        FaultRows.Promised.ShouldBeSubsetOf(known);
    }

    [Fact]
    public void Fire_drill_has_its_twelve_faults()
    {
        var drills = System.Text.RegularExpressions.Regex.Matches(Repository.Read("scripts/firedrill.csx"), "^    new\\(\"([a-z0-9-]+)\", ", System.Text.RegularExpressions.RegexOptions.Multiline);
        drills.Select(d => d.Groups[1].Value).ShouldBe(["refused", "silence", "black-hole", "5xx", "429", "418", "close", "gap", "crossed", "latency", "shutdown", "no-venue"]);
    }
}
