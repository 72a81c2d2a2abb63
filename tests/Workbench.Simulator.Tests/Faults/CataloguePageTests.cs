using System.Text;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Tests.Faults;

/// <summary>The table of faults in docs/simulator.md is the catalogue. <c>WORKBENCH_UPDATE_DOCS=1</c> writes it.</summary>
public sealed class CataloguePageTests
{
    private const string Begin = "<!-- faults -->\n";
    private const string End = "<!-- /faults -->";

    [Fact]
    public void Page_lists_every_fault_as_the_catalogue_has_it()
    {
        var path = Page();
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("WORKBENCH_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..from] + Table() + text[to..]);
            return;
        }

        text[from..to].ShouldBe(Table());
    }

    private static string Table()
    {
        var table = new StringBuilder("| fault | numbers | what happens | its own options |\n|---|---|---|---|\n");
        foreach (var fault in FaultCatalogue.All.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            table.Append($"| `{fault.Name}` | {fault.Ids} | {Cell(fault.Summary)} | {string.Join("<br>", fault.Own.Select(Option))} |\n");
        }

        return table.ToString();
    }

    private static string Option(FaultOption option)
    {
        var range = option.Range is { } bounds ? $", {bounds}" : "";
        var fallback = option.Default is { Length: > 0 } value ? $", default {value}" : "";
        return Cell($"`{option.Name}` ({option.Type}{range}{fallback}): {option.Description}");
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Page()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Workbench.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "docs", "simulator.md");
    }
}
