namespace Workbench.EndToEnd.Tests.Kills;

/// <summary>One installation of Workbench: a data folder that survives its processes, and the one venue it trades at.</summary>
internal sealed class KillSubject : IDisposable
{
    private static readonly string Script = Path.Combine(WorkbenchProcess.Root, "tests", "Workbench.EndToEnd.Tests", "Kills", "trade.csx");
    private readonly TestFolder _folder = new();
    private readonly string _config;

    public KillSubject(KillVenue venue)
    {
        Venue = venue;
        _config = _folder.Write("workbench.yaml", $$"""
            environment: simulation
            connections:
              {{venue.Name}}:
                plugin: Workbench.Plugins.Binance
                environment: simulator
                receive_window: 1s
                credentials: { api_key: "${KILL_KEY}", api_secret: "${KILL_SECRET}" }
                endpoints: { rest: "{{venue.Rest}}", stream: "{{venue.Stream}}", api: "{{venue.Api}}" }
                retry: { delays: [100ms, 200ms], jitter: 0%, probe_interval: 1s }
            routes:
              default: { symbols: ["*"], data: { policy: primary-secondary, primary: {{venue.Name}} }, trading: { policy: primary-secondary, primary: {{venue.Name}} } }
            risk: { max_orders_per_second: 1000, max_open_orders: 1000 }
            storage: { directory: data, journal: { durability: fsync } }
            simulator: { embedded: false }

            """);
    }

    public KillVenue Venue { get; }

    /// <summary>Starts a life.</summary>
    /// <param name="mode">What the script does.</param>
    /// <param name="crashAt">The point at which it kills itself; null for none.</param>
    /// <param name="more">More of the command line.</param>
    public WorkbenchProcess Start(string mode, string? crashAt = null, params IEnumerable<string> more) => WorkbenchProcess.Start(
        _folder,
        [("KILL_KEY", Venue.Key), ("KILL_SECRET", Venue.Secret), ("WORKBENCH_CRASH_AT", crashAt ?? "")],
        ["run", Script, "--config", _config, "--set", $"mode={mode}", .. more]);

    /// <summary>A life with another script and at most so many open files and sockets.</summary>
    public WorkbenchProcess StartWithFiles(int limit, string script) => WorkbenchProcess.StartWithFiles(
        limit, _folder, [("KILL_KEY", Venue.Key), ("KILL_SECRET", Venue.Secret)], ["run", _folder.Write("files.csx", script), "--config", _config]);

    /// <summary>A life that kills itself.</summary>
    public async Task CrashAsync(string mode, string crashAt, params IEnumerable<string> more)
    {
        using var life = Start(mode, crashAt, more);
        await life.EndedAsync();
        life.ExitCode.ShouldBe(137, $"it did not kill itself at {crashAt}: {life}");
        NoViolation(life);
    }

    /// <summary>A life that waits, settles what it can wait for and tells what the journal knows.</summary>
    /// <param name="mode"><c>report</c> ends everything; <c>look</c> is content with what is unknown and says why.</param>
    public async Task<KillReport> ReportAsync(string mode = "report")
    {
        using var life = Start(mode);
        await life.EndedAsync();
        life.ExitCode.ShouldBe(0, life.ToString());
        life.Output.ShouldContain("reported", customMessage: life.ToString());
        NoViolation(life);
        return KillReport.Read(life.Output);
    }

    public static void NoViolation(WorkbenchProcess life) => life.Output.ShouldNotContain("violation", customMessage: life.ToString());

    public void Dispose() => _folder.Dispose();
}
