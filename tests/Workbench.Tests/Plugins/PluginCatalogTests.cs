using Workbench.Plugins;

namespace Workbench.Tests.Plugins;

public sealed class PluginCatalogTests : IDisposable
{
    private const string Sound = "id: A\nkinds: [connector]\nentry: A.dll\nsdk: \">=0.1 <0.2\"\n";

    private readonly PluginSandbox _sandbox = new();

    [Fact]
    public void Sound_manifest_is_read_without_touching_the_assembly()
    {
        _sandbox.AddManifest("a", "id: Vendor.A-1\nkinds: [cache, strategy]\nentry: lib/A.dll\nsdk: \">=0.1 <0.2\"\n");

        var catalog = PluginCatalog.Scan(_sandbox.Plugins);

        catalog.Problems.ShouldBeEmpty();
        var plugin = catalog.Plugins.ShouldHaveSingleItem();
        plugin.Id.ShouldBe("Vendor.A-1");
        plugin.Kinds.ShouldBe(PluginKinds.Cache | PluginKinds.Strategy);
        plugin.Entry.ShouldBe("lib/A.dll");
        plugin.Sdk.ToString().ShouldBe(">=0.1 <0.2");
        catalog.Find("vendor.a-1").Manifest.ShouldBe(plugin);
    }

    [Theory]
    [InlineData("entry: A.dll", "entrie: A.dll", 3, 1, "did you mean 'entry'")]
    [InlineData("[connector]", "[conector]", 2, 9, "did you mean 'connector'")]
    [InlineData("[connector]", "connector", 2, 8, "must be a list")]
    [InlineData("[connector]", "[]", 2, 8, "must be a list")]
    [InlineData("\">=0.1 <0.2\"", "0.1", 4, 6, "version range")]
    [InlineData("A.dll", "/etc/passwd.dll", 3, 8, "inside the plugin's folder")]
    [InlineData("A.dll", "../B/A.dll", 3, 8, "inside the plugin's folder")]
    [InlineData("A.dll", "x/../../B/A.dll", 3, 8, "inside the plugin's folder")]
    [InlineData("A.dll", "..\\A.dll", 3, 8, "inside the plugin's folder")]
    [InlineData("A.dll", "\"A\\0.dll\"", 3, 8, "inside the plugin's folder")]
    [InlineData("A.dll", "A.exe", 3, 8, ".dll")]
    [InlineData("id: A", "id: ../A", 1, 5, "letters, digits")]
    [InlineData("id: A", "id: [A]", 1, 5, "must be text")]
    [InlineData("kinds:", "id: B\nkinds:", 2, 1, "duplicate key")]
    public void Slip_in_a_manifest_is_reported_with_its_place(string right, string wrong, int line, int column, string message)
    {
        var folder = _sandbox.AddManifest("a", Sound.Replace(right, wrong, StringComparison.Ordinal));

        var catalog = PluginCatalog.Scan(_sandbox.Plugins);

        catalog.Plugins.ShouldBeEmpty();
        var errors = catalog.Problems.Select(p => p.ToString()).ToArray();
        errors.ShouldContain(e => e.StartsWith($"{Path.Combine(folder, "plugin.yaml")}({line},{column})", StringComparison.Ordinal) && e.Contains(message, StringComparison.Ordinal), string.Join('\n', errors));
    }

    [Fact]
    public void All_errors_of_a_manifest_are_reported_at_once()
    {
        _sandbox.AddManifest("a", "idd: A\nkinds: [x]\n");

        PluginCatalog.Scan(_sandbox.Plugins).Problems.Count.ShouldBe(5);
    }

    [Fact]
    public void Folder_without_a_manifest_is_a_problem_and_a_hidden_one_is_not()
    {
        Directory.CreateDirectory(Path.Combine(_sandbox.Plugins, "empty"));
        Directory.CreateDirectory(Path.Combine(_sandbox.Plugins, ".git"));

        PluginCatalog.Scan(_sandbox.Plugins).Problems.ShouldHaveSingleItem().ToString().ShouldContain("empty");
    }

    [Fact]
    public void Missing_directory_is_a_problem()
    {
        var problem = PluginCatalog.Scan(Path.Combine(_sandbox.Plugins, "nowhere")).Problems.ShouldHaveSingleItem();

        problem.ToString().ShouldContain("nowhere");
    }

    [Fact]
    public void Duplicate_id_is_refused_for_both_and_names_both_folders()
    {
        _sandbox.AddManifest("one", Sound);
        _sandbox.AddManifest("two", Sound.Replace("id: A", "id: a", StringComparison.Ordinal));

        var catalog = PluginCatalog.Scan(_sandbox.Plugins);

        catalog.Plugins.ShouldBeEmpty();
        var problem = catalog.Find("A").Problem!;
        problem.ShouldContain("one");
        problem.ShouldContain("two");
        catalog.Problems.ShouldHaveSingleItem();
    }

    [Fact]
    public void X07_linked_folder_is_refused()
    {
        var outside = Directory.CreateTempSubdirectory("workbench-outside-");
        File.WriteAllText(Path.Combine(outside.FullName, "plugin.yaml"), Sound);
        Directory.CreateSymbolicLink(Path.Combine(_sandbox.Plugins, "link"), outside.FullName);

        var catalog = PluginCatalog.Scan(_sandbox.Plugins);

        catalog.Plugins.ShouldBeEmpty();
        catalog.Problems.ShouldHaveSingleItem().ToString().ShouldContain("symbolic link");
        outside.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/opt/wb/plugins", "/opt/wb/plugins/a", true)]
    [InlineData("/opt/wb/plugins/", "/opt/wb/plugins/a", true)]
    [InlineData("/opt/wb/plugins", "/opt/wb/plugins-evil/a", false)]
    [InlineData("/opt/wb/plugins", "/opt/wb/plugins", false)]
    [InlineData("/opt/wb/plugins", "/etc/passwd", false)]
    public void X07_sibling_with_the_same_prefix_is_not_below(string folder, string path, bool below) =>
        PluginFolder.IsBelow(folder, path).ShouldBe(below);

    [Fact]
    public void Unknown_id_gets_the_nearest_one()
    {
        _sandbox.AddManifest("a", Sound.Replace("id: A", "id: Workbench.Plugins.Binance", StringComparison.Ordinal));

        PluginCatalog.Scan(_sandbox.Plugins).Find("Workbench.Plugins.Binanse").Problem!.ShouldContain("did you mean 'Workbench.Plugins.Binance'");
    }

    public void Dispose() => _sandbox.Dispose();
}
