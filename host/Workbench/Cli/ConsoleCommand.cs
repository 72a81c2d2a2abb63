using Microsoft.Extensions.Logging;
using Workbench.Composition;
using Workbench.Configuration;
using Workbench.Logging;
using Workbench.Sdk;
using Workbench.Tui;

namespace Workbench.Cli;

/// <summary><c>workbench</c> without a command: the console.</summary>
internal sealed class ConsoleCommand(Terminal terminal)
{
    private readonly TimeProvider _time = new SteadyTime();

    public async Task<int> RunAsync(string configPath)
    {
        if (!ConsoleApp.HasTerminal(out var advice))
        {
            foreach (var line in advice.Split('\n'))
            {
                terminal.Error(line);
            }

            return ExitCodes.Usage;
        }

        var config = ConfigurationFile.Read(configPath);
        var timings = new Timings(terminal, _time);
        await using var logging = LoggingSetup.Start(config.Logging, console: null, _time);
        await using var host = await HostRuntime.StartAsync(config, _time, logging.Factory, CancellationToken.None).ConfigureAwait(false);
        host.Watch(Watchlist(config));
        var end = host.EndingWithEngine(CancellationToken.None);
        var log = logging.Factory.CreateLogger("console");
        foreach (var notice in host.Notices.Concat(logging.Problem is { } problem ? [problem] : []))
        {
            log.LogWarning("{Notice}", notice);
        }

        timings.Reached("host started");
        var options = new ConsoleOptions { Time = _time, ReportError = (part, e) => log.LogError(e, "The console's {Part} failed", part) };

        // The console owns a thread of its own, so that nothing of the engine ever waits behind the screen.
        var exit = await Task.Factory.StartNew(
            () => ConsoleApp.Run(new ConsoleSource(host.Engine, logging.Ring, config.Environment), options, end.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).ConfigureAwait(false);
        return host.Engine.Failure is { } failure ? terminal.PipelineFailed(failure) : exit;
    }

    /// <summary>The markets that the configuration names; without any, the usual first ones.</summary>
    private static IReadOnlyList<Symbol> Watchlist(WorkbenchConfig config)
    {
        var named = config.Routes.Values.SelectMany(r => r.Symbols).Where(s => s != "*").Concat(config.Simulator.Venues.Values.SelectMany(v => v.Symbols)).Distinct().ToArray();
        return [.. (named.Length > 0 ? named : ["BTC/USDT", "ETH/USDT"]).Select(Symbol.Parse)];
    }
}
