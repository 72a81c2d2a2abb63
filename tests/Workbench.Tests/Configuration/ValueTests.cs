using Workbench.Configuration;

namespace Workbench.Tests.Configuration;

/// <summary>F02 and F03: types, bounds and names.</summary>
public sealed class ValueTests
{
    [Theory]
    [InlineData("risk: { max_order_value: .nan }", "'.nan' is not a plain number")]
    [InlineData("risk: { max_order_value: .inf }", "'.inf' is not a plain number")]
    [InlineData("risk: { max_order_value: -.inf }", "'-.inf' is not a plain number")]
    [InlineData("risk: { max_order_value: 1e400 }", "'1e400' is not a plain number")]
    [InlineData("risk: { max_order_value: 1e3 }", "'1e3' is not a plain number")]
    [InlineData("risk: { max_order_value: 0x10 }", "'0x10' is not a plain number")]
    [InlineData("risk: { max_order_value: 010 }", "'010' is not a plain number")]
    [InlineData("risk: { max_order_value: 1_000 }", "'1_000' is not a plain number")]
    [InlineData("risk: { max_order_value: '1,5' }", "in quotation marks is text")]
    [InlineData("risk: { max_order_value: \"100\" }", "in quotation marks is text")]
    [InlineData("risk:\n  max_order_value: 1,5", "'1,5' is not a plain number")]
    [InlineData("risk:\n  max_order_value: 1.", "'1.' is not a plain number")]
    [InlineData("risk:\n  max_order_value: .5", "'.5' is not a plain number")]
    [InlineData("risk:\n  max_order_value: +5", "'+5' is not a plain number")]
    [InlineData("risk:\n  max_order_value: 5 000", "'5 000' is not a plain number")]
    [InlineData("risk:\n  max_order_value: ١٢٣", "'١٢٣' is not a plain number")]
    [InlineData("risk: { max_order_value: 0.00000000000000000000000000001 }", "is not a plain number")]
    [InlineData("risk: { max_order_value: 99999999999999999999999999999999999 }", "is not a plain number")]
    [InlineData("risk: { max_order_value: -5 }", "'-5' is below the least allowed, 0.00000001")]
    [InlineData("risk: { max_order_value: 0 }", "'0' is below the least allowed, 0.00000001")]
    [InlineData("risk: { max_order_value: }", "has no value; expected a number, 0.00000001 to 1000000000000")]
    [InlineData("risk: { max_order_value: ~ }", "has no value")]
    [InlineData("risk: { max_order_value: [1] }", "expected a number, found a list")]
    [InlineData("risk: { max_order_value: { a: 1 } }", "expected a number, found a section")]
    [InlineData("risk: { max_open_orders: 1.5 }", "'1.5' is not a whole number")]
    [InlineData("risk: { max_open_orders: 99999999999 }", "is above the most allowed, 100000")]
    [InlineData("risk: { max_open_orders: many }", "'many' is not a plain number")]
    [InlineData("risk: { price_collar: 5 }", "'5' is not a percentage")]
    [InlineData("risk: { price_collar: 0.05 }", "'0.05' is not a percentage")]
    [InlineData("risk: { price_collar: -5% }", "'-5%' is below the least allowed, 0.01%")]
    [InlineData("risk: { price_collar: 5 % }", "'5 %' is not a percentage")]
    [InlineData("risk: { stale_price_after: 5 }", "'5' has no unit; write 250ms, 5s, 2m, 1h or 14d")]
    [InlineData("risk: { stale_price_after: 5 s }", "'5 s' is not a duration")]
    [InlineData("risk: { stale_price_after: 5S }", "'5S' is not a duration")]
    [InlineData("risk: { stale_price_after: 5sec }", "'5sec' is not a duration")]
    [InlineData("risk: { stale_price_after: s }", "'s' is not a duration")]
    [InlineData("risk: { stale_price_after: 1e3s }", "'1e3s' is not a duration")]
    [InlineData("risk: { stale_price_after: -1s }", "'-1s' is below the least allowed, 50ms")]
    [InlineData("risk: { stale_price_after: 1ms }", "'1ms' is below the least allowed, 50ms")]
    [InlineData("risk: { stale_price_after: 11m }", "'11m' is above the most allowed, 10m")]
    [InlineData("risk: { stale_price_after: 9999999999999999999999999d }", "is above the most allowed, 10m")]
    [InlineData("risk: { stale_price_after: 100.00001ms }", "is finer than a duration can be")]
    [InlineData("risk: [1, 2]", "expected a section of key: value lines, found a list")]
    [InlineData("risk: high", "expected a section of key: value lines, found a single value")]
    [InlineData("risk: { max_position: { btc: 1 } }", "'btc' is not an asset code such as BTC")]
    [InlineData("risk: { max_position: { BTC: .inf } }", "'.inf' is not a plain number")]
    [InlineData("risk: { max_position: 5 }", "expected a map of asset to number, found a single value")]
    [InlineData("logging: { level: loud }", "'loud' is not one of trace, debug, information, warning, error, critical")]
    [InlineData("logging: { level: Information }", "did you mean 'information'?")]
    [InlineData("logging: { level: 2 }", "'2' is not one of trace")]
    [InlineData("logging: { file: { max_size: 10 } }", "'10' has no unit; write 500KB, 10MB or 1GB")]
    [InlineData("logging: { file: { max_size: 10mb } }", "'10mb' is not a size")]
    [InlineData("logging: { file: { max_size: 3GB } }", "'3GB' is above the most allowed, 2GB")]
    [InlineData("logging: { file: { retain: 0 } }", "'0' is below the least allowed, 1")]
    [InlineData("scripts: { directory: }", "has no value; expected a path")]
    [InlineData("scripts: { directory: '' }", "has no value; expected a path")]
    [InlineData("scripts: { directory: \"a\\0b\" }", "is not a path: it holds a control character")]
    [InlineData("cache: { plugin: ../evil }", "'../evil' is not a plugin id")]
    [InlineData("cache: { plugin: A..B }", "'A..B' is not a plugin id")]
    [InlineData("cache: { settings: { endpoints: [a, b] } }", "expected a single value, found a list")]
    [InlineData("plugins: { allow: Acme.One }", "expected a list of plugin id, such as [a, b], found a single value")]
    [InlineData("plugins: { allow: [] }", "has 0 items; allowed are 1 to 1000")]
    [InlineData("environment: lives", "'lives' is not one of simulation, paper, testnet, live; did you mean 'live'?")]
    public void F03_value_of_the_wrong_type_or_out_of_bounds_is_refused(string yaml, string expected)
    {
        var errors = Given.Errors(Given.Smallest + yaml + "\n");

        errors.ShouldHaveSingleItem().ToString().ShouldContain(expected);
        errors[0].Line.ShouldBeGreaterThanOrEqualTo(13);
    }

