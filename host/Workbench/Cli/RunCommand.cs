using Microsoft.Extensions.Logging;
using Workbench.Composition;
using Workbench.Configuration;
using Workbench.Logging;
using Workbench.Scripting;

namespace Workbench.Cli;

/// <summary><c>workbench run</c>: compiles a script while the host starts, runs it, and says how it went.</summary>
internal sealed class RunCommand(Terminal terminal)
{
    private static readonly TimeSpan RoutesLimit = TimeSpan.FromSeconds(15);
    private readonly TimeProvider _time = new SteadyTime();

    public async Task<int> RunAsync(string configPath, string file, IReadOnlyList<string> set, string? limit)
    {
        var args = new ScriptArgs(set);
        var runFor = limit is null ? (TimeSpan?)null : Durations.Parse("--for", limit);
        var config = ConfigurationFile.Read(configPath);
        var timings = new Timings(terminal, _time);
        await using var logging = LoggingSetup.Start(config.Logging, terminal.IsVerbose);
        terminal.Notice(logging.Problem);
        var engine = new ScriptEngine(new ScriptEngineOptions { CacheDirectory = Path.Combine(config.Storage.Directory, "script-cache") }, _time, logging.Factory.CreateLogger<ScriptEngine>());
        var compilation = await engine.CompileAsync(ScriptSource.FromFile(Locate(file, config)), CancellationToken.None).ConfigureAwait(false);
        if (compilation is not ScriptCompilation.Compiled { Script: var script })
        {
            terminal.ErrorLine(compilation is ScriptCompilation.CompileFailed ? compilation.Message : $"workbench: {compilation.Message}");
            return compilation is ScriptCompilation.CompileFailed ? ExitCodes.NotCompiled : ExitCodes.Usage;
        }

        timings.Reached(script.FromCache ? "script taken from the cache" : "script compiled");
        using var signals = new StopSignals();
        using var stop = new RunLimit(runFor ?? (config.Scripts.Timeout > TimeSpan.Zero ? config.Scripts.Timeout : null), _time, signals.Token);
        await using var host = await HostRuntime.StartAsync(config, _time, logging.Factory, stop.Token).ConfigureAwait(false);
        timings.Reached("host started");
        return await RunAsync(host, engine, script, args, timings, logging.Factory, stop.Token).ConfigureAwait(false);
    }

    private async Task<int> RunAsync(HostRuntime host, ScriptEngine engine, CompiledScript script, ScriptArgs args, Timings timings, ILoggerFactory logs, CancellationToken stop)
    {
        foreach (var notice in host.Notices)
        {
            terminal.Error(notice);
        }

        var end = host.EndingWithEngine(stop);
        if (!await IsReadyAsync(host, end.Token).ConfigureAwait(false))
        {
            if (end.IsCancellationRequested)
            {
                return host.Engine.Failure is { } early ? terminal.PipelineFailed(early) : ExitCodes.Ok;
            }

            terminal.Error("not every route has its connections yet; the script runs with what there is");
            WriteConnections(host);
        }

        timings.Reached("routes ready");
        var name = Path.GetFileName(script.Path);
        var workbench = host.CreateWorkbench($"script {name}", args, logs.CreateLogger($"script.{name}"), end.Token);
        using var firstQuote = terminal.IsVerbose ? new FirstQuote(host, () => timings.Reached("first quote")) : null;
        var output = new FirstPaintWriter(terminal.Output, () => timings.Reached("first paint"));
        var result = await engine.RunAsync(script, workbench, output, end.Token).ConfigureAwait(false);
        await terminal.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        timings.Reached("script ended");
        return host.Engine.Failure is { } failure ? terminal.PipelineFailed(failure) : Report(result);
    }

    private static async Task<bool> IsReadyAsync(HostRuntime host, CancellationToken stop)
    {
        try
        {
            return await host.WhenRoutesReadyAsync(RoutesLimit, stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private void WriteConnections(HostRuntime host)
    {
        foreach (var connection in host.Engine.Snapshot().Connections)
        {
            terminal.Error($"  {connection.Id} is {connection.State}: {connection.Reason}");
        }
    }

    private int Report(ScriptResult result)
    {
        switch (result)
        {
            case ScriptResult.Succeeded:
                return ExitCodes.Ok;
            case ScriptResult.Cancelled { LeftRunning: var left }:
                if (left)
                {
                    terminal.Error("the script did not stop in time and was left behind");
                }

                return ExitCodes.Ok;
            case ScriptResult.Failed { Failure: var failure }:
                terminal.ErrorLine(failure.ToString());
                terminal.Verbose(failure.Details);
                return ExitCodes.Failed;
            default:
                throw new InvalidOperationException(result.ToString());
        }
    }

    private static string Locate(string file, WorkbenchConfig config)
    {
        var inFolder = Path.Combine(config.Scripts.Directory, file);
        return !File.Exists(file) && File.Exists(inFolder) ? inFolder : file;
    }
}
