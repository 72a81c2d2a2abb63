using System.Xml.Linq;

namespace Workbench.Repo.Tests;

/// <summary>Who may reference whom, as docs/architecture.md says it. The build refuses the rest with WB0001.</summary>
public sealed class LayeringTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Workbench.Sdk"] = [],
        ["Workbench.Core"] = ["Workbench.Sdk"],
        ["Workbench.Simulator"] = ["Workbench.Sdk"],
        ["Workbench.Scripting"] = ["Workbench.Sdk"],
        ["Workbench.Console"] = ["Workbench.Sdk", "Workbench.Core", "Workbench.Scripting"],
        ["Workbench"] = ["Workbench.Sdk", "Workbench.Core", "Workbench.Simulator", "Workbench.Scripting", "Workbench.Console"],
    };

    public static TheoryData<string> Projects => [.. Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal) && !f.StartsWith("tests/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_references_only_what_its_layer_may_see(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var allowed = project.StartsWith("plugins/", StringComparison.Ordinal) ? ["Workbench.Sdk"] : Allowed[name];
        References(project).ShouldBeSubsetOf(allowed);
    }

    [Theory]
    [InlineData("plugins/Workbench.Plugins.MemoryCache", "host/Workbench.Core")]
    [InlineData("plugins/Workbench.Plugins.MemoryCache", "plugins/Workbench.Plugins.Binance")]
    [InlineData("host/Workbench.Core", "host/Workbench.Simulator")]
    [InlineData("sdk/Workbench.Sdk", "host/Workbench.Core")]
    public void Forbidden_reference_fails_the_build(string project, string reference)
    {
        var name = Path.GetFileName(reference);
        var extra = Path.Combine(Path.GetTempPath(), $"wb-layering-{Environment.ProcessId}-{Path.GetFileName(project)}-{name}.targets");
        File.WriteAllText(extra, $"""<Project><ItemGroup><ProjectReference Include="{Repository.Root}/{reference}/{name}.csproj" /></ItemGroup></Project>""");
        try
        {
            var output = Repository.Run("dotnet", $"msbuild {project}/{Path.GetFileName(project)}.csproj -t:CheckLayering -p:CustomBeforeMicrosoftCommonTargets={extra} -nologo");
            output.ShouldContain("WB0001");
            output.ShouldContain(name);
        }
        finally
        {
            File.Delete(extra);
        }
    }

    [Fact]
    public void Allowed_references_pass_the_guard() =>
        Repository.Run("dotnet", "msbuild host/Workbench/Workbench.csproj -t:CheckLayering -nologo").ShouldNotContain("WB0001");

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Where(r => (string?)r.Attribute("ReferenceOutputAssembly") != "false" && r.Element("ReferenceOutputAssembly")?.Value != "false")
            .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));
}