    [Theory]
    [InlineData("yes", "true")]
    [InlineData("no", "false")]
    [InlineData("on", "true")]
    [InlineData("off", "false")]
    [InlineData("True", "true")]
    [InlineData("FALSE", "false")]
    [InlineData("1", null)]
    [InlineData("maybe", null)]
    public void F03_only_true_and_false_are_flags(string written, string? suggestion)
    {
        var error = Given.Errors(Given.Smallest.Replace("simulator:\n", $"simulator:\n  embedded: {written}\n", StringComparison.Ordinal)).First(e => e.Path == "simulator.embedded");

        error.Message.ShouldBe($"'{written}' is neither true nor false");
        error.Suggestion.ShouldBe(suggestion);
    }

    [Theory]
    [InlineData("rset: 1", "unknown key; known here: rest, stream, api, public, private, trade", null)]
    [InlineData("rest: ftp://x", "'ftp://x' is not an address", null)]
    [InlineData("rest: localhost:80", "is not an address", null)]
    [InlineData("rest: http://", "is not an address", null)]
    [InlineData("rest: https://joe:pw@x.com", "has a user or password in it", null)]
    public void Endpoints_are_addresses(string entry, string message, string? suggestion)
    {
        var text = Given.Smallest.Replace("plugin: Acme.One,", $"plugin: Acme.One, endpoints: {{ {entry} }},", StringComparison.Ordinal);
        var error = Given.Errors(text).First(e => e.Path.StartsWith("connections.one.endpoints.", StringComparison.Ordinal));

        if (entry.StartsWith("rset", StringComparison.Ordinal))
        {
            error.Suggestion.ShouldBe("rest");
            return;
        }

        error.Message.ShouldContain(message);
        error.Suggestion.ShouldBe(suggestion);
    }

