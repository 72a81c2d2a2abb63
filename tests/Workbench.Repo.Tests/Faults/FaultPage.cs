using System.Text;

namespace Workbench.Repo.Tests.Faults;

/// <summary>Writes docs/faults.md.</summary>
internal static class FaultPage
{
    public const string Path = "docs/faults.md";

    public static string Text()
    {
        var page = new StringBuilder();
        page.Append($"""
            # Faults, and what proves that they are handled

            Each row is something that goes wrong between Workbench and a venue, or under Workbench itself. This page is written by a test from the names of all tests
            (`WORKBENCH_UPDATE_DOCS=1 dotnet test tests/Workbench.Repo.Tests -c Release`) and compared by it: a row without a test of the host fails the build.

            * **proven**: a test shows what the host does, over real sockets or on virtual time. **partly**: something is known to be missing, or only a
              part of the host was tested by itself. **not yet**: nothing is there.
            * Where the tests of a row are: [below](#tests). To see the faults happen: `workbench run scripts/firedrill.csx`.

            {Count("proven")} rows are proven, {Count("partly")} partly, {Count("not yet")} not yet.


            """);
        Table(page, "Network", 'N');
        Table(page, "Exchange", 'E');
        Table(page, "Process and machine", 'P');
        Tests(page);
        return page.ToString().Replace("\r", "", StringComparison.Ordinal).TrimEnd() + "\n";
    }

    /// <summary>One of the page's three words.</summary>
    public static string State(FaultRow row) => TestsOf(row) switch
    {
        [] => "not yet",
        var tests when row.Lacks is null && tests.Any(t => t.IsOfHost) => "proven",
        _ => "partly",
    };

    public static IReadOnlyList<FaultTest> TestsOf(FaultRow row) => [.. FaultTest.All.Where(t => t.Ids.Contains(row.Id)).OrderBy(t => t.Kind)];

    private static int Count(string state) => FaultRows.All.Count(r => State(r) == state);

    private static void Table(StringBuilder page, string title, char letter)
    {
        page.Append($"## {title}\n\n| id | what goes wrong | what you see and the host does | state |\n|---|---|---|---|\n");
        foreach (var row in FaultRows.All.Where(r => r.Id[0] == letter))
        {
            page.Append($"| {row.Id} | {row.Fault} | {row.Sees} | {StateWithNote(row)} |\n");
        }

        page.Append('\n');
    }

    private static string StateWithNote(FaultRow row) => State(row) switch
    {
        "partly" => $"partly: {row.Lacks ?? "a part of the host was tested by itself"}",
        "not yet" when row.Lacks is not null => $"not yet: {row.Lacks}",
        var state => state,
    };

    private static void Tests(StringBuilder page)
    {
        page.Append("""
            ## Tests

            How a test looks at the fault: **host** is the whole host on simulated venues over real sockets, **process** the program itself,
            **sockets** the host's transport over real sockets, **time** the engine on virtual time, **part** one part by itself.


            """);
        foreach (var row in FaultRows.All.Where(r => TestsOf(r).Count > 0))
        {
            page.Append($"**{row.Id}** {row.Fault}\n\n");
            foreach (var test in TestsOf(row))
            {
                page.Append($"* {Word(test.Kind)}: `{test.Name}` ({test.File.Split('/')[1]})\n");
            }

            page.Append('\n');
        }
    }

    private static string Word(FaultTestKind kind) => kind switch
    {
        FaultTestKind.Host => "host",
        FaultTestKind.Process => "process",
        FaultTestKind.Sockets => "sockets",
        FaultTestKind.VirtualTime => "time",
        _ => "part",
    };
}
