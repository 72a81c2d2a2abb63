using System.Text.RegularExpressions;

namespace Workbench.EndToEnd.Tests.Kills;

/// <summary>Simulated venues in a process of their own, which outlives every host that is killed.</summary>
internal sealed partial class KillVenues : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly HttpClient _client = new();
    private WorkbenchProcess? _process;

    public IReadOnlyDictionary<string, KillVenue> All { get; private set; } = new Dictionary<string, KillVenue>();

    public async Task StartAsync(IEnumerable<string> names)
    {
        var venues = string.Join('\n', names.Select(n => $"    {n}: {{ dialect: binance, symbols: [BTC/USDT], balances: {{ USDT: 10000000, BTC: 100 }}, rate_limits: false }}"));
        var config = _folder.Write("sim.yaml", $$"""
            environment: simulation
            connections: { none: { plugin: Workbench.Plugins.Binance, environment: simulator, endpoints: { rest: "http://127.0.0.1:1" } } }
            routes: { default: { symbols: ["*"], data: { policy: primary-secondary, primary: none } } }
            storage: { directory: data }
            simulator:
              seed: 7
              venues:
            {{venues}}

            """);
        _process = WorkbenchProcess.Start(_folder, "sim", "--config", config, "--control");
        await _process.WroteAsync("Ctrl-C stops it.");
        All = Venue().Matches(_process.Output)
            .Select(m => new KillVenue(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value, m.Groups[4].Value, m.Groups[5].Value, m.Groups[6].Value))
            .ToDictionary(v => v.Name);
    }

    /// <summary>Switches a fault on, with its options as JSON.</summary>
    public async Task InjectAsync(KillVenue venue, string fault, string options)
    {
        using var body = new StringContent($$"""{"venue":"{{venue.Name}}","fault":"{{fault}}","options":{{options}}}""", System.Text.Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync($"{Control().Match(_process!.Output).Groups[1].Value.TrimEnd('/')}/inject", body);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    public void Dispose()
    {
        _process?.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }

    [GeneratedRegex(@"^(\S+) \(binance\).*?rest\s+(\S+).*?stream\s+(\S+).*?ws-api\s+(\S+).*?api key\s+(\S+).*?api secret\s+(\S+)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Venue();

    [GeneratedRegex(@"control\s+(http://\S+)")]
    private static partial Regex Control();
}