    [Theory]
    [InlineData("conections: {}", "connections")]
    [InlineData("Risk: {}", "risk")]
    [InlineData("rissk: {}", "risk")]
    [InlineData("risk: { maxOrderValue: 5 }", "max_order_value")]
    [InlineData("risk: { max-order-value: 5 }", "max_order_value")]
    [InlineData("risk: { max_order_vlaue: 5 }", "max_order_value")]
    [InlineData("logging: { file: { retian: 5 } }", "retain")]
    [InlineData("logging: { retain: 5 }", "logging.file.retain")]
    [InlineData("stale_price_after: 5s", "risk.stale_price_after")]
    [InlineData("simulator2: {}", "simulator")]
    public void F02_unknown_key_is_refused_with_the_nearest_right_one(string yaml, string suggestion)
    {
        var error = Given.Errors(Given.Smallest + yaml + "\n").ShouldHaveSingleItem();

        error.Message.ShouldBe("unknown key");
        error.Suggestion.ShouldBe(suggestion);
    }

    [Fact]
    public void Long_value_is_cut_short_in_the_message_and_a_long_variable_stays_unseen()
    {
        var literal = Given.Error(Given.Smallest + "logging: { level: " + new string('x', 500) + " }\n");
        var variable = Given.Error(Given.Smallest + "logging: { level: \"${X}\" }\n", ("X", new string('x', 500)));

        literal.ShouldContain("'" + new string('x', 60) + "…' is not one of");
        variable.ShouldContain("'${X}' is not one of");
    }

    [Fact]
    public void F02_unknown_key_with_no_near_name_lists_what_is_known()
    {
        Given.Error(Given.Smallest + "scripts: { banana: 5 }\n")
            .ShouldBe("workbench.yaml(13,12): scripts.banana: unknown key; known here: directory, timeout");
    }

    [Fact]
    public void Issue_text_example_prints_as_promised()
    {
        var text = Given.Smallest.Replace("{ plugin: Acme.One, environment: simulator }", "\n    plugin: Acme.One\n    evironment: simulator", StringComparison.Ordinal);

        var errors = Given.Errors(text).Select(e => e.ToString()).ToList();

        errors.ShouldBe(
        [
            "workbench.yaml(2,3): connections.one.environment: is missing; expected a choice, simulator, testnet, demo, live",
            "workbench.yaml(4,5): connections.one.evironment: unknown key; did you mean 'environment'?",
        ]);
    }

    [Fact]
    public void Missing_sections_are_named() =>
        Given.Errors("risk: {}\n").Select(e => e.ToString()).ShouldBe(
        [
            "workbench.yaml(1,1): connections: is missing; expected a map of connection name to section",
            "workbench.yaml(1,1): routes: is missing; expected a map of route name to section",
        ]);

