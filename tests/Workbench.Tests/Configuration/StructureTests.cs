using System.Text;
using Workbench.Configuration;
using Workbench.Configuration.Yaml;

namespace Workbench.Tests.Configuration;

/// <summary>What is refused before the schema is asked: F01, F06, F11 and everything YAML can do that a configuration need not.</summary>
public sealed class StructureTests
{
    [Fact]
    public void Smallest_file_loads() => Given.Config(Given.Smallest).Connections.Count.ShouldBe(2);

    [Fact]
    public void F01_duplicate_key_names_both_lines()
    {
        var error = Given.Error(Given.Smallest + "risk:\n  max_open_orders: 5\n  price_collar: 1%\n  max_open_orders: 500\n");

        error.ShouldBe("workbench.yaml(16,3): risk.max_open_orders: duplicate key, in lines 14 and 16: keep one");
    }

    [Fact]
    public void F01_duplicate_section_and_duplicate_connection_are_both_told()
    {
        var errors = Given.Errors(Given.Smallest.Replace("  two: {", "  one: {", StringComparison.Ordinal) + "routes: {}\n");

        errors.Select(e => e.Path).ShouldContain("connections.one");
        errors.Select(e => e.Path).ShouldContain("routes");
        errors.Single(e => e.Path == "connections.one").Message.ShouldContain("lines 2 and 3");
    }

    [Theory]
    [InlineData("risk: &r\n  max_open_orders: 5\n", 13, 7, "risk", "anchors")]
    [InlineData("risk: *r\n", 13, 7, "risk", "aliases")]
    [InlineData("risk:\n  max_open_orders: !!int 5\n", 14, 20, "risk.max_open_orders", "tags")]
    [InlineData("risk: !Foo { max_open_orders: 5 }\n", 13, 7, "risk", "tags")]
    [InlineData("risk:\n  <<: *r\n", 14, 7, "risk.<<", "aliases")]
    [InlineData("---\nrisk: {}\n", 13, 1, "", "second document")]
    [InlineData("? [a, b]\n: c\n", 13, 3, "", "a key must be plain text")]
    [InlineData("risk:\n\tmax_open_orders: 5\n", 14, 1, "", "a tab cannot indent YAML")]
    [InlineData("risk:\n  a: 'open\n", 14, 6, "", "not valid YAML")]
    [InlineData("risk: [\n", 14, 1, "", "not valid YAML")]
    [InlineData("scripts: { directory: ${DIR} }\n", 13, 24, "", "a variable must be quoted")]
    public void F06_what_a_configuration_does_not_need_is_refused_where_it_stands(string yaml, int line, int column, string path, string message)
    {
        var errors = Given.Errors(Given.Smallest + yaml);

        var error = errors.Where(e => e.Message.Contains(message, StringComparison.Ordinal)).ShouldHaveSingleItem(string.Join('\n', errors));
        (error.Line, error.Column, error.Path).ShouldBe((line, column, path));
    }

