using Workbench.Configuration;
using Workbench.Sdk;

namespace Workbench.Tests.Configuration;

/// <summary>F10 and what else only the whole file can tell.</summary>
public sealed class CrossCheckTests
{
    [Theory]
    [InlineData("data: { primary: one, secondary: two }", "data: { primary: one, secondary: one }", "(7,38): routes.all.data.secondary: 'one' is the primary already")]
    [InlineData("data: { primary: one, secondary: two }", "data: { primary: tow }", "(7,22): routes.all.data.primary: there is no connection of this name; did you mean 'two'?")]
    [InlineData("trading: { primary: one, secondary: two }", "trading: { primary: one, secondary: kraken }", "routes.all.trading.secondary: there is no connection of this name; there are one, two")]
    [InlineData("data: { primary: one, secondary: two }", "data: { secondary: two }", "routes.all.data.primary: is missing; expected a connection name")]
    [InlineData("data: { primary: one, secondary: two }", "data: { policy: load-balanced, primary: one }", "routes.all.data.primary: goes with policy primary-secondary, and this one is load-balanced")]
    [InlineData("data: { primary: one, secondary: two }", "data: { policy: load-balanced }", "(7,5): routes.all.data.connections: load-balanced needs at least two connections")]
    [InlineData("data: { primary: one, secondary: two }", "data: { policy: health-based, connections: [{ name: one }] }", "(7,35): routes.all.data.connections: health-based needs at least two connections")]
    [InlineData("data: { primary: one, secondary: two }", "data: { policy: health-based, connections: [{ name: one, weight: 2 }, { name: two }] }", "(7,70): routes.all.data.connections[0].weight: goes with policy load-balanced, and this one is health-based")]
    [InlineData("data: { primary: one, secondary: two }", "data: { policy: load-balanced, connections: [{ name: one }, { name: one }] }", "routes.all.data.connections[1].name: 'one' already stands in routes.all.data.connections[0].name; a connection is named once")]
    [InlineData("data: { primary: one, secondary: two }", "data: { policy: load-balanced, connections: [{ name: one }, { name: tow }] }", "routes.all.data.connections[1].name: there is no connection of this name; did you mean 'two'?")]
    [InlineData("data: { primary: one, secondary: two }", "data: { policy: load-balanced, connections: [{ name: one, weight: 0 }, { name: two }] }", "routes.all.data.connections[0].weight: '0' is")]
    [InlineData("data: { primary: one, secondary: two }", "data: { primary: one, connections: [{ name: two }] }", "routes.all.data.connections: goes with policy load-balanced or health-based, and this one is primary-secondary")]
    [InlineData("data: { primary: one, secondary: two }", "data: { primary: one, score_margin: 3 }", "routes.all.data.score_margin: goes with policy health-based, and this one is primary-secondary")]
    [InlineData("data: { primary: one, secondary: two }", "data: { primary: one, secondary: [two, one] }", "routes.all.data.secondary[1]: 'one' is the primary already")]
    [InlineData("data: { primary: one, secondary: two }", "data: { primary: one, failback_after: 1m, max_hold_down: 30s }", "routes.all.data.max_hold_down: max_hold_down is shorter than failback_after")]
    [InlineData("data: { primary: one, secondary: two }", "data: { policy: primary_secondary, primary: one }", "did you mean 'primary-secondary'?")]
    [InlineData("[\"*\"]", "[\"*\", BTC/USDT]", "routes.all.symbols: '*' already means every symbol")]
    [InlineData("[\"*\"]", "[BTC/USDT, ETH/USDT, BTC/USDT]", "routes.all.symbols[2]: 'BTC/USDT' already stands in routes.all.symbols[0] (line 6)")]
    [InlineData("[\"*\"]", "[btc-usdt]", "'btc-usdt' is not a symbol such as BTC/USDT; did you mean 'BTC/USDT'?")]
    [InlineData("[\"*\"]", "BTC/USDT", "expected a list of symbol, such as [a, b], found a single value")]
    [InlineData("[\"*\"]", "[]", "has 0 items; allowed are 1 to 5000")]
    [InlineData("plugin: Acme.Two, environment: simulator", "plugin: Acme.Two, environment: simulator, enabled: false", "routes.all.data.secondary: connection 'two' has enabled: false")]
    [InlineData("plugin: Acme.One, environment: simulator", "plugin: Acme.One, environment: live", "connections.one.environment: 'live' does not go with 'environment: simulation' at the top of the file")]
    [InlineData("    one: { dialect: binance }\n", "    onne: { dialect: binance }\n", "there is no simulator.venues.one for it to use; add one, or give endpoints; did you mean 'onne'?")]
    [InlineData("simulator:\n", "simulator:\n  embedded: false\n", "connections.one.endpoints: is missing: with simulator.embedded false")]
    public void Parts_that_do_not_fit_are_refused(string part, string replacement, string expected)
    {
        var text = Given.Smallest.Replace(part, replacement, StringComparison.Ordinal);
        text.ShouldNotBe(Given.Smallest);

        Given.Errors(text).ShouldContain(e => e.ToString().Contains(expected, StringComparison.Ordinal), string.Join('\n', Given.Errors(text)));
    }

