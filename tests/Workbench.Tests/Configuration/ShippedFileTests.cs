using System.Text.RegularExpressions;
using Workbench.Configuration;
using Workbench.Configuration.Schema;
using Workbench.Configuration.Yaml;

namespace Workbench.Tests.Configuration;

public sealed partial class ShippedFileTests
{
    private static readonly string Shipped = Given.ProjectFile("workbench.yaml");

    [Fact]
    public void Shipped_file_loads_with_an_empty_environment()
    {
        var config = ConfigurationLoader.Load(Shipped, _ => null).ShouldBeOfType<ConfigurationResult.Loaded>().Config;

        config.Environment.ShouldBe(TradingEnvironment.Simulation);
        config.Connections.Keys.ShouldBe(["binance", "bybit"]);
        config.Connections.Values.ShouldAllBe(c => c.Environment == VenueEnvironment.Simulator && !c.Credentials.IsPresent);
        var route = config.Routes.ShouldHaveSingleItem().Value;
        route.Symbols.ShouldBe(["*"]);
        (route.Data.Primary, route.Data.Secondary.ShouldHaveSingleItem()).ShouldBe(("binance", "bybit"));
        (route.Trading!.Primary, route.Trading.Secondary.ShouldHaveSingleItem()).ShouldBe(("binance", "bybit"));
        config.Storage.Directory.ShouldBe(Path.Combine(Path.GetDirectoryName(Shipped)!, "data"));
        config.Simulator.Embedded.ShouldBeTrue();
    }

    [Fact]
    public void Shipped_file_takes_its_data_folder_from_the_environment()
    {
        var result = ConfigurationLoader.Load(Shipped, name => name == "WORKBENCH_DATA" ? "/srv/wb" : null);

        var storage = result.ShouldBeOfType<ConfigurationResult.Loaded>().Config.Storage;
        storage.HistoryFile.ShouldBe(Path.GetFullPath("/srv/wb/history.db"));
        storage.Journal.Directory.ShouldBe(Path.GetFullPath("/srv/wb/journal"));
    }

    [Fact]
    public void Shipped_file_with_everything_switched_on_still_loads()
    {
        var text = SwitchedOn();

        var result = ConfigurationLoader.LoadText(text, _ => null, directory: Path.GetDirectoryName(Shipped));

        result.ShouldBeOfType<ConfigurationResult.Loaded>(string.Join('\n', (result as ConfigurationResult.Refused)?.Errors ?? []));
    }

    [Fact]
    public void Shipped_file_and_schema_have_the_same_keys()
    {
        var errors = new ConfigurationErrors("workbench.yaml");
        var root = YamlReader.Read(SwitchedOn(), errors).ShouldNotBeNull();
        var schema = WorkbenchSchema.Rows.Select(r => r.Path).ToHashSet();

        var shown = Paths(root, "", schema).ToHashSet();

        shown.Except(schema).ShouldBeEmpty("in the file but not in the schema");
        schema.Except(shown).ShouldBeEmpty("in the schema but not shown in the file");
    }

    // What is switched off is "#key: value", "#  key: value" below it, or "#  - item"; an explanation has one blank after its #.
    private static string SwitchedOn() => SwitchedOff().Replace(File.ReadAllText(Shipped), "$1$2");

    [GeneratedRegex("^( *)#((?:  +)?(?:- )?[a-z_-]+:.*)$", RegexOptions.Multiline)]
    private static partial Regex SwitchedOff();

    // A name the user chose becomes * where the schema has a map there.
    private static IEnumerable<string> Paths(YamlNode node, string at, HashSet<string> schema) => node switch
    {
        YamlMap map => map.Entries.SelectMany(e => EntryPaths(e, at, schema)),
        YamlList list => list.Items.SelectMany(i => Paths(i, $"{at}[]", schema)),
        _ => [],
    };

    private static IEnumerable<string> EntryPaths(YamlEntry entry, string at, HashSet<string> schema)
    {
        var known = ConfigurationPath.Key(at, entry.Key);
        var isMap = WorkbenchSchema.Rows.Any(r => r.Path == at && r.Type.StartsWith("map", StringComparison.Ordinal));
        return isMap ? Paths(entry.Value, $"{at}.*", schema) : Paths(entry.Value, known, schema).Prepend(known);
    }
}
