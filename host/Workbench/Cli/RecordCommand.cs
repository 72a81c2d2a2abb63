using Microsoft.Extensions.Logging;
using Workbench.Composition;
using Workbench.Configuration;
using Workbench.Core.Connections;
using Workbench.Logging;
using Workbench.Plugins;
using Workbench.Recording;
using Workbench.Sdk;
using Workbench.Storage;
using Workbench.Transport.Budgets;

namespace Workbench.Cli;

/// <summary><c>workbench sim record</c>: writes a connection's public market data as it comes off the wire, in the format that tapes are played from.</summary>
internal sealed class RecordCommand(Terminal terminal)
{
    private readonly TimeProvider _time = new SteadyTime();

    /// <summary>What the command line says about the recording.</summary>
    public sealed record Wishes(string From, string To, string? Symbols, string? For, bool Force);

    public async Task<int> RunAsync(string configPath, Wishes wishes)
    {
        var limit = wishes.For is null ? (TimeSpan?)null : Durations.Parse("--for", wishes.For);
        var config = ConfigurationFile.Read(configPath);
        var connection = config.Connections.GetValueOrDefault(wishes.From)
            ?? throw new UserErrorException($"--from {wishes.From}: there is no such connection in {config.File}; there are {string.Join(", ", config.Connections.Keys)}");
        var symbols = Symbols(config, wishes);
        using var signals = new StopSignals();
        await using var logging = LoggingSetup.Start(config.Logging, terminal.IsVerbose);
        terminal.Notice(logging.Problem);
        await using var simulator = connection.Environment == Configuration.VenueEnvironment.Simulator && config.Simulator.Embedded && connection.Endpoints.IsEmpty
            ? await EmbeddedSimulator.StartAsync(config.Simulator, _time, logging.Factory, signals.Token).ConfigureAwait(false)
            : null;
        try
        {
            using var file = CaptureFile.Create(wishes.To, wishes.Force);
            var dialect = config.Simulator.Venues.TryGetValue(wishes.From, out var venue) && simulator is not null ? venue.Dialect.ToString().ToLowerInvariant() : null;
            var header = new CaptureHeader(dialect ?? DialectOf(connection.Plugin), wishes.From, connection.Environment.ToString(), [.. symbols.Select(s => s.ToString())]);
            var writer = new CaptureWriter(file, header, Timestamp.Now(_time));
            var plan = ConnectionPlan.From(connection, simulator?.Access(wishes.From)) with { ApiKey = null, Secret = null, MaySimulate = false, Tap = writer };
            using var stop = new RunLimit(limit, _time, signals.Token);
            return await RecordAsync(config, connection, plan, symbols, file, writer, logging.Factory, stop.Token).ConfigureAwait(false);
        }
        catch (RecordingException e)
        {
            throw new UserErrorException(e.Message, e);
        }
    }

    private async Task<int> RecordAsync(
        WorkbenchConfig config, ConnectionConfig connection, ConnectionPlan plan, IReadOnlyList<Symbol> symbols, CaptureFile file, CaptureWriter writer, ILoggerFactory logs, CancellationToken stop)
    {
        var id = new ConnectionId(config.Connections.First(c => ReferenceEquals(c.Value, connection)).Key);
        var plugins = new PluginHost(
            PluginCatalog.Scan(config.Plugins.Directory, config.Plugins.Load.Select(p => p.Directory).OfType<string>()), Path.Combine(config.Storage.Directory, "plugin-copies"), _time, logs.CreateLogger("plugins"));
        var budgets = new VenueBudgets(new BanFile(BanFile.PathIn(config.Storage.Directory), _time, logs.CreateLogger("budgets")), _time);
        var factory = new ConnectorFactory(plugins, static _ => null, budgets, _time, logs);
        factory.Plan(id, plan);
        if (await factory.OpenAsync(id, stop).ConfigureAwait(false) is not ConnectorOpening.Opened opened)
        {
            throw new UserErrorException($"--from {id}: its plugin {plan.Plugin} cannot be loaded; 'workbench check' and the log say more");
        }

        await using var resources = opened.Resources.ConfigureAwait(false);
        await using var connector = opened.Connector.ConfigureAwait(false);
        var recorder = new VenueRecorder(id, opened.Connector, connection.Retry, () => writer.Seen.Messages, _time, terminal.Error);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var written = new CancellationTokenSource();
        var writing = writer.RunAsync(_time, written.Token);
        var progress = new RecordingProgress(terminal, writer, file, _time);
        var showing = progress.RunAsync(end.Token);
        var streaming = StreamAsync(recorder, symbols, end.Token);
        await Task.WhenAny(streaming, writer.Failed).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        var gaveUp = await streaming.ConfigureAwait(false);
        await showing.ConfigureAwait(false);
        await written.CancelAsync().ConfigureAwait(false);
        await writing.ConfigureAwait(false);
        return Report(file, writer, progress, gaveUp);
    }

    private static async Task<string?> StreamAsync(VenueRecorder recorder, IReadOnlyList<Symbol> symbols, CancellationToken stop) =>
        await recorder.CheckAsync(symbols, stop).ConfigureAwait(false) is { } problem
            ? stop.IsCancellationRequested ? null : problem
            : await recorder.StreamAsync(symbols, stop).ConfigureAwait(false);

    private int Report(CaptureFile file, CaptureWriter writer, RecordingProgress progress, string? gaveUp)
    {
        var failure = writer.Failed.IsCompleted ? writer.Failed.Result.Message : gaveUp;
        if (failure is not null)
        {
            terminal.Error(failure);
        }

        if (file.Length > 0 && writer.Seen.Messages > 0 && gaveUp is null)
        {
            file.Finish();
            terminal.Output.WriteLine(progress.Summary);
            return failure is null ? ExitCodes.Ok : ExitCodes.Failed;
        }

        terminal.Error("nothing was recorded");
        return ExitCodes.Failed;
    }

    private static IReadOnlyList<Symbol> Symbols(WorkbenchConfig config, Wishes wishes)
    {
        var names = wishes.Symbols?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? Configured(config, wishes.From);
        if (names.Length == 0)
        {
            throw new UserErrorException($"--symbols is missing: the configuration names no symbols for {wishes.From}");
        }

        return [.. names.Distinct().Select(n => Symbol.TryParse(n, out var symbol) ? symbol : throw new UserErrorException($"--symbols {n}: expected BASE/QUOTE such as BTC/USDT"))];
    }

    // Those of the routes that read through it; else what its simulated venue lists.
    private static string[] Configured(WorkbenchConfig config, string connection)
    {
        string[] routed = [.. config.Routes.Values.Where(r => r.Data.Members.Any(m => m.Name == connection)).SelectMany(r => r.Symbols).Where(s => s != "*")];
        return routed.Length > 0 ? routed : config.Simulator.Venues.TryGetValue(connection, out var venue) ? [.. venue.Symbols] : [];
    }

    // Workbench.Plugins.Binance speaks binance: the last word of a plugin's id names what it speaks.
    private static string DialectOf(string plugin) => plugin[(plugin.LastIndexOf('.') + 1)..].ToLowerInvariant();
}
