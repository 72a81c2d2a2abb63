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
}
