using System.Globalization;
using System.Text.RegularExpressions;

namespace Workbench.EndToEnd.Tests;

/// <summary>What a stranger sees who runs the samples.</summary>
public sealed class ScriptRunTests
{
    [Fact]
    public async Task Quickstart_prints_quotes_a_fill_and_the_position_and_exits_0()
    {
        using var folder = new TestFolder();
        using var run = await WorkbenchProcess.RunAsync(folder, "run", "scripts/quickstart.csx");
        run.ExitCode.ShouldBe(0, run.ToString());
        Regex.Count(run.Output, @"bid \d+(\.\d+)? .*ask \d+(\.\d+)? .*from binance backup=false").ShouldBeGreaterThanOrEqualTo(5, run.ToString());
        run.Output.ShouldMatch(@"binance\s+Buy\s+0\.001\s+\d+");
        run.Output.ShouldMatch(@"Position in BTC/USDT: 0\.001 BTC");
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Failover_trades_at_the_backup_returns_and_its_fills_equal_the_position()
    {
        using var folder = new TestFolder();
        using var run = await WorkbenchProcess.RunAsync(folder, "run", "scripts/failover.csx");
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldMatch(@"\[Failover\] bybit: default: (trading|market data) on bybit: binance: ");
        run.Output.ShouldMatch(@"from bybit\s+backup=true");
        run.Output.ShouldMatch(@"filled Buy 0\.001 at \d+(\.\d+)? on bybit \(backup\)");
        run.Output.ShouldMatch(@"\[Failback\] binance: ");
        run.Output.ShouldContain("The sum of the fills equals the position: 0.004 = 0.004.");
    }

    [Theory]
    [InlineData("twap", "seconds=2", 5, "0.01")]
    [InlineData("iceberg", "shown=0.004", 5, "0.02")]
    public async Task Algorithm_fills_its_quantity_by_several_orders(string script, string setting, int orders, string quantity)
    {
        using var folder = new TestFolder();
        using var run = await WorkbenchProcess.RunAsync(folder, "run", $"scripts/{script}.csx", "--set", setting);
        run.ExitCode.ShouldBe(0, run.ToString());
        Regex.Count(run.Output, @"binance\s+Filled").ShouldBe(orders, run.ToString());
        run.Output.ShouldContain($"Completed: {quantity} of {quantity} BTC");
    }

    [Fact]
    public async Task Faults_lose_an_answer_and_its_events_and_the_order_is_found_once()
    {
        using var folder = new TestFolder();
        using var run = await WorkbenchProcess.RunAsync(folder, "run", "scripts/faults.csx");
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldMatch(@"after the request: Unknown \(.+\)");
        run.Output.ShouldMatch(@"in the end: Filled 0\.001 at \d+(\.\d+)? on binance");
        run.Output.ShouldMatch(@"answer-lost #1 POST /api/v3/order");
        run.Output.ShouldMatch(@"latency #\d+ GET /api/v3/order(\s|$)");
        run.Output.ShouldContain("position 0.001");
    }

    [Fact]
    public async Task Fire_drill_notices_moves_returns_and_loses_and_doubles_nothing()
    {
        using var folder = new TestFolder();
        using var run = await WorkbenchProcess.RunAsync(folder, "run", "scripts/firedrill.csx", "--set", "only=silence,5xx,close");
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldMatch(@"\d s  noticed: ");
        run.Output.ShouldMatch(@"\d s  quotes come from bybit");
        run.Output.ShouldMatch(@"\d s  new orders go to bybit");
        run.Output.ShouldMatch(@"\d s  everything is back at binance");
        run.Output.ShouldMatch(@"5xx +\d+\.\d\d s +- +\d+\.\d\d s ");
        run.Output.ShouldMatch(@"silence noticed +\d+\.\d\d s at most, 3\.00 s allowed");
        run.Output.ShouldMatch(@"\d+ orders, [1-9]\d* of them unknown for a while; none lost, none doubled:");
        run.Output.Split('\n').ShouldAllBe(line => line.TrimEnd().Length <= 80);
    }

    [Fact]
    public async Task Fire_drill_that_does_not_exist_is_told_with_those_that_do()
    {
        using var folder = new TestFolder();
        using var run = await WorkbenchProcess.RunAsync(folder, "run", "scripts/firedrill.csx", "--set", "only=earthquake");
        run.ExitCode.ShouldNotBe(0);
        run.Error.ShouldContain("There is no drill 'earthquake'. There are: refused, silence, black-hole, 5xx, 429, 418, close, gap, crossed, latency, shutdown, no-venue.");
    }

    [Theory]
    [InlineData("binance_spot_BTCUSDT_20240808_235413.jsonl.gz", 1000)]
    [InlineData("binance_spot_10symbols_20210417_cryptofeed.jsonl.gz", 190)]
    public async Task Replay_rebuilds_the_recorded_books_in_the_real_connector(string recording, int comparisons)
    {
        var tape = Path.Combine(WorkbenchProcess.Root, "..", "shared", "data", "series", "l2", recording);
        Assert.SkipUnless(File.Exists(tape), "the recorded data in ../shared is not here");
        using var folder = new TestFolder();
        using var run = await WorkbenchProcess.RunAsync(folder, "run", "scripts/replay.csx", "--set", $"tape={tape}");
        run.ExitCode.ShouldBe(0, run.ToString());
        var result = Regex.Match(run.Output, @"comparisons (\d+), agreements (\d+): 100 %");
        result.Success.ShouldBeTrue(run.ToString());
        int.Parse(result.Groups[1].Value, CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(comparisons, run.ToString());
        result.Groups[2].Value.ShouldBe(result.Groups[1].Value);
    }

    [Fact]
    public async Task Ed25519_credentials_from_the_environment_trade_at_the_simulated_venue()
    {
        using var folder = new TestFolder();
        var pem = folder.Write("key.pem", "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(pem, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var config = folder.Configuration((
            "    # Addresses that replace the plugin's own, for a simulator elsewhere or a proxy. Binance has these:",
            "    credentials: { api_key: \"${TEST_API_KEY}\", private_key_file: \"${TEST_KEY_FILE}\" }"));
        using var run = WorkbenchProcess.Start(
            folder,
            [("TEST_API_KEY", "simulatorEd25519KeyOfTheRfc8032TestVectorNumberOne00000000000000"), ("TEST_KEY_FILE", pem)],
            "run",
            "scripts/quickstart.csx",
            "--config",
            config);
        await run.EndedAsync();
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldMatch(@"binance\s+Buy\s+0\.001\s+\d+");
        (run.Output + run.Error).ShouldNotContain("simulatorEd25519Key");
    }

    [Fact]
    public async Task Script_that_throws_exits_1_and_names_its_line()
    {
        using var folder = new TestFolder();
        var script = folder.Write("bad.csx", "Print(1);\nthrow new InvalidOperationException(\"no such luck\");\n");
        using var run = await WorkbenchProcess.RunAsync(folder, "run", script);
        run.ExitCode.ShouldBe(1, run.ToString());
        run.Output.ShouldContain("1");
        run.Error.ShouldContain($"{script}(2");
        run.Error.ShouldContain("no such luck");
        run.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Script_arguments_arrive_typed()
    {
        using var folder = new TestFolder();
        var script = folder.Write("args.csx", "Print($\"{Args.Get(\"size\", 1m) * 2} {Args.Get(\"name\", \"none\")}\");\n");
        using var run = await WorkbenchProcess.RunAsync(folder, "run", script, "--set", "size=0.25", "--set", "name=x y");
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldContain("0.50 x y");
    }

    [Theory]
    [InlineData("await Task.Delay(-1, Stop);")]
    [InlineData("while (true) { }")]
    public async Task Script_that_never_ends_is_stopped_after_its_time_and_exits_0(string body)
    {
        using var folder = new TestFolder();
        var script = folder.Write("endless.csx", $"Print(\"begun\");\n{body}\n");
        using var run = await WorkbenchProcess.RunAsync(folder, "run", script, "--for", "3s");
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldContain("begun");
    }

    [Fact]
    public async Task Interrupt_stops_a_running_script_cleanly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals are a Unix thing");
        using var folder = new TestFolder();
        var script = folder.Write("watch.csx", "Print(\"watching\");\nawait foreach (var q in Market.Quotes(\"BTC/USDT\")) { }\n");
        using var run = WorkbenchProcess.Start(folder, "run", script);
        await run.WroteAsync("watching");
        run.Signal("INT");
        await run.EndedAsync();
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Verbose_prints_the_times_to_first_paint_and_first_quote()
    {
        using var folder = new TestFolder();
        using var run = await WorkbenchProcess.RunAsync(folder, "run", "scripts/quickstart.csx", "--verbose");
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Error.ShouldMatch(@"\d+ ms  first quote");
        run.Error.ShouldMatch(@"\d+ ms  first paint");
    }
}
