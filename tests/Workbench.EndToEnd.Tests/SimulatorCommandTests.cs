using System.Text.RegularExpressions;

namespace Workbench.EndToEnd.Tests;

public sealed class SimulatorCommandTests
{
    [Fact]
    public async Task Simulator_alone_serves_both_dialects_and_stops_on_interrupt()
    {
        using var folder = new TestFolder();
        using var run = WorkbenchProcess.Start(folder, "sim", "--venues", "binance,bybit", "--symbols", "20", "--seed", "7");
        await run.WroteAsync("Ctrl-C stops it.");
        var addresses = Regex.Matches(run.Output, @"rest\s+(http://\S+)").Select(m => m.Groups[1].Value).ToArray();
        addresses.Length.ShouldBe(2, run.ToString());
        using var client = new HttpClient();
        (await client.GetStringAsync($"{addresses[0].TrimEnd('/')}/api/v3/time")).ShouldContain("serverTime");
        (await client.GetStringAsync($"{addresses[1].TrimEnd('/')}/v5/market/time")).ShouldContain("timeNano");
        Regex.Count(await client.GetStringAsync($"{addresses[0].TrimEnd('/')}/api/v3/exchangeInfo"), "\"baseAsset\"").ShouldBe(20);
        run.Signal("INT");
        await run.EndedAsync();
        run.ExitCode.ShouldBe(0, run.ToString());
    }

    [Fact]
    public async Task Simulator_takes_faults_from_a_file_and_over_its_control_port()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "faults.yaml");
        await File.WriteAllTextAsync(file, "seed: 42\nfaults:\n  - { fault: error-5xx, venue: binance, requests: market-data, before: true, status: 502 }\n");
        using var run = WorkbenchProcess.Start(folder, "sim", "--venues", "binance,bybit", "--faults", file, "--control");
        await run.WroteAsync("Ctrl-C stops it.");
        run.Output.ShouldContain("fault seed 42");
        var addresses = Regex.Matches(run.Output, @"rest\s+(http://\S+)").Select(m => m.Groups[1].Value.TrimEnd('/')).ToArray();
        var control = Regex.Match(run.Output, @"control\s+(http://\S+)").Groups[1].Value.TrimEnd('/');
        using var client = new HttpClient();

        ((int)(await client.GetAsync($"{addresses[0]}/api/v3/time")).StatusCode).ShouldBe(502);
        ((int)(await client.GetAsync($"{addresses[1]}/v5/market/time")).StatusCode).ShouldBe(200);
        using var body = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        (await client.PostAsync($"{control}/clear", body)).EnsureSuccessStatusCode();
        ((int)(await client.GetAsync($"{addresses[0]}/api/v3/time")).StatusCode).ShouldBe(200);

        run.Signal("INT");
        await run.EndedAsync();
        run.ExitCode.ShouldBe(0, run.ToString());
    }

    [Fact]
    public async Task Simulator_refuses_a_wrong_fault_file_with_its_places()
    {
        using var folder = new TestFolder();
        var file = Path.Combine(folder.Path, "faults.yaml");
        await File.WriteAllTextAsync(file, "faults:\n  - fault: latncy\n  - { fault: latency, dealy: 1s }\n");
        using var run = await WorkbenchProcess.RunAsync(folder, "sim", "--venues", "binance", "--faults", file);
        run.ExitCode.ShouldBe(3, run.ToString());
        run.ToString().ShouldContain("faults.yaml(2,12): faults[0].fault: There is no fault 'latncy'; did you mean 'latency'?");
        run.ToString().ShouldContain("did you mean 'delay'?");
    }
}
