using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Tests.Faults;

public sealed class CatalogueTests
{
    [Fact]
    public void Every_fault_has_a_kebab_name_ids_a_sentence_and_options_that_read_their_own_defaults()
    {
        FaultCatalogue.All.Select(f => f.Name).ShouldBeUnique();
        foreach (var fault in FaultCatalogue.All)
        {
            fault.Name.ShouldMatch("^[a-z0-9]+(-[a-z0-9]+)*$");
            fault.Ids.ShouldMatch("^[NEPX][0-9]{2}(, [NEPX][0-9]{2})*$");
            fault.Summary.ShouldEndWith(".");
            fault.Options.Select(o => o.Name).ShouldBeUnique(fault.Name);
            foreach (var option in fault.Options.Where(o => o.Default is { Length: > 0 }))
            {
                FaultValues.Problem(fault, option.Name, option.Default!, out _).ShouldBeNull();
            }
        }
    }

    [Theory]
    [InlineData("blak-hole", "did you mean 'black-hole'?")]
    [InlineData("qerylag", "did you mean 'query-lag'?")]
    [InlineData("zzzzzzzzzzzzzz", "Known: refuse,")]
    public async Task Unknown_fault_names_the_nearest(string name, string hint)
    {
        (await Should.ThrowAsync<FaultException>(() => new FaultLab().InjectAsync(name))).Message.ShouldContain(hint);
    }

    [Theory]
    [InlineData("latency", "dealy", "1s", "did you mean 'delay'?")]
    [InlineData("latency", "delay", "1", "not a duration (0ms to 1h)")]
    [InlineData("latency", "delay", "2h", "not a duration (0ms to 1h)")]
    [InlineData("latency", "requests", "order", "not a list (market-data,")]
    [InlineData("error-5xx", "status", "1000", "not a whole number (200 to 599)")]
    [InlineData("error-5xx", "chance", "1.5", "not a number (0 to 1)")]
    [InlineData("refuse", "count", "1", "has no option 'count'")]
    [InlineData("bad-price", "price", "zro", "not a choice (zero,")]
    [InlineData("clock-skew", "symbol", "BTCUSDT", "has no option 'symbol'")]
    public async Task Wrong_options_say_what_is_right(string fault, string option, string value, string hint)
    {
        var options = new FaultOptions { More = new Dictionary<string, string> { [option] = value } };
        (await Should.ThrowAsync<FaultException>(() => new FaultLab().InjectAsync(fault, options))).Message.ShouldContain(hint);
    }

    [Theory]
    [InlineData("symbol-halted", "BTCUSD", "did you mean 'BTCUSDT'?")]
    [InlineData("symbol-halted", null, "it needs a symbol")]
    [InlineData("filters-changed", "BTCUSDT", "it needs one of tick")]
    public async Task A_fault_that_cannot_act_says_so_at_once(string fault, string? symbol, string hint)
    {
        await using var bench = await FaultBench.StartAsync("binance");
        (await Should.ThrowAsync<FaultException>(() => bench.Faults.InjectAsync(fault, new FaultOptions { Symbol = symbol }))).Message.ShouldContain(hint);
        bench.Faults.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_venue_there_is_nothing_to_refuse()
    {
        (await Should.ThrowAsync<FaultException>(() => new FaultLab().InjectAsync("refuse"))).Message.ShouldContain("no listener");
        (await Should.ThrowAsync<FaultException>(() => new FaultLab().InjectAsync("clock-skew"))).Message.ShouldContain("no clock");
    }

    [Fact]
    public async Task A_quiet_lab_is_quiet_again_after_every_fault()
    {
        foreach (var dialect in (string[])["binance", "bybit"])
        {
            await using var bench = await FaultBench.StartAsync(dialect);
            foreach (var fault in FaultCatalogue.All)
            {
                var needsFilter = fault.Name == "filters-changed";
                await bench.Faults.InjectAsync(fault.Name, new FaultOptions
                {
                    Symbol = fault.Options.Any(o => o.Name == "symbol") ? "BTCUSDT" : null,
                    More = needsFilter ? new Dictionary<string, string> { ["tick"] = "1" } : new Dictionary<string, string>(),
                });
            }

            bench.Faults.Active.Count.ShouldBeGreaterThan(40);
            await bench.Faults.ClearAllAsync();
            bench.Faults.IsQuiet.ShouldBeTrue();
            bench.Client.CodeOf(await bench.Client.PlaceAsync("fine")).ShouldBe(0);
            bench.Book.Instrument.ShouldBe(bench.Book.Instrument with { Status = Workbench.Simulator.Venues.InstrumentStatus.Trading });
        }
    }

    [Fact]
    public async Task Two_scopes_of_one_fault_are_two_and_the_same_scope_is_replaced()
    {
        await using var bench = await FaultBench.StartAsync("binance");
        await bench.Faults.InjectAsync("error-5xx", new FaultOptions { Requests = "orders", Status = 500 });
        await bench.Faults.InjectAsync("error-5xx", new FaultOptions { Requests = "account", Status = 502 });
        await bench.Faults.InjectAsync("error-5xx", new FaultOptions { Requests = "orders", Status = 504 });

        ((await bench.Client.PlaceAsync("a")).Status, (await bench.Client.AccountAsync()).Status).ShouldBe((504, 502));
        await bench.Faults.ClearAsync("error-5xx");
        bench.Faults.Active.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_symbol_limits_a_fault_to_its_requests()
    {
        foreach (var dialect in (string[])["binance", "bybit"])
        {
            await using var bench = await FaultBench.StartAsync(dialect);
            await bench.Faults.InjectAsync("error-5xx", new FaultOptions { Symbol = "BTCUSDT", BeforeExecution = true });
            (await bench.Client.PlaceAsync("btc")).Status.ShouldBe(503);
            (await bench.Client.PlaceAsync("eth", 3000m, 0.1m, "ETHUSDT")).Status.ShouldBe(200);
        }
    }
}
