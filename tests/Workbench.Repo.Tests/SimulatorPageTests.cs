using System.Text.RegularExpressions;

namespace Workbench.Repo.Tests;

/// <summary>The numbered list in docs/simulator.md says what is so: what it calls done has tests with its number.</summary>
public sealed partial class SimulatorPageTests
{
    private static readonly Dictionary<string, (string State, string Note)> Rows = RowPattern()
        .Matches(Repository.Read("docs/simulator.md"))
        .ToDictionary(m => m.Groups["id"].Value, m => (m.Groups["state"].Value, m.Groups["note"].Value.Trim()));

    private static readonly HashSet<string> Tested =
    [
        .. Repository.Files.Where(f => f.StartsWith("tests/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => TestPattern().Matches(Repository.Read(f)).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}")),
    ];

    public static TheoryData<string> Numbers { get; } =
    [
        .. Enumerable.Range(1, 40).Select(n => $"S20 {n:D2}"),
        .. Enumerable.Range(1, 39).Select(n => $"S22 {n:D2}"),
    ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_numbered_behaviour_is_listed_with_its_state(string number)
    {
        Rows.ShouldContainKey(number);
        var (state, note) = Rows[number];
        (state == "yes" || note.Length > 0).ShouldBeTrue($"{number} is '{state}' and does not say why.");
        if (state != "no")
        {
            Tested.ShouldContain(number);
        }
    }

    [GeneratedRegex(@"^\| (?<id>S2[02] \d\d) \| [^|]+ \| (?<state>yes|partly|no) \|(?<note>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"\b(S2[02])_(\d\d)_")]
    private static partial Regex TestPattern();
}