    [Theory]
    [InlineData("One")]
    [InlineData("a.b")]
    [InlineData("1one")]
    [InlineData("o ne")]
    [InlineData("öne")]
    [InlineData("a234567890123456789012345678901234567890")]
    public void Connection_name_that_would_not_read_well_in_a_path_is_refused(string name)
    {
        var text = Given.Smallest.Replace("one", name, StringComparison.Ordinal);

        Given.Errors(text).ShouldContain(e => e.Path == "connections" && e.Message.Contains("is not a connection name: small letters", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_of_value_arrives_exactly()
    {
        var config = Given.Config(Given.Smallest + """
            risk: { max_order_value: 12345.67890123, max_position: { BTC: 0.5 }, max_open_orders: 7, price_collar: 0.1%, max_orders_per_second: 3, stale_price_after: 1.5s }
            storage: { journal: { durability: os } }
            logging: { level: debug, file: { roll: hour, retain: 3, max_size: 1MiB } }
            scripts: { timeout: 2m }
            cache: { max_entries: 5, ttl: 250ms, settings: { eviction: lru, shards: 4 } }
            """);

        config.Risk.MaxOrderValue.ShouldBe(12345.67890123m);
        config.Risk.MaxPosition["BTC"].ShouldBe(0.5m);
        config.Risk.PriceCollarFraction.ShouldBe(0.001m);
        config.Risk.StalePriceAfter.ShouldBe(TimeSpan.FromMilliseconds(1500));
        config.Storage.Journal.Durability.ShouldBe(JournalDurability.Os);
        (config.Logging.Level, config.Logging.File.Roll, config.Logging.File.MaxSizeBytes).ShouldBe((LogSeverity.Debug, LogRoll.Hour, 1_048_576L));
        config.Scripts.Timeout.ShouldBe(TimeSpan.FromMinutes(2));
        config.Cache.TimeToLive.ShouldBe(TimeSpan.FromMilliseconds(250));
        config.Cache.Settings.ShouldBe([new("eviction", "lru"), new("shards", "4")]);
    }

    [Theory]
    [InlineData("1x", 1)]
    [InlineData("2.5x", 2.5)]
    [InlineData("max", 0)]
    public void Speed_is_a_factor_or_max(string written, double expected)
    {
        var config = Given.Config(Given.Smallest.Replace("dialect: binance", $"dialect: binance, speed: {written}", StringComparison.Ordinal));

        config.Simulator.Venues["one"].Speed.ShouldBe((decimal)expected);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("0x")]
    [InlineData("-1x")]
    [InlineData("2")]
    public void Speed_of_another_form_is_refused(string written) =>
        Given.Errors(Given.Smallest.Replace("dialect: binance", $"dialect: binance, speed: {written}", StringComparison.Ordinal))
            .ShouldHaveSingleItem().Path.ShouldBe("simulator.venues.one.speed");

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var config = Given.Config(Given.Smallest);
        var one = config.Connections["one"];

        one.Retry.Delays.Select(d => d.TotalSeconds).ShouldBe([1, 2, 4, 8, 16]);
        one.Retry.JitterFraction.ShouldBe(0.1m);
        (one.Breaker.Failures, one.Breaker.OpenFor).ShouldBe((5, TimeSpan.FromSeconds(30)));
        (one.Offline, one.Enabled, one.Endpoints.IsEmpty).ShouldBe((OfflineBehaviour.Fail, true, true));
        config.Routes["all"].Data.FailbackAfter.ShouldBe(TimeSpan.FromSeconds(30));
        config.Storage.Journal.Durability.ShouldBe(JournalDurability.Fsync);
        config.Simulator.Venues["one"].Balances.ShouldBe([new("USDT", 100_000m)]);
        config.Cache.Plugin.ShouldBe("Workbench.Plugins.MemoryCache");
    }

    [Theory]
    [InlineData("risk:\nlogging:\n  file:\n")]
    [InlineData("risk: ~\nlogging: null\n")]
    [InlineData("risk: {}\nlogging: {}\n")]
    public void Section_without_lines_has_its_defaults(string yaml) => Given.Config(Given.Smallest + yaml).Risk.MaxOpenOrders.ShouldBe(50);
}