    [Fact]
    public void Tag_directive_is_refused() =>
        Given.Errors("%TAG ! tag:acme.com,2026:\n---\n" + Given.Smallest).ShouldHaveSingleItem().Message.ShouldContain("tags are refused");

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n...\n")]
    public void Empty_file_is_refused(string text)
    {
        var errors = Given.Errors(text);

        errors.ShouldAllBe(e => e.Message == "the file is empty" || e.Message.StartsWith("is missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("- a\n- b\n", "found a list")]
    [InlineData("just text\n", "found a single value")]
    public void File_that_is_no_section_is_refused(string text, string message) => Given.Errors(text).ShouldHaveSingleItem().Message.ShouldContain(message);

    [Fact]
    public void F06_billion_laughs_is_read_once_and_never_expanded()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 30; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        var errors = new ConfigurationErrors("bomb");
        YamlReader.Read(bomb.ToString(), errors, out var nodes);

        nodes.ShouldBe(1 + (30 * 12), "one root, and for each line a key, a list and ten items");
        errors.Sorted().Count.ShouldBe(30 + 290, "every anchor and every alias");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void F06_deep_nesting_stops_at_the_limit(string open)
    {
        var errors = new ConfigurationErrors("deep");

        YamlReader.Read(string.Concat(Enumerable.Repeat(open, 5000)), errors, out var nodes).ShouldBeNull();

        errors.Sorted().ShouldHaveSingleItem().Message.ShouldBe("nested deeper than 32 levels");
        nodes.ShouldBeLessThan(2 * 33 + 1);
    }

    [Fact]
    public void F06_too_many_values_stop_at_the_limit()
    {
        var errors = new ConfigurationErrors("wide");

        YamlReader.Read("a: [" + string.Concat(Enumerable.Repeat("1,", 100_000)) + "]", errors, out var nodes).ShouldBeNull();

        errors.Sorted().ShouldHaveSingleItem().Message.ShouldBe("more than 20000 values");
        nodes.ShouldBe(20_001);
    }

    [Fact]
    public void F06_text_larger_than_a_mebibyte_is_refused_before_it_is_parsed()
    {
        Given.Error("# " + new string('x', 1_048_575)).ShouldBe("workbench.yaml: larger than 1048576 bytes");
        Given.Config(Given.Smallest + "# " + new string('x', 1_048_576 - 3 - Given.Smallest.Length) + "\n").ShouldNotBeNull();
    }

    [Fact]
    public void Very_long_key_is_refused_without_repeating_it()
    {
        var error = Given.Errors(Given.Smallest + new string('k', 500) + ": 1\n").ShouldHaveSingleItem();

        error.ToString().Length.ShouldBeLessThan(200);
        error.Message.ShouldBe("a key longer than 128 characters");
    }

    [Theory]
    [InlineData("\u001b[2J", "U+001B")]
    [InlineData("\u202E", "U+202E")]
    [InlineData("\u2028risk: {}", "U+2028")]
    [InlineData("\u0085", "U+0085")]
    [InlineData("\0", "U+0000")]
    public void Invisible_characters_are_refused_with_their_place(string hidden, string name)
    {
        var error = Given.Errors(Given.Smallest + "# note " + hidden + "\n").ShouldHaveSingleItem();

        (error.Line, error.Column).ShouldBe((13, 8));
        error.Message.ShouldBe($"invisible character {name}; remove it");
    }

    [Theory]
    [InlineData("\"\\e[31mrisk\": {}\n")]
    [InlineData("risk: { \"max\\u202Eorder\": 1 }\n")]
    [InlineData("risk: { max_open_orders: \"\\e[31m5\" }\n")]
    [InlineData("logging: { level: \"\\e]0;x\\a\" }\n")]
    [InlineData("cache: { settings: { \"a\\eb\": 1 } }\n")]
    public void Escapes_written_out_never_reach_the_message(string yaml) =>
        Given.Error(Given.Smallest + yaml).ShouldAllBe(c => !char.IsControl(c) && c != '\u202E');

    [Fact]
    public void F11_windows_line_ends_give_the_same_configuration_and_the_same_places()
    {
        const string Wrong = Given.Smallest + "risk:\n  max_open_ordres: 5\n";

        Given.Config(Given.Smallest.ReplaceLineEndings("\r\n")).Routes["all"].Symbols.ShouldBe(["*"]);
        Given.Error(Wrong.ReplaceLineEndings("\r\n")).ShouldBe(Given.Error(Wrong.ReplaceLineEndings("\n")));
    }

    [Fact]
    public void All_errors_come_at_once_sorted_by_place()
    {
        var errors = Given.Errors("""
            enviroment: simulation
            connections:
              one: { plugin: 7, environment: simulator, enabled: yes }
            routes:
              all: { symbols: [btcusdt], data: { primary: onne, failback_after: 5 } }
            risk: { max_open_orders: -1, price_collar: 200% }
            simulator: { venues: { one: { dialect: binance, port: 70000 } } }
            """);

        errors.Select(e => e.ToString()).ShouldBe(
        [
            "workbench.yaml(1,1): enviroment: unknown key; did you mean 'environment'?",
            "workbench.yaml(3,18): connections.one.plugin: '7' is not a plugin id such as Workbench.Plugins.Binance",
            "workbench.yaml(3,54): connections.one.enabled: 'yes' is neither true nor false; did you mean 'true'?",
            "workbench.yaml(5,20): routes.all.symbols[0]: 'btcusdt' is not a symbol such as BTC/USDT",
            "workbench.yaml(5,47): routes.all.data.primary: there is no connection of this name; did you mean 'one'?",
            "workbench.yaml(5,69): routes.all.data.failback_after: '5' has no unit; write 250ms, 5s, 2m, 1h or 14d",
            "workbench.yaml(6,26): risk.max_open_orders: '-1' is below the least allowed, 1",
            "workbench.yaml(6,44): risk.price_collar: '200%' is above the most allowed, 100%",
            "workbench.yaml(7,55): simulator.venues.one.port: '70000' is above the most allowed, 65535",
        ]);
    }
}
