using System.Text.Json;

namespace Workbench.EndToEnd.Tests.Clients;

/// <summary>Client libraries that others wrote, unmodified, against the real <c>workbench sim</c>. The checks are in <c>tests/clients/suites</c>.</summary>
public sealed class ClientTests(ITestOutputHelper output) : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Ccxt_over_rest_cannot_tell_the_simulator_from_binance() => PassesAsync("ccxt-binance-rest");

    [Fact]
    public Task Ccxt_over_sockets_cannot_tell_the_simulator_from_binance() => PassesAsync("ccxt-binance-ws");

    [Fact]
    public Task Npm_package_binance_cannot_tell_the_simulator_from_binance() => PassesAsync("binance-npm");

    [Fact]
    public Task Ccxt_over_rest_cannot_tell_the_simulator_from_bybit() => PassesAsync("ccxt-bybit-rest");

    [Fact]
    public Task Ccxt_over_sockets_cannot_tell_the_simulator_from_bybit() => PassesAsync("ccxt-bybit-ws");

    [Fact]
    public Task Ccxt_trades_perpetuals_as_on_bybit() => PassesAsync("ccxt-bybit-linear");

    [Fact]
    public Task Npm_package_bybit_api_cannot_tell_the_simulator_from_bybit() => PassesAsync("bybit-api-npm");

    private async Task PassesAsync(string suite)
    {
        NodeProject.ShouldBeReady();
        using var simulator = WorkbenchProcess.Start(_folder, "sim", "--venues", "binance,bybit", "--symbols", "20", "--seed", "7");
        await simulator.WroteAsync("Ctrl-C stops it.");
        var run = NodeProject.Node("run.mjs", suite, _folder.Write("venues.txt", simulator.Output));
        Report(run);
        simulator.Signal("INT");
        await simulator.EndedAsync();
        simulator.ExitCode.ShouldBe(0, simulator.ToString());
    }

    private void Report(NodeProject.Run run)
    {
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var checks = lines.Where(line => line.TryGetProperty("check", out _)).ToArray();
        foreach (var check in checks)
        {
            output.WriteLine(check.GetProperty("ok").GetBoolean() ? $"{check.GetProperty("check")} ({check.GetProperty("ms")} ms)" : Failure(check));
        }

        var failures = checks.Where(check => !check.GetProperty("ok").GetBoolean()).Select(Failure).ToArray();
        failures.ShouldBeEmpty();
        var end = lines.LastOrDefault();
        (end.ValueKind == JsonValueKind.Object && end.TryGetProperty("done", out var done) && done.GetBoolean())
            .ShouldBeTrue($"The suite did not come to its end.\n{run.Output}\n{run.Error}");
        run.ExitCode.ShouldBe(0, run.Error);
        checks.ShouldNotBeEmpty();
    }

    private static string Failure(JsonElement check) => $"{check.GetProperty("check")}: {check.GetProperty("error")}";
}
