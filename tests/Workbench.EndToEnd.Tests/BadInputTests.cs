using System.Net;
using System.Net.Sockets;

namespace Workbench.EndToEnd.Tests;

/// <summary>Each kind of bad input gives one clear message that names the thing and the remedy, the right exit code, and no stack trace.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Missing_script_is_named_with_the_nearest_one_and_exits_3()
    {
        using var run = await WorkbenchProcess.RunAsync(_folder, "run", "scripts/quickstrat.csx");
        ShouldBeClear(run, 3, "quickstrat.csx", "quickstart.csx");
    }

    [Fact]
    public async Task Script_with_a_syntax_error_exits_2_with_file_line_and_column()
    {
        var script = _folder.Write("broken.csx", "var x = 1;\nvar y = ;\n");
        using var run = await WorkbenchProcess.RunAsync(_folder, "run", script);
        ShouldBeClear(run, 2, $"{script}(2,9): error CS1525");
    }

    [Fact]
    public async Task Broken_configuration_exits_3_with_every_error_at_its_place()
    {
        var config = _folder.Configuration(("    environment: simulator\n    # false", "    enviroment: simulator\n    # false"), ("max_open_orders: 50", "max_open_orders: -1"));
        using var run = await WorkbenchProcess.RunAsync(_folder, "run", "scripts/quickstart.csx", "--config", config);
        ShouldBeClear(run, 3, "enviroment", "did you mean 'environment'?", "max_open_orders");
        run.Error.ShouldMatch(@"workbench\.yaml\(\d+,\d+\): connections\.binance");
    }

    [Fact]
    public async Task Missing_configuration_exits_3_and_names_the_file()
    {
        using var run = await WorkbenchProcess.RunAsync(_folder, "run", "scripts/quickstart.csx", "--config", "nowhere.yaml");
        ShouldBeClear(run, 3, "nowhere.yaml");
    }

    [Fact]
    public async Task Port_in_use_exits_3_and_names_the_port()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var config = _folder.Configuration(("      port: 0\n      symbols: [BTC/USDT, ETH/USDT]\n      # What the account", $"      port: {port}\n      symbols: [BTC/USDT, ETH/USDT]\n      # What the account"));
        using var run = await WorkbenchProcess.RunAsync(_folder, "run", "scripts/quickstart.csx", "--config", config);
        ShouldBeClear(run, 3, $"Port {port}", "in use");
    }

    [Fact]
    public async Task Truncated_plugin_leaves_the_host_running_and_a_marked_simulation_stands_in()
    {
        var config = _folder.Configuration(("  directory: plugins\n", $"  directory: {CopyPlugins(truncated: "Workbench.Plugins.Binance")}\n"));
        var script = _folder.Write("state.csx", "foreach (var c in Connections.All) Print($\"{c.Id} {c.State} simulated={c.IsSimulated} {c.Reason}\");\n");
        using var run = await WorkbenchProcess.RunAsync(_folder, "run", script, "--config", config);
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldMatch(@"binance \w+ simulated=True .*SIMULATED STAND-IN.*Workbench\.Plugins\.Binance\.dll");
        run.Output.ShouldMatch(@"bybit (Connecting|Connected|Degraded) simulated=");
        ShouldHaveNoStackTrace(run);
    }

    [Fact]
    public async Task Truncated_plugin_without_leave_to_simulate_shows_its_connection_as_failed()
    {
        var config = _folder.Configuration(("  directory: plugins\n", $"  directory: {CopyPlugins(truncated: "Workbench.Plugins.Binance")}\n"), ("offline: simulate", "offline: fail"));
        using var run = await WorkbenchProcess.RunAsync(_folder, "run", "scripts/quickstart.csx", "--config", config);
        run.ExitCode.ShouldBe(0, run.ToString());
        run.Output.ShouldContain("from bybit backup=true");
        run.Error.ShouldContain("Workbench.Plugins.Binance.dll is not a whole .NET assembly");
        run.Error.ShouldContain("market data on bybit: binance: it has failed");
        ShouldHaveNoStackTrace(run);
    }

    [Fact]
    public async Task Second_host_on_the_same_data_exits_3_with_the_remedy()
    {
        var script = _folder.Write("hold.csx", "Print(\"held\");\nawait Task.Delay(-1, Stop);\n");
        using var first = WorkbenchProcess.Start(_folder, "run", script);
        await first.WroteAsync("held");
        using var second = await WorkbenchProcess.RunAsync(_folder, "run", "scripts/quickstart.csx");
        ShouldBeClear(second, 3, "in use by another workbench", "WORKBENCH_DATA");
    }

    [Theory]
    [InlineData("run")]
    [InlineData("rum", "x.csx")]
    [InlineData("run", "scripts/hello.csx", "--set", "novalue")]
    [InlineData("run", "scripts/hello.csx", "--for", "30")]
    [InlineData("run", "scripts/hello.csx", "--nonsense")]
    public async Task Wrong_usage_exits_3(params string[] arguments)
    {
        using var run = await WorkbenchProcess.RunAsync(_folder, arguments);
        ShouldBeClear(run, 3);
    }

    [Fact]
    public async Task Console_without_a_terminal_says_what_to_run_instead_and_exits_3()
    {
        using var run = await WorkbenchProcess.RunAsync(_folder);
        ShouldBeClear(run, 3, "terminal", "run");
    }

    [Fact]
    public async Task Verbose_shows_the_stack_trace()
    {
        var script = _folder.Write("bad.csx", "throw new Exception(\"x\");\n");
        using var run = await WorkbenchProcess.RunAsync(_folder, "run", script, "--verbose");
        run.ExitCode.ShouldBe(1);
        run.Error.ShouldContain("   at ");
    }

    private static void ShouldBeClear(WorkbenchProcess run, int exitCode, params string[] texts)
    {
        run.ExitCode.ShouldBe(exitCode, run.ToString());
        foreach (var text in texts)
        {
            run.Error.ShouldContain(text, customMessage: run.ToString());
        }

        run.Error.ShouldNotBeEmpty();
        ShouldHaveNoStackTrace(run);
    }

    private static void ShouldHaveNoStackTrace(WorkbenchProcess run) => (run.Output + run.Error).ShouldNotContain("   at ");

    private string CopyPlugins(string truncated)
    {
        var target = Path.Combine(_folder.Path, "plugins");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(WorkbenchProcess.BuiltInto, "plugins"), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(Path.Combine(WorkbenchProcess.BuiltInto, "plugins"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var dll = Path.Combine(target, truncated, truncated + ".dll");
        using var stream = new FileStream(dll, FileMode.Open);
        stream.SetLength(stream.Length / 2);
        return target;
    }
}