    [Theory]
    [InlineData("", "environment: simulator", "environment: simulatr")]
    [InlineData("environment: live\n", "environment: simulator", "environment: lve")]
    [InlineData("environment: liev\n", "environment: simulator", "environment: live")]
    [InlineData("", "plugin: Acme.One,", "plugin: Acme.One, enabled: maybe,")]
    [InlineData("", "data: { primary: one, secondary: two }", "data: { primary: [one], secondary: two }")]
    [InlineData("plugins: { allow: [7] }\n", "", "")]
    public void Check_says_nothing_about_a_value_that_was_refused(string top, string part, string replacement)
    {
        var text = top + (part.Length == 0 ? Given.Smallest : Given.Smallest.Replace(part, replacement, StringComparison.Ordinal));

        Given.Errors(text).ShouldAllBe(e => e.Message.Contains(" not ", StringComparison.Ordinal) && !e.Message.Contains("go with", StringComparison.Ordinal)
            || e.Message.Contains("neither", StringComparison.Ordinal)
            || e.Message.Contains("found a list", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_policy_is_read_with_its_connections_and_numbers()
    {
        var balanced = Leg("{ policy: load-balanced, connections: [{ name: one, weight: 3 }, { name: two }] }");
        (balanced.Policy, balanced.Members.Select(m => (m.Name, m.Weight))).ShouldSatisfyAllConditions(
            l => l.Policy.ShouldBe(RoutePolicy.LoadBalanced), l => l.Item2.ShouldBe([("one", 3), ("two", 1)]));
        var healthy = Leg("{ policy: health-based, connections: [{ name: two }, { name: one }], score_margin: 20, score_for: 5s }");
        (healthy.Policy, healthy.ScoreMargin, healthy.ScoreFor).ShouldBe((RoutePolicy.HealthBased, 20, TimeSpan.FromSeconds(5)));
        healthy.Members.Select(m => m.Name).ShouldBe(["two", "one"]);
        var listed = Leg("{ primary: two, secondary: [one], failback_after: 2s, max_hold_down: 1m, flap_window: 5m }");
        listed.Members.Select(m => m.Name).ShouldBe(["two", "one"]);
        (listed.FailbackAfter, listed.MaxHoldDown, listed.FlapWindow).ShouldBe((TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)));
        Leg("{ primary: one }").Members.Select(m => m.Name).ShouldBe(["one"]);

        static RouteLegConfig Leg(string leg) =>
            Given.Config(Given.Smallest.Replace("data: { primary: one, secondary: two }", $"data: {leg}", StringComparison.Ordinal)).Routes["all"].Data;
    }

    [Fact]
    public void Symbol_in_two_routes_is_refused()
    {
        var text = Given.Smallest.Replace("routes:\n", "routes:\n  b: { symbols: [\"*\"], data: { primary: one } }\n", StringComparison.Ordinal);

        Given.Error(text).ShouldBe("workbench.yaml(7,15): routes.all.symbols[0]: '*' already stands in routes.b.symbols[0] (line 5); a symbol has one route");
    }

    [Fact]
    public void F10_two_plugins_with_one_id_are_refused_even_when_their_case_differs()
    {
        var error = Given.Error(Given.Smallest + "plugins:\n  load:\n    - id: Acme.Charts\n    - id: acme.charts\n      directory: elsewhere\n");

        error.ShouldBe("workbench.yaml(16,11): plugins.load[1].id: 'acme.charts' already stands in line 15; a plugin is listed once");
    }

    [Fact]
    public void F10_plugin_allowed_twice_is_refused() =>
        Given.Error(Given.Smallest + "plugins:\n  allow: [Acme.One, Acme.Two, Workbench.Plugins.MemoryCache, Acme.One]\n").ShouldContain("'Acme.One' already stands in line 14");

    [Fact]
    public void Plugin_in_use_that_is_not_allowed_is_refused()
    {
        var errors = Given.Errors(Given.Smallest + "plugins: { allow: [Acme.One, Acme.Tow] }\n").Select(e => $"{e.Path} {e.Suggestion}").ToList();

        errors.ShouldBe(["connections.two.plugin Acme.Tow", "cache.plugin "], ignoreOrder: true);
    }

    [Theory]
    [InlineData("simulation", "simulator", true)]
    [InlineData("simulation", "testnet", false)]
    [InlineData("simulation", "demo", false)]
    [InlineData("simulation", "live", false)]
    [InlineData("testnet", "testnet", true)]
    [InlineData("testnet", "demo", true)]
    [InlineData("testnet", "simulator", true)]
    [InlineData("testnet", "live", false)]
    [InlineData("live", "live", true)]
    [InlineData("live", "simulator", false)]
    [InlineData("live", "testnet", false)]
    [InlineData("live", "demo", false)]
    public void Connection_goes_with_the_process_or_is_refused(string process, string venue, bool fits)
    {
        var text = $"environment: {process}\n" + Given.Smallest
            .Replace("environment: simulator", $"environment: {venue}", StringComparison.Ordinal)
            .Replace("    trading: { primary: one, secondary: two }\n", "", StringComparison.Ordinal);

        (Given.Load(text) is ConfigurationResult.Loaded).ShouldBe(fits);
    }

    [Fact]
    public void Paper_is_refused_until_it_is_there()
    {
        var errors = ((ConfigurationResult.Refused)Given.Load("environment: paper\n" + Given.Smallest)).Errors;

        errors.ShouldContain(e => e.Path == "environment" && e.Message.Contains("real orders"));
    }

    [Theory]
    [InlineData("simulation", "simulator", true)]
    [InlineData("testnet", "simulator", false)]
    public void Stand_in_is_allowed_in_simulation_only(string process, string venue, bool fits)
    {
        var text = $"environment: {process}\n" + Given.Smallest
            .Replace("environment: simulator", $"environment: {venue}, offline: simulate", StringComparison.Ordinal)
            .Replace("    trading: { primary: one, secondary: two }\n", "", StringComparison.Ordinal);

        var errors = (Given.Load(text) as ConfigurationResult.Refused)?.Errors ?? [];

        errors.Select(e => e.Path).ShouldBe(fits ? [] : ["connections.one.offline", "connections.two.offline"]);
    }

    [Theory]
    [InlineData("testnet", "testnet", true)]
    [InlineData("live", "live", true)]
    [InlineData("simulation", "simulator", false)]
    public void Trading_route_without_credentials_is_refused_where_they_are_needed(string process, string venue, bool refused)
    {
        var text = $"environment: {process}\n" + Given.Smallest.Replace("environment: simulator", $"environment: {venue}", StringComparison.Ordinal);

        var errors = (Given.Load(text) as ConfigurationResult.Refused)?.Errors ?? [];

        errors.Select(e => e.Path).ShouldBe(refused ? ["routes.all.trading.primary", "routes.all.trading.secondary"] : []);
    }

    [Fact]
    public void Route_without_trading_only_reads() =>
        Given.Config(Given.Smallest.Replace("    trading: { primary: one, secondary: two }\n", "", StringComparison.Ordinal)).Routes["all"].Trading.ShouldBeNull();

    [Fact]
    public void Disabled_connection_that_no_route_names_may_be_anything() =>
        Given.Config(Given.Smallest.Replace("routes:\n", "  three: { plugin: Acme.X, environment: live, enabled: false }\nroutes:\n", StringComparison.Ordinal))
            .Connections["three"].Enabled.ShouldBeFalse();

    [Fact]
    public void Strategies_and_loaded_plugins_arrive()
    {
        var plugins = Given.Config(Given.Smallest + """
            plugins:
              load:
                - id: Acme.Charts
                  directory: charts
              strategies:
                smart: { plugin: Acme.Smart, symbols: [BTC/USDT], settings: { window: 20 } }
            """).Plugins;

        plugins.Load.ShouldHaveSingleItem().Directory.ShouldBe(Path.Combine(AppContext.BaseDirectory, "plugins", "charts"));
        plugins.Strategies["smart"].Settings["window"].ShouldBe("20");
        plugins.Allows("Anything.At.All").ShouldBeTrue();
    }
}
