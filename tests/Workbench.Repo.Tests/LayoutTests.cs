namespace Workbench.Repo.Tests;

public sealed class LayoutTests
{
    private static readonly string[] TopLevel =
    [
        "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "Workbench.sln", "workbench.yaml",
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json",
        "docs", "host", "plugins", "scripts", "sdk", "tests",
    ];

    [Fact]
    public void Top_level_holds_exactly_what_it_should()
    {
        var entries = Repository.Files.Select(f => f.Split('/')[0]).Distinct().Where(e => !e.StartsWith('.')).Order(StringComparer.Ordinal);
        entries.ShouldBe(TopLevel.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Source_files_have_at_most_500_lines()
    {
        var long_ = Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal))
            .Select(f => (File: f, Lines: File.ReadLines(Path.Combine(Repository.Root, f)).Count())).Where(f => f.Lines > 500);
        long_.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("TO" + "DO")]
    [InlineData("FIX" + "ME")]
    [InlineData("NotImplemented" + "Exception")]
    [InlineData("#reg" + "ion")]
    public void Source_files_hold_nothing_unfinished(string mark)
    {
        var marked = Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".csx", StringComparison.Ordinal))
            .Where(f => Repository.Read(f).Contains(mark, StringComparison.Ordinal));
        marked.ShouldBeEmpty();
    }

    [Fact]
    public void Money_is_never_binary_floating_point()
    {
        var pattern = new System.Text.RegularExpressions.Regex(@"\b(double|float)\b[^;]*([Pp]rice|[Qq]uantity|[Aa]mount|[Nn]otional|[Bb]alance)");
        var found = Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && (f.StartsWith("sdk/", StringComparison.Ordinal) || f.StartsWith("host/", StringComparison.Ordinal) || f.StartsWith("plugins/", StringComparison.Ordinal)))
            .SelectMany(f => File.ReadLines(Path.Combine(Repository.Root, f)).Where(l => pattern.IsMatch(l)).Select(l => $"{f}: {l.Trim()}"));
        found.ShouldBeEmpty();
    }

    [Fact]
    public void Paths_named_in_the_documentation_exist()
    {
        var pattern = new System.Text.RegularExpressions.Regex(@"\b(host|sdk|plugins|scripts|tests|docs)/[A-Za-z0-9_./-]*[A-Za-z0-9]");
        var missing = Repository.Files.Where(f => f == "README.md" || f == "CONTRIBUTING.md" || (f.StartsWith("docs/", StringComparison.Ordinal) && f.EndsWith(".md", StringComparison.Ordinal)))
            .SelectMany(f => pattern.Matches(Repository.Read(f)).Select(m => m.Value).Distinct().Where(p => !Path.Exists(Path.Combine(Repository.Root, p))).Select(p => $"{f}: {p}"));
        missing.ShouldBeEmpty();
    }
}
